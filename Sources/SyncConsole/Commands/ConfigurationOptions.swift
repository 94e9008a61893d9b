import ArgumentParser

/// `--config`, for every command that reads the configuration.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        name: .customLong("config"),
        help: ArgumentHelp("Read this configuration file.", valueName: "file"))
    var path: String?

    func load(in surroundings: Surroundings = .current()) throws -> Configuration {
        try Configuration.load(path: path, in: surroundings)
    }
}
