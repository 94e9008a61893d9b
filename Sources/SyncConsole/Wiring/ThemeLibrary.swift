import Glibc
import Views
import Yams

/// The built-in themes and those of the user's own folder.
struct ThemeLibrary: Sendable {
    let themes: [Theme]
    /// Why a file was left out, a sentence each.
    let problems: [String]

    /// - Parameter surroundings: `$XDG_CONFIG_HOME/syncconsole/themes/*.yaml`, by default below
    ///   `~/.config`, in the order of their names; one named like a built-in theme replaces it.
    init(in surroundings: Surroundings) {
        var themes = Theme.builtIn
        var problems: [String] = []
        let folder = Self.folder(in: surroundings)
        for name in folder.map(Self.names) ?? [] {
            do {
                guard let theme = try Self.theme(name, in: folder ?? "", surroundings) else {
                    continue
                }
                themes.removeAll { $0.name == name }
                themes.append(theme)
            } catch {
                problems.append("\(error)")
            }
        }
        self.themes = themes
        self.problems = problems
    }

    /// - Throws: `CommandError`, usage, with the names that there are.
    func index(of name: String) throws(CommandError) -> Int {
        guard let index = themes.firstIndex(where: { $0.name == name }) else {
            let names = themes.map(\.name).joined(separator: ", ")
            throw CommandError(.usage, "there is no theme '\(name)'; there are: \(names)")
        }
        return index
    }

    private static func folder(in surroundings: Surroundings) -> String? {
        var base = surroundings.variables["XDG_CONFIG_HOME"] ?? ""
        if !base.hasPrefix("/") {
            guard !surroundings.home.isEmpty else { return nil }
            base = surroundings.home + "/.config"
        }
        return base + "/syncconsole/themes"
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".yaml"), name.utf8.count > 5 {
                names.append(String(name.dropLast(5)))
            }
        }
        return names.sorted()
    }

    /// Nil if the file has gone meanwhile.
    private static func theme(
        _ name: String, in folder: String, _ surroundings: Surroundings
    ) throws -> Theme? {
        let path = "\(folder)/\(name).yaml"
        switch surroundings.readFile(path) {
        case .absent: return nil
        case .unreadable(let why): throw CommandError(.failed, "\(path) cannot be read: \(why)")
        case .text(let text):
            guard let node = try? Yams.compose(yaml: text), let roles = roles(node) else {
                throw CommandError(
                    .failed, "\(path) is no theme: expected 'role: {fg: colour}' a line")
            }
            return try Theme(name: name, roles: roles)
        }
    }

    private static func roles(_ node: Node) -> [String: [String: String]]? {
        guard let mapping = node.mapping else { return nil }
        var roles: [String: [String: String]] = [:]
        for (role, values) in mapping {
            guard let role = role.scalar?.string, let values = values.mapping else { return nil }
            var look: [String: String] = [:]
            for (key, value) in values {
                guard let key = key.scalar?.string, let value = value.scalar?.string else {
                    return nil
                }
                look[key] = value
            }
            roles[role] = look
        }
        return roles
    }
}
