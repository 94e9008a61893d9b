@testable import SyncConsole

/// A configuration read from text and variables, without touching this machine's own.
enum ConfigurationFixture {
    static func load(
        _ yaml: String? = nil, variables: [String: String] = [:],
        files: [String: String] = [:]
    ) throws(ConfigurationProblems) -> Configuration {
        var files = files
        if let yaml { files["/etc/syncconsole/config.yaml"] = yaml }
        return try Configuration.load(
            path: nil, in: surroundings(variables: variables, files: files))
    }

    static func surroundings(
        variables: [String: String] = [:], files: [String: String] = [:]
    ) -> Surroundings {
        Surroundings(variables: variables, home: "/home/ana") { path in
            files[path].map { .text($0) } ?? .absent
        }
    }

    /// What is wrong with it, a line each; empty if nothing is.
    static func problems(
        _ yaml: String, variables: [String: String] = [:], files: [String: String] = [:]
    ) -> [String] {
        do {
            _ = try load(yaml, variables: variables, files: files)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
