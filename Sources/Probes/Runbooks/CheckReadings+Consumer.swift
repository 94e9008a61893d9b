extension CheckReadings {
    /// Messages; the rule `consumer_lag_high` fires above it.
    static let highLag = 1_000
    /// A second; slower changes of the lag are called standing still.
    private static let standstill = 1.0

    func engines(_ subject: RunbookCheck.Subject, _ overview: OverviewReading) -> CheckResult {
        let live = overview.engines.filter(\.isAtService)
        switch subject {
        case .enginesLive:
            guard live.isEmpty else {
                return CheckResult(
                    .ok, "\(CheckWords.of(live.count, "engine")) running: \(Self.names(live))",
                    figure: Double(live.count))
            }
            let last = overview.lastEngineSeenAt.map {
                ", the last was seen \(CheckWords.age(now.since($0))) ago"
            }
            return CheckResult(.bad, "no engine is running\(last ?? "")", figure: 0)
        case .enginesSilent:
            let silent = overview.engines.filter { $0.state == .silent }
            return .count(
                silent.count,
                "\(CheckWords.of(silent.count, "engine")) silent: \(Self.names(silent))",
                none: "no engine is silent")
        case .enginesLeader:
            guard let leader = live.first(where: \.isLeader) else {
                return CheckResult(.bad, "no engine leads: nothing scheduled is started")
            }
            return CheckResult(.ok, "\(leader.host):\(leader.processID) leads")
        default: return members(live, overview)
        }
    }

    /// Of our group: the engines that hold partitions.
    private func members(_ live: [EngineRow], _ overview: OverviewReading) -> CheckResult {
        let members = live.filter { !$0.partitions.isEmpty }
        let held = Set(members.flatMap(\.partitions))
        let all = Set(
            (console.lag?.value.rows ?? []).filter(\.isOurs).map { "\($0.topic)/\($0.partition)" })
        let orphaned = all.subtracting(held).sorted()
        let figure = Double(members.count)
        guard !members.isEmpty else {
            return CheckResult(.bad, "no engine holds a partition", figure: figure)
        }
        let words = "\(CheckWords.of(members.count, "member")) read \(held.count)"
        guard orphaned.isEmpty else {
            return CheckResult(
                .bad, "\(words); nobody reads \(orphaned.prefix(4).joined(separator: ", "))",
                figure: figure)
        }
        return CheckResult(
            .ok, "\(words) \(held.count == 1 ? "partition" : "partitions")", figure: figure)
    }

    private static func names(_ engines: [EngineRow]) -> String {
        engines.prefix(4).map { "\($0.host):\($0.processID)" }.joined(separator: ", ")
    }

    func consumer(_ subject: RunbookCheck.Subject, _ overview: OverviewReading) -> CheckResult {
        switch subject {
        case .consumerLag:
            guard let lag = overview.lagMessages else {
                return .unknown("the brokers have not told their end offsets")
            }
            return CheckResult(
                lag > Self.highLag ? .bad : .ok, "\(CheckWords.of(lag, "event")) not applied yet",
                figure: Double(lag))
        case .consumerTrend: return trend(overview)
        case .eventsArriving:
            let recent = console.receivedPerSecond.suffix(5)
            guard !recent.isEmpty else { return .unknown("two looks are needed") }
            let rate = recent.reduce(0, +) / Double(recent.count)
            guard rate > 0 || overview.lagMessages ?? 0 > 0 else {
                return CheckResult(.ok, "none arrives and none waits", figure: 0)
            }
            return CheckResult(
                rate > 0 ? .ok : .bad, "\(CheckWords.full(Int(rate.rounded()))) applied a second",
                figure: rate)
        case .eventsRetrying:
            let waiting = overview.retryingEvents
            let behind = overview.parkedEvents
            return .count(
                waiting,
                "\(CheckWords.of(waiting, "event")) being retried, "
                    + "\(CheckWords.full(behind)) parked behind"
                    + (overview.oldestRetry.map { ": \(CheckWords.cut($0.error))" } ?? ""),
                none: "no event is being retried")
        case .partitionsPaused:
            let paused = overview.pausedPartitions
            let why = paused.first.map { ": \(CheckWords.cut($0.reason))" } ?? ""
            return .count(
                paused.count, CheckWords.of(paused.count, "partition") + " paused" + why,
                none: "none is paused")
        default:
            let gaps = overview.unacknowledgedGaps
            let lost = gaps.reduce(0) { $0 + Int($1.lostEvents ?? 0) }
            return .count(
                gaps.count,
                "\(CheckWords.of(gaps.count, "gap")) not acknowledged, "
                    + "\(CheckWords.of(lost, "event")) lost",
                none: "none is open")
        }
    }

    /// Whether the lag falls, from what went in and out of each partition.
    private func trend(_ overview: OverviewReading) -> CheckResult {
        if overview.lagMessages == 0 { return CheckResult(.ok, "nothing waits", figure: 0) }
        let rows = (console.lag?.value.rows ?? []).filter(\.isOurs)
        let pairs = rows.compactMap { row in
            row.consumedPerSecond.flatMap { out in row.producedPerSecond.map { $0 - out } }
        }
        guard !pairs.isEmpty else { return .unknown("two looks are needed") }
        let slope = pairs.reduce(0, +)
        let rate = CheckWords.full(Int(slope.magnitude.rounded()))
        if slope >= Self.standstill {
            return CheckResult(.bad, "it grows by \(rate) events a second", figure: slope)
        }
        guard slope <= -Self.standstill, let lag = overview.lagMessages else {
            let isHigh = overview.lagMessages ?? 0 > Self.highLag
            return CheckResult(isHigh ? .bad : .ok, "it stands still", figure: slope)
        }
        let seconds = Duration.seconds(Double(lag) / -slope)
        return CheckResult(
            .ok, "it falls by \(rate) events a second, empty in \(CheckWords.age(seconds))",
            figure: slope)
    }
}
