import Foundation
import Testing
import Views

@Suite("Theme files")
struct ThemeFileTests {
    @Test("say the same as the built-in themes", arguments: Theme.builtIn)
    func equality(theme: Theme) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appending(path: "themes/\(theme.name).yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(try Theme(name: theme.name, roles: Self.parse(text)) == theme)
    }

    /// The few forms of YAML that theme files use: `role: {key: value, …}` and comments.
    private static func parse(_ text: String) -> [String: [String: String]] {
        var roles: [String: [String: String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1)
            var values: [String: String] = [:]
            let braces = CharacterSet(charactersIn: " {}")
            for pair in parts[1].trimmingCharacters(in: braces).split(separator: ",") {
                let sides = pair.split(separator: ":").map {
                    $0.trimmingCharacters(in: CharacterSet(charactersIn: " \""))
                }
                values[sides[0]] = sides[1]
            }
            roles[String(parts[0])] = values
        }
        return roles
    }
}
