import ArgumentParser

/// `--where`, in the language of the console's filter.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only what matches, such as 'state:open age>1h !reason:timeout word'.",
            valueName: "filter"))
    var filter: String?
}
