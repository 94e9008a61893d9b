/// What `config` shows: every key with its value and where that came from.
enum EffectiveConfiguration {
    struct Line: Equatable {
        var key: String
        /// As it would stand in the file; of a secret only the reference.
        var value: String
        var origin: String
    }

    static func lines(of configuration: Configuration) -> [Line] {
        var lines: [Line] = []
        for key in ConfigurationKey.table {
            let names = configuration.entries.names(of: key.path)
            if key.kind == .map {
                lines += names.map { line("\(key.path).\($0.name)", $0.entry) }
                if names.isEmpty {
                    lines.append(Line(key: key.path, value: "{}", origin: "default"))
                }
            } else if case .records(let records) = configuration.entries[key.path]?.value,
                case .records(let members) = key.kind, !records.isEmpty
            {
                lines += self.lines(of: records, in: key, members)
            } else if let entry = configuration.entries[key.path] {
                lines.append(line(key.path, entry))
            }
        }
        return lines
    }

    /// A line for each member that an element has, in the order of the table.
    private static func lines(
        of records: [ConfigurationRecord], in list: ConfigurationKey, _ members: [ConfigurationKey]
    ) -> [Line] {
        records.enumerated().flatMap { number, record in
            members.compactMap { member in
                record.members[member.path].map { entry in
                    line(member.inElement(number, of: list).path, entry)
                }
            }
        }
    }

    private static func line(_ key: String, _ entry: ConfigurationEntries.Entry) -> Line {
        Line(key: key, value: entry.value.yaml, origin: entry.origin.description)
    }
}
