import Probes

/// What is wrong, the worst first: one rule a function, in the order in which they matter.
struct Problems {
    let readings: ConsoleReadings
    let context: DrawContext

    /// A review item or dead letter older than this is called ageing.
    static let ageing: Duration = .seconds(24 * 3_600)

    var all: [Problem] {
        let servers = [server("Database", readings.database), server("Kafka", readings.kafka)]
        guard let overview = readings.overview?.value else { return servers.compactMap { $0 } }
        let found: [Problem?] =
            servers + [
                engines(overview), silentEngines(overview), paused(overview), gaps(overview),
                undecidedRuns(overview), failedRuns(overview), highDrift(overview),
                breakers(overview), outbox(overview), letters(overview), waitingRuns(overview),
                waiting(overview), review(overview),
            ]
        return found.compactMap { $0 }
            .enumerated().sorted {
                ($1.element.gravity, $0.offset) < ($0.element.gravity, $1.offset)
            }.map(\.element)
    }

    private func server(_ name: String, _ state: ServerState) -> Problem? {
        guard case .unreachable(let since, let error) = state else { return nil }
        let time = context.near(since)
        return Problem(
            gravity: .critical, short: "\(name) unreachable since \(time)",
            words: "\(name) unreachable since \(time), "
                + "\(Age.exact(context.now.since(since))): \(error)",
            pane: nil, isServer: true)
    }

    private func engines(_ overview: OverviewReading) -> Problem? {
        guard !overview.engines.contains(where: \.isLive) else { return nil }
        let last = overview.engines.map(\.heartbeatAt).max()
        let since = last.map { " since \(context.near($0))" } ?? ""
        return Problem(
            gravity: .critical, short: "no engine",
            words: "No engine is running\(since): events wait in Kafka. Start one with "
                + "syncconsole engine.", pane: .engines)
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
                    + "\(context.near(first.heartbeatAt)).", pane: .engines)
    }

    private func paused(_ overview: OverviewReading) -> Problem? {
        guard let first = overview.pausedPartitions.min(by: { $0.since < $1.since }) else {
            return nil
        }
        let count = overview.pausedPartitions.count
        let place = "\(first.topic)/\(first.partition)"
        let more = count > 1 ? " and \(Count.full(count - 1)) more" : ""
        return Problem(
            gravity: .critical, short: "\(Count.of(count, "partition")) paused",
            words: "Partition \(place)\(more) paused by \(first.by) since "
                + "\(context.near(first.since)): \(first.reason)", pane: .lag)
    }

    private func gaps(_ overview: OverviewReading) -> Problem? {
        guard let first = overview.unacknowledgedGaps.min(by: { $0.detectedAt < $1.detectedAt })
        else { return nil }
        let count = overview.unacknowledgedGaps.count
        let lost = overview.unacknowledgedGaps.reduce(into: Int64(0)) { $0 += $1.lostEvents ?? 0 }
        let what =
            lost > 0
            ? "\(Count.of(lost, "event")) lost" : "an unknown number of events lost"
        return Problem(
            gravity: .critical, short: "\(Count.of(count, "gap"))",
            words: "Gap in \(first.topic)/\(first.partition)"
                + (count > 1 ? " and \(Count.full(count - 1)) more" : "")
                + ": \(what) before they were read, \(context.near(first.detectedAt)).",
            pane: .lag)
    }

    private func breakers(_ overview: OverviewReading) -> Problem? {
        let open = overview.breakers.open
        guard open > 0 else { return nil }
        guard let first = overview.openBreakers.first else {
            return Problem(
                gravity: .warning, short: "\(Count.of(open, "breaker")) open",
                words: "\(Count.of(open, "breaker is", "breakers are")) open.", pane: .breakers)
        }
        let since = first.openedAt.map { " since \(context.near($0))" } ?? ""
        let more = open > 1 ? " and \(Count.full(open - 1)) more" : ""
        return Problem(
            gravity: .warning, short: "\(Count.of(open, "breaker")) open",
            words: "Breaker \(first.key)\(more) open\(since)"
                + (first.lastError.map { ": \($0)" } ?? "."), pane: .breakers)
    }

    private func outbox(_ overview: OverviewReading) -> Problem? {
        guard let oldest = overview.outboxOldestAt,
            context.now.since(oldest) > .seconds(60), overview.outboxUnpublished > 0
        else { return nil }
        return Problem(
            gravity: .warning, short: "outbox waits",
            words: "\(Count.of(overview.outboxUnpublished, "message")) not published to Kafka "
                + "since \(context.near(oldest)).", pane: .breakers)
    }

    private func letters(_ overview: OverviewReading) -> Problem? {
        guard overview.deadLettersOpen > 0 else { return nil }
        var words = Count.of(overview.deadLettersOpen, "dead letter")
        if let largest = overview.deadLetterClusters.first {
            words += ", \(Count.full(largest.letters)) of them \(largest.reason)"
        }
        if overview.deadLettersLastHour > 0 {
            words += "; \(Count.full(overview.deadLettersLastHour)) in the last hour"
        }
        return Problem(
            gravity: overview.deadLettersLastHour > 0 ? .warning : .waiting,
            short: "\(Count.of(overview.deadLettersOpen, "dead letter"))", words: words + ".",
            pane: .deadLetters)
    }

    private func waiting(_ overview: OverviewReading) -> Problem? {
        guard overview.parkedEntities > 0 || overview.retryingEvents > 0 else { return nil }
        return Problem(
            gravity: .waiting, short: "\(Count.of(overview.retryingEvents, "event")) retrying",
            words: "\(Count.of(overview.retryingEvents, "event")) being retried; "
                + "\(Count.full(overview.parkedEvents)) more wait behind them, in "
                + "\(Count.of(overview.parkedEntities, "service")).", pane: .events)
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
            pane: .review)
    }
}
