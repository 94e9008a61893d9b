import ArgumentParser
import SyncEngine

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

/// Rows by their ids, the reason, and how the report is printed: of a change that takes no filter.
struct NumberedOptions: ParsableArguments {
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64]
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    /// Changes them, prints the report and ends the command accordingly.
    func carryOut(
        _ change: (
            _ operations: Operations, _ ids: [Int64], _ reason: String
        ) async throws -> OperationReport
    ) async throws {
        try await OperationsAccess.run(try options.load(), json: json) { operations in
            try await change(operations, ids, why.reason)
        }
    }
}
