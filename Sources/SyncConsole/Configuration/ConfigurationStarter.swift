/// The commented file that `init` writes: every key with its words, its default or an example.
enum ConfigurationStarter {
    /// Keys that are written out; all others stand as comments with their defaults.
    private static let spelledOut: Set<String> = [
        "environment", "database.url", "database.schema", "kafka.brokers", "kafka.group",
        "catalog.topic",
    ]

    static var text: String {
        var lines = [
            "# SyncConsole. 'syncconsole config' shows what holds and why, 'syncconsole doctor'",
            "# whether it works. Secrets are references: env:NAME or file:PATH.",
        ]
        var section: String?
        for key in ConfigurationKey.table {
            if key.section != section || key.section == nil { lines.append("") }
            if let name = key.section, name != section { lines.append("\(name):") }
            section = key.section
            let indent = key.section == nil ? "" : "  "
            lines += wrapped(sentence(for: key), behind: "\(indent)# ")
            let value = key.example ?? key.fallback.yaml
            let mark = spelledOut.contains(key.path) ? "" : "# "
            lines.append("\(indent)\(mark)\(key.name): \(value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func sentence(for key: ConfigurationKey) -> String {
        guard !key.variables.isEmpty else { return key.words }
        let names = key.variables.joined(separator: ", ")
        return "\(key.words) Overridden by \(names)."
    }

    private static func wrapped(_ sentence: String, behind mark: String) -> [String] {
        var lines: [String] = []
        var line = mark
        for word in sentence.split(separator: " ") {
            if line.utf8.count + word.utf8.count > 90, line != mark {
                lines.append(String(line.dropLast()))
                line = mark
            }
            line += word + " "
        }
        lines.append(String(line.dropLast()))
        return lines
    }
}
