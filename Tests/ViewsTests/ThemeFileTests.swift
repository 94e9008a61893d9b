import Glibc
import Testing
import Views

@Suite("Theme files")
struct ThemeFileTests {
    @Test("say the same as the built-in themes", arguments: Theme.builtIn)
    func equality(theme: Theme) throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try #require(Self.read("/\(root)/themes/\(theme.name).yaml"))
        #expect(try Theme(name: theme.name, roles: Self.parse(text)) == theme)
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }

    /// The few forms of YAML that theme files use: `role: {key: value, …}` and comments.
    private static func parse(_ text: String) -> [String: [String: String]] {
        var roles: [String: [String: String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1)
            var values: [String: String] = [:]
            for pair in parts[1].filter({ !"{}\"".contains($0) }).split(separator: ",") {
                let sides = pair.split(separator: ":")
                let words = sides.map { $0.split(separator: " ").joined(separator: " ") }
                values[words[0]] = words.count > 1 ? words[1] : ""
            }
            roles[String(parts[0])] = values
        }
        return roles
    }
}
