/// One key of the configuration, declared once: the reader, `config`, `init` and the documentation
/// all go by it.
struct ConfigurationKey: Sendable, Equatable {
    /// What may stand there.
    enum Kind: Sendable, Equatable {
        case text
        /// Text, or a reference to where the text is kept: `env:NAME`, `file:PATH`.
        case reference
        case choice([String])
        case integer(ClosedRange<Int>)
        case flag
        case texts
        case choices([String])
        case duration
        case durations
        /// Hours or days, up to a hundred years.
        case period
        /// Names, each with a text.
        case map
        /// A list whose elements have these keys.
        case records([ConfigurationKey])

        /// The words for a message: "expected ...".
        var expectation: String {
            switch self {
            case .text: "text"
            case .reference: "env:NAME, file:PATH or text"
            case .choice(let names): "one of \(names.joined(separator: ", "))"
            case .integer(let range):
                "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .flag: "true or false"
            case .texts: "a list of texts, such as [a, b]"
            case .choices(let names): "a list of \(names.joined(separator: ", "))"
            case .duration: "a duration, such as 500ms, 2s or 1m"
            case .durations: "a list of durations, such as [500ms, 2s, 1m]"
            case .period: "hours or days, such as 12h or 400d"
            case .map: "names with values, such as { name: value }"
            case .records(let members):
                "a list of names with values, such as [ { \(members.first?.path ?? "name"): value } ]"
            }
        }
    }

    /// `section.key`; a key without a section stands at the top of the file, or in a list's element.
    private(set) var path: String
    let kind: Kind
    /// What holds if nothing is said; `.none` where there is no default.
    let fallback: ConfigurationValue
    /// One sentence for `init` and the documentation.
    let words: String
    /// What `init` writes; without it, the default.
    let example: String?
    /// The variables that override it, the first one winning.
    let variables: [String]

    init(
        _ path: String, _ kind: Kind, _ fallback: ConfigurationValue = .none, _ words: String,
        example: String? = nil, variables: [String] = []
    ) {
        self.path = path
        self.kind = kind
        self.fallback = fallback
        self.words = words
        self.example = example
        self.variables = variables
    }

    /// The same key in an element of a list: `reconciliation.sources[2].country`.
    func inElement(_ number: Int, of list: ConfigurationKey) -> ConfigurationKey {
        var copy = self
        copy.path = Self.path(of: path, inElement: number, of: list.path)
        return copy
    }

    /// Elements count from 0.
    static func path(of member: String, inElement number: Int, of list: String) -> String {
        "\(list)[\(number)].\(member)"
    }

    /// Nil for a key at the top.
    var section: String? {
        path.firstIndex(of: ".").map { String(path[..<$0]) }
    }

    /// The key within its section.
    var name: String {
        path.firstIndex(of: ".").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// Whether it shapes what an engine does to events: those keys make up the configuration's
    /// hash, by which engines that differ are told apart.
    var shapesTheEngine: Bool {
        !["console", "log", "http", "socket", "alerts"].contains(section) && path != "contacts"
    }
}
