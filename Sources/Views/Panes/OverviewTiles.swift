import Probes

/// The figures of the overview, from the newest readings.
struct OverviewTiles {
    let readings: ConsoleReadings
    let context: DrawContext

    var all: [Tile] {
        guard let overview = readings.overview?.value else { return unknown }
        var tiles = [
            lag(overview), received(overview), review(overview), letters(overview),
            runs(overview), drift(overview), waiting(overview), breakers(overview),
            engines(overview), services(overview),
        ]
        // An installation that knows no vendor is not told of them.
        guard !overview.vendors.isEmpty else { return tiles }
        tiles.insert(contentsOf: [jobs(overview.vendors), agents(overview.vendors)], at: 8)
        return tiles
    }

    private var unknown: [Tile] {
        [
            "Lag", "Received", "Review", "Dead letters", "Runs", "Drift", "Waiting", "Breakers",
            "Engines", "Services",
        ].map { Tile(title: $0, value: Count.unknown, role: .muted) }
    }

    private func lag(_ overview: OverviewReading) -> Tile {
        let trend = LagTrend(samples: readings.lagMessages)
        var words: [Span] = []
        switch overview.lagMessages {
        case nil: words = [Span("not known", Style(.muted))]
        case 0: words = [Span("nothing waits", Style(.muted))]
        default: words = [trend.span]
        }
        // The end of a topic is not known while nobody can ask for it.
        if case .unreachable(let since, _) = readings.kafka, overview.lagMessages != nil {
            words = [Span("as of \(context.near(since)), before Kafka went", Style(.stale))]
        }
        return Tile(
            title: "Lag", value: Count.full(overview.lagMessages), words: words,
            samples: readings.lagMessages,
            details: overview.lagByTopic.sorted { ($0.lagMessages ?? 0) > ($1.lagMessages ?? 0) }
                .prefix(6).map {
                    [Span("\(Count.full($0.lagMessages)) "), Span($0.topic, Style(.muted))]
                })
    }

    private func received(_ overview: OverviewReading) -> Tile {
        let recent = readings.receivedPerSecond.suffix(5)
        let rate = recent.isEmpty ? nil : recent.reduce(0, +) / Double(recent.count)
        return Tile(
            title: "Received", value: Count.rate(rate),
            words: [Span("events a second", Style(.muted))],
            samples: readings.receivedPerSecond,
            details: [
                [Span("\(Count.full(overview.receivedTotal)) "), Span("in all", Style(.muted))],
                [
                    Span("\(Count.full(overview.duplicateTotal)) "),
                    Span("of them duplicates", Style(.muted)),
                ],
            ] + latency(overview))
    }

    private func latency(_ overview: OverviewReading) -> [[Span]] {
        guard let latency = overview.latency else { return [] }
        return [
            [
                Span("p50 ", Style(.muted)), Span(LatencyReading.short(latency.p50Seconds)),
                Span("  p95 ", Style(.muted)), Span(LatencyReading.short(latency.p95Seconds)),
                Span("  p99 ", Style(.muted)), Span(LatencyReading.short(latency.p99Seconds)),
            ]
        ]
    }

    private func review(_ overview: OverviewReading) -> Tile {
        guard overview.reviewOpen > 0 else {
            return calm("Review", "0", "nothing to decide")
        }
        let age = overview.reviewOldestAt.map { context.now.since($0) }
        let isAgeing = (age ?? .zero) > Problems.ageing
        let oldest =
            age.map { $0 < .seconds(60) ? "held just now" : "oldest \(Age.words($0))" } ?? "open"
        return Tile(
            title: "Review", value: Count.full(overview.reviewOpen), role: .accent,
            words: [Span(oldest, Style(isAgeing ? .warning : .muted))],
            details: [
                [
                    Span("\(Count.full(overview.reviewImpactActiveOrders)) "),
                    Span("active orders affected", Style(.muted)),
                ]
            ])
    }

    private func letters(_ overview: OverviewReading) -> Tile {
        guard overview.deadLettersOpen > 0 || overview.deadLettersRetrying > 0 else {
            return calm("Dead letters", "0", "nothing has failed for good")
        }
        let isRecent = overview.deadLettersLastHour > 0
        var words = [
            Span(
                isRecent
                    ? "\(Count.full(overview.deadLettersLastHour)) in the last hour"
                    : "none in the last hour", Style(isRecent ? .warning : .muted))
        ]
        if overview.deadLettersRetrying > 0 {
            words.append(
                Span(", \(Count.full(overview.deadLettersRetrying)) retrying", Style(.muted)))
        }
        return Tile(
            title: "Dead letters", value: Count.full(overview.deadLettersOpen), role: .critical,
            words: words,
            details: overview.deadLetterClusters.map { cluster in
                [
                    Span("\(Count.full(cluster.letters)) \(cluster.reason) "),
                    Span(cluster.sampleError, Style(.muted)),
                ]
            })
    }

    private func waiting(_ overview: OverviewReading) -> Tile {
        let outbox = overview.outboxUnpublished
        let outboxLine: [[Span]] =
            outbox > 0
            ? [[Span("\(Count.full(outbox)) "), Span("to be published", Style(.muted))]] : []
        guard overview.retryingEvents > 0 || overview.parkedEvents > 0 else {
            var tile = calm("Waiting", "0", "no event is being retried")
            tile.details = outboxLine
            return tile
        }
        return Tile(
            title: "Waiting", value: Count.full(overview.retryingEvents), role: .warning,
            words: [
                Span("retrying, \(Count.full(overview.parkedEvents)) parked behind", Style(.muted))
            ],
            details: [
                [
                    Span("\(Count.full(overview.parkedEntities)) "),
                    Span(
                        "\(overview.parkedEntities == 1 ? "service" : "services") held up; "
                            + "the others go on", Style(.muted)),
                ]
            ] + outboxLine)
    }

    private func breakers(_ overview: OverviewReading) -> Tile {
        let counts = overview.breakers
        let all = counts.open + counts.halfOpen + counts.closed
        guard all > 0 else { return calm("Breakers", "0", "no calls outside yet") }
        guard counts.open + counts.halfOpen > 0 else {
            return calm("Breakers", Count.full(all), "all closed")
        }
        var words: [Span] = [Span("open", Style(.critical))]
        if counts.open == 0 { words = [Span("half-open", Style(.warning))] }
        if counts.open > 0, counts.halfOpen > 0 {
            words.append(Span(", \(Count.full(counts.halfOpen)) half-open", Style(.warning)))
        }
        words.append(Span(", \(Count.full(counts.closed)) closed", Style(.muted)))
        return Tile(
            title: "Breakers", value: Count.full(counts.open > 0 ? counts.open : counts.halfOpen),
            role: counts.open > 0 ? .critical : .warning, words: words,
            details: overview.openBreakers.map { row in
                [Span("\(row.key) "), Span(row.lastError ?? "", Style(.muted))]
            })
    }

    private func engines(_ overview: OverviewReading) -> Tile {
        let live = overview.engines.filter(\.isLive)
        let silent = overview.engines.filter { $0.state == .silent }.count
        var words = [Span("running", Style(.muted))]
        if silent > 0 {
            words.append(Span(", \(Count.full(silent)) silent", Style(.critical)))
        }
        if let leader = live.first(where: \.isLeader) {
            words.append(Span(", \(leader.host) leads", Style(.muted)))
        }
        return Tile(
            title: "Engines", value: Count.full(live.count),
            role: live.isEmpty ? .critical : .normal, words: words,
            details: live.map { row in
                [
                    Span("\(row.name) "),
                    Span(
                        "\(Count.of(row.partitions.count, "partition")), "
                            + Count.bytes(row.memoryBytes), Style(.muted)),
                ]
            })
    }

    private func services(_ overview: OverviewReading) -> Tile {
        calm(
            "Services", Count.full(overview.services.active),
            "active, \(Count.full(overview.services.deprecated)) deprecated")
    }

    func calm(_ title: String, _ value: String, _ words: String) -> Tile {
        Tile(title: title, value: value, words: [Span(words, Style(.muted))])
    }
}
