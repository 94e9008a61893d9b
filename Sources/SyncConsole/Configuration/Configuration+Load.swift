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
