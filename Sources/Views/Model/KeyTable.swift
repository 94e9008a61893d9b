/// The keys of the console.
package struct KeyTable: Sendable {
    package private(set) var bindings: [KeyBinding]

    /// The keys as they are without configuration.
    package static let standard = KeyTable(bindings: standardBindings)

    /// Why keys cannot be remapped as asked: one sentence.
    package struct RemapError: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    init(bindings: [KeyBinding]) { self.bindings = bindings }

    /// The table with other keys for some commands.
    ///
    /// - Parameter keys: command name → key names, such as `approve: [a, F5]`. An empty list takes
    ///   a command its keys; it stays in the palette.
    /// - Throws: `RemapError` for unknown names, for a key that would mean two things in one place,
    ///   and for a changing command on a key that can stand inside an escape sequence.
    package func remapped(_ keys: [String: [String]]) throws -> KeyTable {
        var table = self
        for (name, keyNames) in keys.sorted(by: { $0.key < $1.key }) {
            guard let command = Command(rawValue: name) else {
                throw RemapError(description: "keys: there is no command \"\(name)\"")
            }
            let parsed = try keyNames.map { keyName in
                guard let key = Key(named: keyName) else {
                    throw RemapError(description: "keys.\(name): \"\(keyName)\" is not a key")
                }
                return key
            }
            for index in table.bindings.indices where table.bindings[index].command == command {
                table.bindings[index].keys = parsed
            }
        }
        if let problem = table.problem { throw RemapError(description: problem) }
        return table
    }

    /// The table without what changes something.
    package var readOnly: KeyTable { KeyTable(bindings: bindings.filter { !$0.isChange }) }

    /// What a key does in a place.
    func binding(for key: Key, in place: Place) -> KeyBinding? {
        bindings.first { !$0.places.isDisjoint(with: place) && $0.keys.contains(key) }
    }

    func binding(_ command: Command, in place: Place) -> KeyBinding? {
        bindings.first { $0.command == command && !$0.places.isDisjoint(with: place) }
    }

    func bindings(in place: Place) -> [KeyBinding] {
        bindings.filter { !$0.places.isDisjoint(with: place) }
    }

    /// The first key of a command, as it is written: for sentences such as "press g".
    func name(of command: Command) -> String {
        bindings.first { $0.command == command }?.keys.first.map { "\($0)" }
            ?? ":\(command.rawValue)"
    }

    /// A contradiction in the table, as a sentence.
    package var problem: String? {
        for (index, binding) in bindings.enumerated() {
            if binding.isChange, let key = binding.keys.first(where: \.canStandInEscapeSequence) {
                return "keys.\(binding.command.rawValue): \(key) can be part of what a terminal "
                    + "sends by itself, and must not change anything"
            }
            for other in bindings[..<index] where !other.places.isDisjoint(with: binding.places) {
                if let key = binding.keys.first(where: other.keys.contains) {
                    return "keys: \(key) would be both \(other.command.rawValue) and "
                        + binding.command.rawValue
                }
            }
        }
        return nil
    }
}

extension Key {
    /// True for characters that follow an escape in a terminal's own sequences: on a slow link the
    /// escape may come long before them, and they must then do no harm.
    var canStandInEscapeSequence: Bool {
        guard case .character(let scalar) = code, !modifiers.contains(.control) else {
            return false
        }
        return ("0"..."9").contains(scalar) || ("A"..."Z").contains(scalar)
            || "[;~?<>=$ \"".unicodeScalars.contains(scalar)
    }
}
