import Probes

/// What is wrong, the worst first: one rule a function, in the order in which they matter.
struct Problems {
    let readings: ConsoleReadings
    let context: DrawContext

    /// A review item or dead letter older than this is called ageing.
    static let ageing = CheckReadings.ageing

    var all: [Problem] {
        let servers = [
            server("Database", readings.database, runbook: "database_unreachable"),
            server("Kafka", readings.kafka, runbook: "broker_unreachable"),
        ]
        guard let overview = readings.overview?.value else { return servers.compactMap { $0 } }
        let found: [Problem?] =
            servers + [
                engines(overview), blocked(overview), stalled(overview), silentEngines(overview),
                paused(overview),
                gaps(overview), skips(overview), undecidedRuns(overview), failedRuns(overview),
                highDrift(overview), silentAgents(overview), ordersWithoutAgent(overview),
                breakers(overview), retrying(overview),
                slow(overview),
                outbox(overview), letters(overview), waitingRuns(overview), unmapped(overview),
                review(overview),
            ]
        let named = found.compactMap { $0 }
        return (named + alerts(overview, but: Set(named.compactMap(\.runbook))))
            .enumerated().sorted {
                ($1.element.gravity, $0.offset) < ($0.element.gravity, $1.offset)
            }.map(\.element)
    }

    /// Critical alerts over what none of the other problems names.
    private func alerts(_ overview: OverviewReading, but named: Set<String>) -> [Problem] {
        overview.alerts.rules.filter {
            $0.severity == .critical && !named.contains($0.rule)
                && !named.contains($0.runbook ?? $0.rule)
        }.map { alert in
            let of = alert.subject.isEmpty ? "" : " of \(alert.subject)"
            let more = alert.subjects > 1 ? " and \(Count.full(alert.subjects - 1)) more" : ""
            return Problem(
                gravity: .critical, short: alert.rule.replacing("_", with: " "),
                words: "Alert \(alert.rule)\(of)\(more) since \(context.near(alert.since)): "
                    + (alert.details ?? alert.summary),
                next: "Say that you look after it, then follow its runbook.",
                runbook: alert.runbook, pane: .alerts)
        }
    }

    private func server(_ name: String, _ state: ServerState, runbook: String) -> Problem? {
        guard case .unreachable(let since, let error) = state else { return nil }
        let time = context.near(since)
        return Problem(
            gravity: .critical, short: "\(name) unreachable since \(time)",
            words: "\(name) unreachable since \(time), "
                + "\(Age.exact(context.now.since(since))): \(error)",
            next: "Type syncconsole doctor: it names the step that fails.",
            runbook: runbook, pane: nil, isServer: true)
    }

    private func engines(_ overview: OverviewReading) -> Problem? {
        guard !overview.engines.contains(where: \.isLive) else { return nil }
        let last = overview.lastEngineSeenAt ?? overview.engines.map(\.heartbeatAt).max()
        let since = last.map { " since \(context.near($0))" } ?? ""
        let waiting = overview.lagMessages.flatMap { $0 > 0 ? $0 : nil }
        let events = waiting.map { Count.of($0, "event") + ($0 == 1 ? " waits" : " wait") }
        return Problem(
            gravity: .critical, short: "no engine\(since)",
            words: "No engine is running\(since): "
                + (events.map {
                    "\($0) in Kafka, and nobody applies \(waiting == 1 ? "it" : "them")."
                } ?? "nobody applies what comes in."),
            next: "See why it left, then start one: syncconsole engine.",
            runbook: "consumer_stopped", pane: .engines)
    }

    /// A lock that somebody else holds: nothing is applied until they are done.
    private func blocked(_ overview: OverviewReading) -> Problem? {
        guard let wait = overview.databaseWait else { return nil }
        let held = wait.blockerSince.map { ", in a transaction since \(context.near($0))" } ?? ""
        return Problem(
            gravity: .critical, short: "database blocked",
            words: "The database is blocked by \(wait.blockerWords)\(held): "
                + "\(wait.waiting) has waited since \(context.near(wait.since)).",
            next: "Have that session ended; events wait, and lose no attempt.",
            runbook: "database_slow", pane: .lag)
    }

    /// Events come in, an engine is there, and yet none is applied: for whatever reason.
    private func stalled(_ overview: OverviewReading) -> Problem? {
        let seconds = 10
        let recent = readings.receivedPerSecond.suffix(seconds)
        guard case .ready = readings.kafka, case .ready = readings.database,
            overview.databaseWait == nil, overview.pausedPartitions.isEmpty,
            overview.engines.contains(where: \.isLive),
            let waiting = overview.lagMessages, waiting > 0,
            recent.count == seconds, recent.allSatisfy({ $0 == 0 }),
            LagTrend(samples: readings.lagMessages).direction == .growing
        else { return nil }
        let events = Count.of(waiting, "event waits", "events wait")
        return Problem(
            gravity: .warning, short: "nothing is applied",
            words: "Nothing has been applied for \(seconds) seconds, though an engine runs and "
                + "\(events).",
            next: "Read what it says: :logs here, or its own log.", runbook: "consumer_lag_high",
            pane: .lag)
    }

    private func slow(_ overview: OverviewReading) -> Problem? {
        guard overview.databaseWait == nil, case .ready = readings.database,
            let milliseconds = readings.databaseMilliseconds,
            milliseconds > CheckReadings.slowMilliseconds
        else { return nil }
        return Problem(
            gravity: .warning, short: "database slow",
            words: "The database is slow: these figures took about "
                + "\(Count.full(milliseconds)) ms to read.",
            runbook: "database_slow", pane: .lag)
    }

    private func silentEngines(_ overview: OverviewReading) -> Problem? {
        let silent = overview.engines.filter { $0.state == .silent }
        guard let first = silent.first, overview.engines.contains(where: \.isLive) else {
            return nil
        }
        return Problem(
            gravity: .warning, short: "\(Count.of(silent.count, "engine")) silent",
            words: silent.count == 1
                ? "Engine \(first.name) has been silent since \(context.near(first.heartbeatAt))."
                : "\(Count.full(silent.count)) engines are silent, \(first.name) since "
                    + "\(context.near(first.heartbeatAt)).",
            next: "Look at its host; the others take its partitions over.",
            runbook: "engine_silent", pane: .engines)
    }

    private func paused(_ overview: OverviewReading) -> Problem? {
        guard let first = overview.pausedPartitions.min(by: { $0.since < $1.since }) else {
            return nil
        }
        let count = overview.pausedPartitions.count
        let place = "\(first.topic)/\(first.partition)"
        // Engines pause for one reason only; everybody else has a name.
        let isFlood = first.by == "SYNC_JOB"
        let more = count > 1 ? " and \(Count.full(count - 1)) more" : ""
        return Problem(
            gravity: .critical, short: "\(Count.of(count, "partition")) paused",
            words: "Partition \(place)\(more) paused by \(isFlood ? "the engine" : first.by) since "
                + "\(context.near(first.since)): \(first.reason)",
            next: isFlood
                ? "Read one of its letters, have the cause mended, then resume it."
                : "Resume it once the reason is gone; its events wait.",
            runbook: isFlood ? "dead_letter_flood" : "consumer_lag_high", pane: .lag)
    }

    private func gaps(_ overview: OverviewReading) -> Problem? {
        let gaps = overview.unacknowledgedGaps.filter { $0.kind != .skipped }
        guard let first = gaps.min(by: { $0.detectedAt < $1.detectedAt }) else { return nil }
        let count = gaps.count
        let lost = gaps.reduce(into: Int64(0)) { $0 += $1.lostEvents ?? 0 }
        let what =
            lost > 0
            ? "\(Count.of(lost, "event")) lost" : "an unknown number of events lost"
        return Problem(
            gravity: .critical, short: "\(Count.of(count, "gap"))",
            words: "Gap in \(first.topic)/\(first.partition)"
                + (count > 1 ? " and \(Count.full(count - 1)) more" : "")
                + ": \(what) before they were read, \(context.near(first.detectedAt)).",
            next: "Compare the sources' files, then acknowledge it.",
            runbook: "events_lost", pane: .lag)
    }

    /// What somebody skipped on purpose, until somebody has seen it.
    private func skips(_ overview: OverviewReading) -> Problem? {
        let skips = overview.unacknowledgedGaps.filter { $0.kind == .skipped }
        guard let last = skips.max(by: { $0.detectedAt < $1.detectedAt }) else { return nil }
        let events = skips.reduce(into: Int64(0)) { $0 += $1.lostEvents ?? 0 }
        let more = skips.count > 1 ? " and elsewhere" : ""
        return Problem(
            gravity: .warning, short: "\(Count.of(events, "event")) skipped",
            words: "\(last.skippedBy ?? "Somebody") skipped events of \(last.topic)/"
                + "\(last.partition)\(more): \(Count.of(events, "event")), "
                + "\(context.near(last.detectedAt)).",
            next: "Acknowledge it, or seek back.", pane: .lag)
    }

    private func breakers(_ overview: OverviewReading) -> Problem? {
        let open = overview.breakers.open
        guard open > 0 else { return nil }
        guard let first = overview.openBreakers.first else {
            return Problem(
                gravity: .warning, short: "\(Count.of(open, "breaker")) open",
                words: "\(Count.of(open, "breaker is", "breakers are")) open.",
                runbook: "breaker_open", pane: .breakers)
        }
        let since = first.openedAt.map { " since \(context.near($0))" } ?? ""
        let more = open > 1 ? " and \(Count.full(open - 1)) more" : ""
        return Problem(
            gravity: .warning, short: "\(Count.of(open, "breaker")) open",
            words: "Breaker \(first.key)\(more) open\(since)"
                + (first.lastError.map { ": \($0)" } ?? "."),
            next: "Mend the other side; it is tried again by itself.",
            runbook: "breaker_open", pane: .breakers)
    }

    private func outbox(_ overview: OverviewReading) -> Problem? {
        guard let oldest = overview.outboxOldestAt,
            context.now.since(oldest) > .seconds(60), overview.outboxUnpublished > 0
        else { return nil }
        return Problem(
            gravity: .warning, short: "outbox waits",
            words: "\(Count.of(overview.outboxUnpublished, "message")) not published to Kafka "
                + "since \(context.near(oldest)).", runbook: "breaker_open", pane: .breakers)
    }

    private func letters(_ overview: OverviewReading) -> Problem? {
        guard overview.deadLettersOpen > 0 else { return nil }
        var words = Count.of(overview.deadLettersOpen, "dead letter")
        if overview.deadLettersLastHour > 0 {
            words += ", \(Count.full(overview.deadLettersLastHour)) in the last hour"
        }
        if let largest = overview.deadLetterClusters.first {
            let share =
                largest.letters == overview.deadLettersOpen
                ? (largest.letters == 1 ? "" : "all ") : "\(Count.full(largest.letters)) of them "
            words += ": \(share)\(largest.reason), \(largest.sampleError)"
        }
        return Problem(
            gravity: overview.deadLettersLastHour > 0 ? .warning : .waiting,
            short: "\(Count.of(overview.deadLettersOpen, "dead letter"))", words: words,
            next: "Look at the largest cluster; retry it once its cause is mended.",
            runbook: "dead_letters_open", pane: .deadLetters)
    }

    /// Worth a warning once an event was refused again.
    private func retrying(_ overview: OverviewReading) -> Problem? {
        guard overview.parkedEntities > 0 || overview.retryingEvents > 0 else { return nil }
        let behind =
            overview.parkedEvents > 0
            ? "; \(Count.of(overview.parkedEvents, "event waits", "events wait")) behind" : ""
        let short = "\(Count.of(overview.retryingEvents, "event")) retrying"
        guard let oldest = overview.oldestRetry else {
            return Problem(
                gravity: .waiting, short: short,
                words: "\(Count.of(overview.retryingEvents, "event")) being retried, in "
                    + "\(Count.of(overview.parkedEntities, "service"))\(behind).",
                runbook: "dead_letters_open", pane: .events)
        }
        let more = overview.retryingEvents - 1
        let others = more > 0 ? " and \(Count.of(more, "other"))" : ""
        return Problem(
            gravity: oldest.attempts > 1 ? .warning : .waiting, short: short,
            words: "The database refuses an event of \(oldest.entityID)\(others) since "
                + "\(context.near(oldest.since)): \(oldest.error)\(behind)",
            next: "After its last attempt it is a dead letter; others go on.",
            runbook: "dead_letters_open", pane: .events)
    }

    private func review(_ overview: OverviewReading) -> Problem? {
        guard overview.reviewOpen > 0 else { return nil }
        let oldest = overview.reviewOldestAt.map { context.now.since($0) }
        let isAgeing = (oldest ?? .zero) > Self.ageing
        let verb = overview.reviewOpen == 1 ? "waits" : "wait"
        return Problem(
            gravity: isAgeing ? .warning : .waiting,
            short: "\(Count.full(overview.reviewOpen)) to review",
            words: "\(Count.of(overview.reviewOpen, "change")) \(verb) for a decision"
                + (oldest.map { $0 < .seconds(60) ? "" : ", the oldest for \(Age.words($0))" } ?? "")
                + (overview.reviewImpactActiveOrders > 0
                    ? "; \(Count.of(overview.reviewImpactActiveOrders, "active order")) affected."
                    : "."),
            next: "Read each change, then approve or reject it.",
            runbook: isAgeing ? "review_ageing" : "review_opened", pane: .review)
    }
}
