/// A key, declared once: dispatch, hint line, help and `docs/keys.md` read nothing else.
package struct KeyBinding: Sendable {
    package let command: Command
    package internal(set) var keys: [Key]
    /// One or two words, for the hint line; nil: not hinted at.
    package let hint: String?
    /// What it does, for help and documentation.
    package let words: String
    /// The heading under which help lists it.
    let section: String
    let places: Place
    /// True if it changes something beyond this screen: absent with `--read-only`.
    package let isChange: Bool
    /// Why it can do nothing now, as a sentence; nil if it can.
    let obstacle: @Sendable (ConsoleModel) -> String?

    init(
        _ command: Command, _ keys: [Key], hint: String? = nil, _ words: String, section: String,
        in places: Place, isChange: Bool = false,
        unless obstacle: @escaping @Sendable (ConsoleModel) -> String? = { _ in nil }
    ) {
        self.command = command
        self.keys = keys
        self.hint = hint
        self.words = words
        self.section = section
        self.places = places
        self.isChange = isChange
        self.obstacle = obstacle
    }
}
