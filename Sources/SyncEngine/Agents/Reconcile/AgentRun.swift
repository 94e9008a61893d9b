import Postgres
import Probes

/// Carries out one comparison with an agent: the sum of all, narrowing, items one by one, and the sum
/// of all again until both sides agree.
///
/// What flows in: a run that this engine holds, and the agent's answers. What flows out: rows, and
/// after each answer a checkpoint from which another engine can go on. It throws a `RunEnd` where the
/// run does not come to its end.
struct AgentRun: Sendable {
    let record: RunRecord
    let settings: AgentReconciliationSettings
    let session: PostgresSession
    let line: AgentLine
    let mappings: CodeMappings
    let board: RunProgressBoard
    /// Whether it has lasted for as long as a run may.
    let isOverdue: @Sendable () -> Bool

    struct Outcome: Sendable {
        var state: RunState
        var checkpoint: AgentCheckpoint
        /// What is left undone, in words; nil if both sides agree.
        var trouble: String?
    }

    var run: ClaimedRun { record.run }

    /// - Parameter state: from the run's row, or a new one.
    func carryOut(_ state: AgentCheckpoint) async throws -> Outcome {
        var state = state
        while true {
            let ours = try await look(state)
            if state.narrowing == nil {
                let isEqual = try await compareAll(ours, &state)
                if isEqual { return try await end(state, nil) }
                if state.pass > settings.passes { return try await end(state, stillDiffers(state)) }
            }
            try await narrow(ours, &state)
            try await tell("drift_detected", state, ours: nil)
            if run.isDryRun { return try await end(state, nil) }
            if state.hasForgottenFailures {
                return try await end(
                    state,
                    "\(state.counts.failed) items cannot be taken; what else differs was "
                        + "not compared again")
            }
            state.pass += 1
            state.narrowing = nil
            try await save(&state)
        }
    }

    private func stillDiffers(_ state: AgentCheckpoint) -> String {
        "after \(settings.passes) comparisons the agent's sum of all still differs from ours: its "
            + "items keep changing, or its checksums do not agree with them"
    }

    // MARK: Our side

    private func look(_ state: AgentCheckpoint) async throws -> ItemScan.Result {
        board.begin(.staging)
        let scan = ItemScan(
            vendor: run.source, folder: settings.workFolder, given: state.failed)
        let ours = try await session.withConnection { connection in
            try await scan.run(connection)
        }
        Failpoint.reach(.runStaged)
        try board.check()
        return ours
    }

    // MARK: All

    /// True if both sides agree, apart from what is known to be impossible.
    private func compareAll(
        _ ours: ItemScan.Result, _ state: inout AgentCheckpoint
    ) async throws -> Bool {
        board.begin(.comparing)
        async let all = ours.items.sums(of: [0..<ours.items.count])
        let asked = try await ask(&state) { traffic in
            try await line.sums(of: [.all], &traffic)
        }
        guard let our = await all.first, let their = asked.first else { return false }
        state.theirs = their.count
        if state.pass == 1 { state.ours = our.count }
        let isEqual = our == their
        if state.pass == 1 { try await tell("full_checksum", state, ours: our, theirs: their) }
        if isEqual { return true }
        guard state.pass <= settings.passes else { return false }
        if !run.isDryRun, !run.isAccepted {
            try AgentLimits.check(
                orphaned: our.count - Int64(state.failed.count) - their.count, state, settings)
        }
        var narrowing = Narrowing(rules: settings.narrowing)
        narrowing.add(.all, ours: ours.items.count, theirs: their.count)
        state.narrowing = narrowing
        try await save(&state)
        return false
    }

    // MARK: Narrowing

    private func narrow(_ ours: ItemScan.Result, _ state: inout AgentCheckpoint) async throws {
        while var narrowing = state.narrowing {
            try board.check()
            switch narrowing.next(in: ours.items) {
            case .done: return
            case .compare(let splits, let pieces):
                board.update { $0.phase = .comparing }
                async let sums = ours.items.sums(of: pieces.map(\.indices))
                let theirs = try await ask(&state) { traffic in
                    try await line.sums(of: pieces.map(\.range), &traffic)
                }
                narrowing.take(splits: splits, pieces, ours: await sums, theirs: theirs)
                state.narrowing = narrowing
                try await save(&state)
            case .resolve:
                state.narrowing = narrowing
                try await resolve(ours, &state)
            }
        }
    }

    /// Compares the items of the page one by one.
    private func resolve(_ ours: ItemScan.Result, _ state: inout AgentCheckpoint) async throws {
        guard let page = state.narrowing?.page else { return }
        var items: [ItemsAnswer.Item] = []
        var hasMore = false
        if page.expected > 0 {
            board.update { $0.phase = .comparing }
            let answer = try await ask(&state) { traffic in
                try await line.items(page, limit: settings.narrowing.pageItems, &traffic)
            }
            items = answer.items
            hasMore = answer.hasMore
        }
        board.update { $0.phase = .applying }
        let covered = page.covered(upTo: hasMore ? items.last?.sku : nil)
        var merge = ItemMerge(
            items: ours.items, theirs: items.map(\.sku),
            pieces: covered.map { ours.items.indices(in: $0) })
        let chunk = ItemChunk(
            record: record, settings: settings, mappings: mappings, session: session,
            comparedAt: ours.takenAt)
        while true {
            let pairs = merge.next(upTo: settings.chunkItems)
            let isLast = pairs.count < settings.chunkItems
            if page.expected > 0 {
                let absent = Absence.ranges(pairs, next: merge.following, within: page.ranges)
                try await confirm(absent, &state)
            }
            var next = state
            next.failures = 0
            next.hasGotOn = true
            if let last = pairs.last { next.narrowing?.moved(to: last.sku) }
            if isLast {
                next.narrowing?.received(items.count)
                if let last = hasMore ? items.last : nil { next.narrowing?.moved(to: last.sku) }
                if !hasMore { next.narrowing?.endPage() }
            }
            try board.check()
            state = try await chunk.carryOut(
                pairs.map { ItemPair($0, items, ours.items) }, state, next: next)
            Failpoint.reach(.runAfterChunkCommit)
            show(state, done: Int64(pairs.count))
            if isLast { return }
        }
    }

    // MARK: The end

    private func end(_ state: AgentCheckpoint, _ trouble: String?) async throws -> Outcome {
        board.begin(.closing)
        Failpoint.reach(.runClosing)
        if state.counts.settled > 0, !run.isDryRun {
            try await tell("drift_resolved", state, ours: nil, trouble: trouble)
        }
        let isClean = trouble == nil && state.counts.drift == 0
        return Outcome(
            state: isClean ? .success : .partialSuccess, checkpoint: state, trouble: trouble)
    }
}

extension ItemPair {
    fileprivate init(
        _ pair: ItemMerge<ItemSnapshot>.Pair, _ items: [ItemsAnswer.Item], _ ours: ItemSnapshot
    ) {
        self.init(
            sku: pair.sku, theirs: pair.theirs.map { items[$0] },
            compared: pair.ours.map { ours.contentHash(at: $0) })
    }
}
