import ArgumentParser

/// Which rows a change is for: ids, or everything that a filter matches.
struct TargetOptions: ParsableArguments {
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64] = []
    @OptionGroup var selection: SelectionOptions

    func validate() throws {
        switch (ids.isEmpty, selection.filter) {
        case (true, nil): throw ValidationError("say which: ids, or --where FILTER")
        case (false, .some):
            throw ValidationError("ids and --where exclude each other: give one of them")
        case (true, .some(let filter)) where filter.allSatisfy(\.isWhitespace):
            throw ValidationError("an empty --where would mean everything: write 'state:open'")
        default: break
        }
    }

    /// The filter, narrowed to what is still open: the rest was decided already.
    var openFilter: String? {
        selection.filter.map { "\($0) state:open" }
    }
}

/// `--reason`, where the trail must say why.
struct ReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String

    func validate() throws {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError("--reason must say why")
        }
    }
}
