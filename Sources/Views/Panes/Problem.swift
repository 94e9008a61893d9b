import Probes

/// Something that is wrong or waits: what, where, since when, and where to go next.
struct Problem: Equatable {
    enum Gravity: Int, Comparable {
        /// Waits for a person, in its own time.
        case waiting, warning, critical

        static func < (left: Gravity, right: Gravity) -> Bool { left.rawValue < right.rawValue }

        var role: Role {
            switch self {
            case .waiting: .accent
            case .warning: .warning
            case .critical: .critical
            }
        }
    }

    var gravity: Gravity
    /// For the frame: a few words.
    var short: String
    /// A sentence: the cause first, then since when.
    var words: String
    /// What to do about it, a sentence; nil where there is no more to say than where to go.
    var next: String?
    /// The page of docs/runbooks about it.
    var runbook: String?
    /// The pane in which to go on; nil where nothing in the console helps.
    var pane: Pane?
    /// About a server that the frame shows anyway.
    var isServer = false

    func sign(_ glyphs: GlyphSet) -> String {
        switch gravity {
        case .waiting: glyphs.pointer
        case .warning: "!"
        case .critical: glyphs.ballot
        }
    }
}
