/// The keys of runs and of what they found.
extension KeyTable {
    private static let runs: Place = [.runList, .runDetail]
    private static let drift: Place = [.driftList, .driftDetail]

    static let runBindings: [KeyBinding] = [
        change(
            .startRun, "r", "start", "start a run of a source, to compare and correct", "Runs", runs
        ),
        change(
            .dryRun, "e", "dry run", "start a run that only reports what it would do", "Runs",
            runs),
        change(
            .acceptRun, "a", "accept", "let a run that asks go on with its file as it is", "Runs",
            runs),
        change(
            .abandonRun, "x", "abandon", "end a run that asks; nothing is changed", "Runs", runs),
        change(
            .useFileBefore, "p", "file before",
            "end a run that asks, and take the file before its own", "Runs", runs),
        change(
            .cancelRun, "c", "cancel", "end a run at its next chunk; what it has written stays",
            "Runs", runs),
        change(
            .revertRun, "u", "revert",
            "restore what a run changed; as a dry run first", "Runs",
            runs),
        KeyBinding(
            .showRunDrift, [Key("d")], hint: "drift", "what the run found different",
            section: "Runs", in: runs, unless: \.runObstacle),
        KeyBinding(
            .groupDrift, [Key("v")], hint: "group", "row by row, or by country, field, source, day",
            section: "Drift", in: [.driftList, .driftGroupList]),
        KeyBinding(
            .showRun, [Key("R")], hint: "run", "the run that found the difference",
            section: "Drift", in: drift, unless: \.runObstacle),
        KeyBinding(
            .showServiceEvents, [Key("e")], hint: "events", "the events of the service",
            section: "Drift", in: drift, unless: \.serviceObstacle),
    ]
}
