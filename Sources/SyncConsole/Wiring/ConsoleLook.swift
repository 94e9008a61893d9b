import Views

/// How the console looks and which keys it has: settled before the terminal is taken.
struct ConsoleLook: Sendable {
    let themes: [Theme]
    let themeIndex: Int
    let keys: KeyTable
    /// Nil: as the locale says.
    let glyphs: GlyphSet?
    let variables: [String: String]

    /// - Parameter theme: overrides the configured one.
    /// - Throws: `CommandError`, usage, for a theme or keys that do not exist.
    init(
        _ console: Configuration.Console, theme: String? = nil, isASCII: Bool,
        in surroundings: Surroundings
    ) throws(CommandError) {
        let library = ThemeLibrary(in: surroundings)
        themes = library.themes
        themeIndex = try library.index(of: theme ?? console.theme)
        keys = try Self.keys(console.keys)
        glyphs = isASCII || console.isASCII ? .ascii : nil
        variables = surroundings.variables
    }

    /// Several keys for one thing stand with spaces between them.
    static func keyNames(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }

    private static func keys(_ names: [String: String]) throws(CommandError) -> KeyTable {
        do {
            return try KeyTable.standard.remapped(
                names.mapValues(keyNames))
        } catch {
            throw CommandError(.usage, "console.\(error)")
        }
    }
}
