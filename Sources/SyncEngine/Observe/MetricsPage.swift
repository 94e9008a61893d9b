import Probes

/// The text of `/metrics`. What each metric means stands in docs/metrics.md.
///
/// A number that is not known is absent, never 0.
struct MetricsPage {
    /// Series of one metric; what is beyond is left out, and counted.
    static let largestSeries = 2_000

    let facts: MetricsFacts
    let now: Timestamp
    var page = PrometheusText()
    private var leftOut = 0

    static func text(_ facts: MetricsFacts, at now: Timestamp) -> String {
        var page = MetricsPage(facts: facts, now: now)
        page.writeProcess()
        page.writeEvents()
        page.writeBreakers()
        page.writeRequests()
        page.writeShared()
        page.page.metric(
            "syncconsole_metrics_left_out", .gauge,
            "Series that this answer leaves out, because a metric would have too many.",
            Double(page.leftOut))
        return page.page.text
    }

    private init(facts: MetricsFacts, now: Timestamp) {
        self.facts = facts
        self.now = now
    }

    mutating func metric(
        _ name: String, _ kind: PrometheusText.Kind, _ help: String,
        _ series: [(labels: PrometheusText.Labels, value: Double)]
    ) {
        leftOut += max(0, series.count - Self.largestSeries)
        page.metric(name, kind, help, Array(series.prefix(Self.largestSeries)))
    }

    // MARK: This process

    private mutating func writeProcess() {
        metric(
            "syncconsole_build_info", .gauge, "1, with what was built.",
            [([("version", facts.version), ("role", facts.role)], 1)])
        let process = facts.process
        page.metric(
            "process_resident_memory_bytes", .gauge, "Resident memory.",
            process.residentBytes.map(Double.init))
        page.metric(
            "process_virtual_memory_bytes", .gauge, "Virtual memory.",
            process.virtualBytes.map(Double.init))
        page.metric(
            "process_cpu_seconds_total", .counter, "Processor time, user and system.",
            process.cpuSeconds)
        page.metric(
            "process_start_time_seconds", .gauge, "When the process began, since the epoch.",
            process.startedSeconds)
        page.metric(
            "process_open_fds", .gauge, "Open file descriptors.", process.openFiles.map(Double.init)
        )
        page.metric(
            "process_max_fds", .gauge, "How many file descriptors may be open.",
            process.largestOpenFiles.map(Double.init))
        page.metric(
            "syncconsole_scrape_duration_seconds", .gauge,
            "What the answer before this one took to write.", facts.lastScrapeSeconds)
        page.metric(
            "syncconsole_leader", .gauge, "1 if this engine leads.", facts.isLeader ? 1 : 0)
        page.metric(
            "syncconsole_assigned_partitions", .gauge, "Partitions that this engine reads.",
            facts.partitions.map(Double.init))
        page.metric(
            "syncconsole_database_up", .gauge, "1 if this engine reaches the database.",
            Self.up(facts.database))
        page.metric(
            "syncconsole_kafka_up", .gauge, "1 if this engine reaches a broker.",
            facts.kafka.flatMap(Self.up))
    }

    private mutating func writeEvents() {
        let topics = facts.topics
        metric(
            "kafka_events_processed_total", .counter,
            "Events that this engine has brought to an end, by topic and by which end.",
            topics.flatMap { topic, figures in
                figures.counts.byStatus.map {
                    ([("topic", topic), ("status", $0.status)], Double($0.events))
                }
            })
        metric(
            "kafka_event_retries_total", .counter,
            "Decisions to try an event again later, or to park it behind one that is.",
            topics.map { ([("topic", $0.topic)], Double($0.figures.postponed)) })
        writeHistogram()
        writeSummary()
        metric(
            "syncconsole_failed_events_ratio", .gauge,
            "Share of the last five minutes' events that became dead letters, 0 to 1.",
            topics.compactMap { topic, figures in
                figures.window.failedRatio(at: now).map { ([("topic", topic)], $0) }
            })
    }

    private mutating func writeHistogram() {
        let name = "kafka_event_processing_duration_seconds"
        guard !facts.topics.isEmpty else { return }
        page.begin(name, .histogram, "From taking an event in hand to its commit.")
        for (topic, figures) in facts.topics {
            var below: Int64 = 0
            for (place, count) in figures.latency.counts.enumerated() {
                below += count
                let bound =
                    place < LatencyHistogram.bounds.count
                    ? PrometheusText.number(LatencyHistogram.bounds[place]) : "+Inf"
                page.sample(
                    "\(name)_bucket", [("topic", topic), ("le", bound)], Double(below))
            }
            page.sample("\(name)_sum", [("topic", topic)], figures.latency.sumSeconds)
            page.sample("\(name)_count", [("topic", topic)], Double(below))
        }
    }

    private mutating func writeSummary() {
        let name = "syncconsole_event_latency_seconds"
        guard !facts.topics.isEmpty else { return }
        page.begin(name, .summary, "The same over the last five minutes, as quantiles.")
        for (topic, figures) in facts.topics {
            let latency = figures.window.latency(at: now)
            for quantile in [0.5, 0.95, 0.99] {
                guard let seconds = latency.quantile(quantile) else { continue }
                page.sample(
                    name, [("topic", topic), ("quantile", PrometheusText.number(quantile))],
                    seconds)
            }
            page.sample("\(name)_sum", [("topic", topic)], figures.latency.sumSeconds)
            page.sample("\(name)_count", [("topic", topic)], Double(figures.latency.events))
        }
    }

    private mutating func writeBreakers() {
        metric(
            "syncconsole_breaker_state", .gauge,
            "1 for the state that this engine's breaker is in, 0 for the others.",
            facts.breakers.flatMap { key, snapshot in
                BreakerState.allCases.map { state in
                    (
                        [("breaker", key), ("state", state.rawValue)],
                        state.rawValue == snapshot.state.rawValue ? 1 : 0
                    )
                }
            })
    }

    private mutating func writeRequests() {
        metric(
            "syncconsole_http_requests_total", .counter, "Requests answered, by path and status.",
            facts.requests.map {
                ([("path", $0.path), ("code", "\($0.status)")], Double($0.count))
            })
    }

    private static func up(_ state: ServerState) -> Double? {
        switch state {
        case .connecting: nil
        case .ready: 1
        case .unreachable: 0
        }
    }
}
