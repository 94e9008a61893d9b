import Probes

extension Confirmation {
    // MARK: Starting

    /// In a run's detail its own source is meant; otherwise the source is asked for.
    static func start(isDryRun: Bool, _ model: ConsoleModel) -> Confirmation {
        if case .run(let id) = model.detail?.subject {
            guard let run = model.runDetail(id)?.row ?? model.row(RunList.self, id: .number(id))
            else { return .obstacle("The run is still being read; look at it first.") }
            return start(source: run.source, isDryRun: isDryRun, model)
        }
        let choices = model.sourceChoices
        guard let only = choices.first else {
            return .obstacle("No source is configured: reconciliation.sources names them.")
        }
        return choices.count == 1
            ? start(source: only.text, isDryRun: isDryRun, model) : .asksSource(isDryRun: isDryRun)
    }

    static func start(
        source: String, isDryRun: Bool, _ model: ConsoleModel
    ) -> Confirmation {
        if let run = model.unfinishedRun(of: source) {
            return .obstacle(
                "\(source) has a run already: run \(run.id) \(run.state.predicate). "
                    + "Two never run at once.")
        }
        var lines =
            model.isVendor(source)
            ? [
                Span("The items here are compared with its agent's, and the ERP's are taken over."),
                Span("It stops to ask if the agent lacks too many of them."),
            ]
            : [
                Span(
                    "The file of the day is compared with the catalog, and what differs is "
                        + "corrected. What takes something from a customer goes to review."),
                Span("It stops to ask before it changes anything if the file looks unusual."),
            ]
        if let choice = model.sourceChoices.first(where: { $0.text == source }) {
            lines.append(Span("\(source): \(choice.hint).", Style(.muted)))
        }
        return dialog(
            .startRun(
                source: source, isVendor: model.isVendor(source), dryRun: isDryRun, reason: ""),
            lines: lines,
            reason: .optional, others: [.dryRun(isDryRun)], model)
    }

    // MARK: Deciding and ending

    static func runs(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let all: [RunRow]
        switch targets(model) {
        case .success(let rows): all = rows
        case .failure(let obstacle): return .obstacle(obstacle.sentence)
        }
        let isCancel = command == .cancelRun
        var rows = all.filter {
            isCancel ? $0.state.isUnfinished : $0.state == .awaitingDecision
        }
        if command == .useFileBefore, !rows.isEmpty, rows.allSatisfy(\.isOfAgent) {
            return .obstacle("It compares with an agent: there is no file before its own.")
        }
        guard !rows.isEmpty else { return .obstacle(why(all, isCancel: isCancel)) }
        var lines = leftOut(
            all.count - rows.count, isCancel ? "not going on" : "not waiting for a decision")
        if command == .acceptRun {
            let readable = rows.filter { !$0.findings.contains(where: \.isUnreadable) }
            guard !readable.isEmpty else {
                return .obstacle(
                    "The file cannot be read: abandon the run, or use the file before.")
            }
            lines += leftOut(rows.count - readable.count, "the file cannot be read")
            rows = readable
        }
        let ids = rows.map(\.id)
        let names = names(rows.map { "run \($0.id) of \($0.source)" })
        lines = [Span(names, Style(.title))] + words(command, rows, model) + lines
        lines += extent(of: all.count, .runs, model)
        let action: Action
        switch command {
        case .acceptRun: action = .acceptRuns(ids, reason: "")
        case .abandonRun: action = .abandonRuns(ids, reason: "")
        case .useFileBefore: action = .useFileBefore(ids, reason: "")
        default: action = .cancelRuns(ids, reason: "")
        }
        let isLasting = command == .acceptRun && rows.contains { !$0.isDryRun }
        return dialog(
            action, lines: lines, reason: .needed, word: isLasting ? rows[0].source : nil, model)
    }

    static func revert(_ model: ConsoleModel) -> Confirmation {
        let all: [RunRow]
        switch targets(model) {
        case .success(let rows): all = rows
        case .failure(let obstacle): return .obstacle(obstacle.sentence)
        }
        guard let run = all.first, all.count == 1 else {
            return .obstacle("Runs are reverted one by one.")
        }
        if let why = whyNotReverted(run) { return .obstacle(why) }
        if let other = model.unfinishedRun(of: run.source) {
            return .obstacle(
                "\(run.source) has run \(other.id), which \(other.state.predicate): end it first.")
        }
        let lines = [Span("run \(run.id) of \(run.source)", Style(.title))] + RunEffects.revert(run)
        return dialog(
            .revertRun(run.id, dryRun: true, reason: ""),
            lines: lines + [
                Span("As a dry run it lists them and changes nothing: look at that first.")
            ], reason: .needed, others: [.dryRun(true)], word: "\(run.written.total)", model)
    }

    // MARK: Steps

    private struct Obstacle: Error { var sentence: String }

    private static func targets(_ model: ConsoleModel) -> Result<[RunRow], Obstacle> {
        switch model.detail?.subject {
        case .run(let id):
            guard let detail = model.runDetail(id) else {
                return .failure(
                    Obstacle(sentence: "The run is still being read; look at it first."))
            }
            return .success([detail.row])
        case nil:
            let rows = model.targetRows(RunList.self)
            return rows.isEmpty
                ? .failure(Obstacle(sentence: "No run is selected.")) : .success(rows)
        default: return .failure(Obstacle(sentence: "Esc first: the run is not in view."))
        }
    }

    private static func why(_ runs: [RunRow], isCancel: Bool) -> String {
        guard runs.count == 1, let run = runs.first else {
            return isCancel
                ? "None of these runs goes on." : "None of these runs waits for a decision."
        }
        if isCancel { return "This run is over: it \(run.state.predicate)." }
        return run.state.isUnfinished
            ? "This run does not ask: it \(run.state.predicate)."
            : "This run does not wait for a decision: it \(run.state.predicate)."
    }

    private static func words(
        _ command: Command, _ rows: [RunRow], _ model: ConsoleModel
    ) -> [Span] {
        let isOne = rows.count == 1
        switch command {
        case .acceptRun:
            let findings = isOne ? rows[0].findings.prefix(3).map(\.text) : []
            // Where there is no room for all, what happens is said before why it asks.
            return [
                Span(
                    rows.allSatisfy(\.isDryRun)
                        ? "It goes on as a dry run; the limits are not asked again."
                        : rows.allSatisfy(\.isOfAgent)
                            ? "What the agent lacks is REMOVED; the limits are not asked again."
                            : "The file is applied as it is; the limits are not asked again.")
            ] + RunEffects.accept(rows, facts: model.facts)
                + findings.map { Span($0, Style(.warning)) }
        case .abandonRun:
            return [
                Span(
                    rows.contains(where: \.isOfAgent)
                        ? "What it has settled so far stays; nothing else is changed."
                        : "Nothing has been changed, and nothing will be."),
                Span("The next run of the source compares anew."),
            ]
        case .useFileBefore:
            return [
                Span("Nothing of this file is applied."),
                Span("A run of its own compares the file before it, as of that file's time."),
            ]
        default: return RunEffects.cancel(rows)
        }
    }

    private static func whyNotReverted(_ run: RunRow) -> String? {
        if run.isDryRun { return "This was a dry run: it has changed nothing." }
        if run.isOfAgent {
            return "What it took over the ERP has: the next comparison would find it again."
        }
        if run.revertsRunID != nil {
            return "This run is a revert itself; start the source's run anew."
        }
        if run.state == .reverted {
            return "This run has been reverted already"
                + (run.revertedByRunID.map { ", by run \($0)." } ?? ".")
        }
        if run.state.isUnfinished { return "This run has not ended: cancel it first." }
        // What waits for review is changed by nobody yet; a revert takes the question back.
        return run.written.total == 0 && (run.isForecast || run.counts.held == 0)
            ? "This run has changed nothing." : nil
    }
}
