/// Why a theme file was refused; the text says where and what was probably meant.
package struct ThemeError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

extension Theme {
    /// A theme from a file's values: role name → key → value.
    ///
    /// Keys are `fg` and `bg` (`default`, `0`…`255`, a colour name, `#rrggbb`), `bold`, `dim`,
    /// `underline`, `reverse` (`true`, `false`) and `mono`, the attributes that stand in where
    /// there are no colours (`bold underline`). The entry `theme: {base: light}` names the
    /// background that the theme is made for (default: dark). Roles and keys that are absent look
    /// as in the built-in theme of that base. Throws `ThemeError` for everything else.
    package init(name: String, roles: [String: [String: String]]) throws {
        var base = Base.dark
        var looks: [Role: Look] = [:]
        let roleNames = Role.allCases.map(\.name)
        for (entry, values) in roles.sorted(by: { $0.key < $1.key }) where entry == "theme" {
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                guard key == "base" else {
                    throw ThemeError.unknown(key, in: "theme \(name), theme", known: ["base"])
                }
                guard let parsed = Base(rawValue: value) else {
                    throw ThemeError.unknown(
                        value, in: "theme \(name), theme.base", known: ["dark", "light"])
                }
                base = parsed
            }
        }
        let defaults = Self.builtInLooks(base)
        for (entry, values) in roles.sorted(by: { $0.key < $1.key }) where entry != "theme" {
            guard let role = Role.allCases.first(where: { $0.name == entry }) else {
                throw ThemeError.unknown(entry, in: "theme \(name)", known: roleNames)
            }
            var look = defaults[role] ?? Look()
            for (key, value) in values.sorted(by: { $0.key < $1.key }) {
                try look.set(key, to: value, place: "theme \(name), \(entry)")
            }
            looks[role] = look
        }
        self.init(name: name, base: base, looks: looks)
    }
}

extension Look {
    fileprivate mutating func set(_ key: String, to value: String, place: String) throws {
        switch key {
        case "fg", "bg":
            guard let color = Color(value) else {
                throw ThemeError(
                    "\(place).\(key): \"\(value)\" is not a colour; "
                        + "use default, 0 to 255, #rrggbb or a name such as bright_blue")
            }
            if key == "fg" { foreground = color } else { background = color }
        case "mono":
            monochrome = []
            for word in value.split(separator: " ") {
                monochrome.insert(try Attributes(named: String(word), place: "\(place).mono"))
            }
        default:
            let known = ["fg", "bg", "mono"] + Attributes.named.map(\.name)
            guard let attribute = Attributes.named.first(where: { $0.name == key })?.attribute
            else { throw ThemeError.unknown(key, in: place, known: known) }
            switch value {
            case "true": attributes.insert(attribute)
            case "false": attributes.remove(attribute)
            default:
                throw ThemeError("\(place).\(key): \"\(value)\" is neither true nor false")
            }
        }
    }
}

extension Attributes {
    fileprivate init(named name: String, place: String) throws {
        guard let found = Self.named.first(where: { $0.name == name }) else {
            throw ThemeError.unknown(name, in: place, known: Self.named.map(\.name))
        }
        self = found.attribute
    }
}

extension ThemeError {
    fileprivate static func unknown(_ word: String, in place: String, known: [String])
        -> ThemeError
    {
        let nearest = known.min { editDistance(word, $0) < editDistance(word, $1) } ?? ""
        return ThemeError("\(place): unknown \"\(word)\"; did you mean \"\(nearest)\"?")
    }

    /// Levenshtein's distance.
    private static func editDistance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (line, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let substituted = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
