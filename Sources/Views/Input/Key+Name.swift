/// How a key is written in hints, help, documentation and configuration.
extension Key: CustomStringConvertible {
    /// `q`, `Ctrl-C`, `Alt-x`, `Shift-Tab`, `PgDn`, `F5`, `Space`.
    package var description: String {
        var name = ""
        if modifiers.contains(.control) { name += "Ctrl-" }
        if modifiers.contains(.alt) { name += "Alt-" }
        if modifiers.contains(.shift) { name += "Shift-" }
        switch code {
        case .character(" "): name += "Space"
        case .character(let scalar) where modifiers.contains(.control):
            name += scalar.properties.uppercaseMapping
        case .character(let scalar): name += String(scalar)
        case .function(let number): name += "F\(number)"
        default: name += Self.codeNames.first { $0.code == code }?.name ?? "?"
        }
        return name
    }

    /// Parses what `description` writes; upper and lower case of the words are the same.
    package init?(named text: String) {
        var modifiers: Modifiers = []
        var rest = text[...]
        let prefixes: [(String, Modifiers)] = [
            ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
        ]
        while let prefix = prefixes.first(where: {
            rest.utf8.count > $0.0.utf8.count && rest.lowercased().hasPrefix($0.0)
        }) {
            modifiers.insert(prefix.1)
            rest = rest.dropFirst(prefix.0.count)
        }
        let word = rest.lowercased()
        if let scalar = rest.unicodeScalars.first, rest.unicodeScalars.count == 1 {
            let lowered = word.unicodeScalars.first ?? scalar
            self.init(modifiers.contains(.control) ? lowered : scalar, modifiers)
        } else if word == "space" {
            self.init(" ", modifiers)
        } else if word.hasPrefix("f"), let number = Int(word.dropFirst()),
            (1...24).contains(number)
        {
            self.init(.function(number), modifiers)
        } else if let found = Self.codeNames.first(where: { $0.name.lowercased() == word }) {
            self.init(found.code, modifiers)
        } else {
            return nil
        }
    }

    private static let codeNames: [(name: String, code: Code)] = [
        ("Enter", .enter), ("Tab", .tab), ("Esc", .escape), ("Backspace", .backspace),
        ("Del", .delete), ("Ins", .insert), ("Up", .up), ("Down", .down), ("Left", .left),
        ("Right", .right), ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ]
}
