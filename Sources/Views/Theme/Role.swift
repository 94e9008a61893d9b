/// What a piece of the screen means. Panes name roles; a theme gives them colours.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
    case normal
    /// Secondary text: ages, units, ids.
    case muted
    case title
    /// Column names.
    case header
    /// The row under the cursor.
    case selected
    /// A row that is part of a bulk action.
    case marked
    case ok
    case warning
    case critical
    case info
    case accent
    /// The name of a key in hints and help.
    case key
    case hint
    case border
    /// Text being typed.
    case input
    /// What a filter or a search found within text.
    case match
    /// Readings too old to trust.
    case stale
    /// A live view that stands still.
    case paused
    case disabled
    /// Sparklines and bars.
    case graph
    case production
    case demo
    case diffAdded
    case diffRemoved
    case diffContext

    /// The name in theme files: `diff_added`.
    package var name: String {
        switch self {
        case .diffAdded: "diff_added"
        case .diffRemoved: "diff_removed"
        case .diffContext: "diff_context"
        default: String(describing: self)
        }
    }
}
