import Probes

extension Configuration {
    /// Reads the configuration: the defaults, then one file, then the variables.
    ///
    /// - Parameter path: what `--config` named; it must exist, as must what SYNCCONSOLE_CONFIG
    ///   names. The usual places may be empty.
    static func load(
        path: String?, in surroundings: Surroundings
    ) throws(ConfigurationProblems) -> Configuration {
        var entries = ConfigurationEntries()
        var problems: [ConfigurationProblem] = []

        let file = try find(path, in: surroundings)
        if let file {
            var reader = ConfigurationFile(path: file.path, surroundings: surroundings)
            reader.read(file.text, into: &entries)
            problems += reader.problems
        }
        var variables = ConfigurationVariables(surroundings: surroundings)
        variables.read(into: &entries)
        problems += variables.problems
        problems += ConfigurationRules.problems(in: entries)
        let rules = alertRules(entries, in: surroundings)
        problems += rules.problems

        guard problems.isEmpty else { throw ConfigurationProblems(problems: problems) }
        return Configuration(entries: entries, path: file?.path, alertRules: rules.rules)
    }

    /// Where the sockets of this machine's engines may lie, for who asks them and no server; nil where
    /// none are wanted. What the file refers to need not be at hand for that: an engine's secrets are not
    /// in the shell of whoever looks at it. What else is wrong with the file is no matter either.
    ///
    /// - Throws: where a file that was named cannot be read.
    static func socketFolders(
        path: String?, in surroundings: Surroundings
    ) throws(ConfigurationProblems) -> [String]? {
        var entries = ConfigurationEntries()
        if let file = try find(path, in: surroundings) {
            var reader = ConfigurationFile(path: file.path, surroundings: surroundings)
            reader.read(file.text, into: &entries)
        }
        return NeighbourProbe.folders(
            configured: entries.text("socket.folder"), variables: surroundings.variables)
    }

    /// Where a file is looked for when none is named, the first one winning.
    static func usualPaths(in surroundings: Surroundings) -> [String] {
        let own = surroundings.home.isEmpty ? nil : surroundings.home + "/.config/" + fileName
        return [own, "/etc/" + fileName].compactMap { $0 }
    }

    private static let fileName = "syncconsole/config.yaml"

    private static func find(
        _ path: String?, in surroundings: Surroundings
    ) throws(ConfigurationProblems) -> (path: String, text: String)? {
        var named = path.map { (path: $0, by: "--config") }
        if named == nil, let variable = surroundings.variables["SYNCCONSOLE_CONFIG"],
            !variable.isEmpty
        {
            named = (variable, "$SYNCCONSOLE_CONFIG")
        }
        if let named {
            let path = surroundings.expandHome(named.path)
            switch surroundings.readFile(path) {
            case .text(let text): return (path, text)
            case .absent:
                throw problem(
                    named.by, "\(path) does not exist; 'syncconsole init' writes one to begin with")
            case .unreadable(let why): throw problem(named.by, "\(path) cannot be read: \(why)")
            }
        }
        for path in usualPaths(in: surroundings) {
            switch surroundings.readFile(path) {
            case .text(let text): return (path, text)
            case .absent: continue
            case .unreadable(let why): throw problem(path, "it cannot be read: \(why)")
            }
        }
        return nil
    }

    private static func problem(_ place: String, _ sentence: String) -> ConfigurationProblems {
        ConfigurationProblems(
            problems: [ConfigurationProblem(place: place, sentence: sentence)])
    }
}
