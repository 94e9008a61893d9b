/// What stands in front of a pane and takes its keys.
enum Overlay: Sendable {
    case help(top: Int)
    case result(ActionReport, top: Int)
    case prompt(Prompt)
    case dialog(Dialog)

    var place: Place {
        switch self {
        case .help: .helpOverlay
        case .result: .resultOverlay
        case .prompt(let prompt):
            switch prompt.purpose {
            case .filter: .filterPrompt
            case .palette: .palettePrompt
            case .source, .seek: .sourcePrompt
            }
        case .dialog(let dialog): dialog.fields.isEmpty ? .question : .form
        }
    }
}

/// One sentence to the operator, shown in place of the hints until the next key or for a while.
struct Notice: Sendable, Equatable {
    static let duration: Duration = .seconds(8)

    var text: String
    var role: Role
    var until: ContinuousClock.Instant?
}
