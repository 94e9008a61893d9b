import Probes

/// What all engines share, as this one has read it last.
extension MetricsPage {
    mutating func writeShared() {
        guard let shared = facts.shared, now.since(shared.takenAt) < MetricsFacts.longestAge else {
            return
        }
        page.metric(
            "syncconsole_shared_reading_timestamp_seconds", .gauge,
            "When what all engines share was read, since the epoch.",
            Double(shared.takenAt.microseconds) / 1_000_000)
        page.metric(
            "syncconsole_shared_reading_duration_seconds", .gauge, "What reading it took.",
            shared.tookSeconds)
        writeLag(shared.lag)
        writeQueues(shared.overview)
        writeRuns(shared.overview)
        writeFleet(shared.overview)
        writeVendors(shared.overview.vendors)
    }

    private mutating func writeLag(_ rows: [LagRow]) {
        metric(
            "kafka_consumer_lag_messages", .gauge,
            "Messages between what is committed and the partition's end.",
            rows.compactMap { row in
                row.lagMessages.map { (Self.labels(of: row), Double($0)) }
            })
        metric(
            "syncconsole_partition_paused", .gauge,
            "1 for a partition that an operator or a flood has paused.",
            rows.filter(\.isOurs).map { (Self.labels(of: $0), $0.pausedReason == nil ? 0 : 1) })
    }

    private static func labels(of row: LagRow) -> PrometheusText.Labels {
        [("group", row.group), ("topic", row.topic), ("partition", "\(row.partition)")]
    }

    private mutating func writeQueues(_ overview: OverviewReading) {
        let depths = [
            ("retrying", overview.retryingEvents), ("parked", overview.parkedEvents),
            ("outbox", overview.outboxUnpublished), ("review", overview.reviewOpen),
            ("dlq", overview.deadLettersOpen), ("dlq_retrying", overview.deadLettersRetrying),
            ("jobs", overview.vendors.count(\.pending)),
        ]
        metric(
            "syncconsole_queue_depth", .gauge, "What waits, by queue.",
            depths.map { ([("queue", $0.0)], Double($0.1)) })
        let oldest = [
            ("review", overview.reviewOldestAt), ("outbox", overview.outboxOldestAt),
            ("jobs", overview.vendors.jobs.compactMap(\.oldestPendingAt).min()),
        ]
        metric(
            "syncconsole_queue_oldest_timestamp_seconds", .gauge,
            "Since when the oldest of a queue waits, since the epoch.",
            oldest.compactMap { queue, moment in
                moment.map { ([("queue", queue)], Double($0.microseconds) / 1_000_000) }
            })
        page.metric(
            "syncconsole_alerts_firing", .gauge, "Alerts that fire.",
            Double(overview.alerts.firing))
        page.metric(
            "syncconsole_consumer_gaps", .gauge,
            "Gaps in a topic that nobody has acknowledged yet.",
            Double(overview.unacknowledgedGaps.count))
        page.metric(
            "syncconsole_events_received_total", .counter,
            "Deliveries applied by all engines, duplicates included.",
            Double(overview.receivedTotal))
        page.metric(
            "syncconsole_events_duplicate_total", .counter,
            "Deliveries of events that had been seen before.", Double(overview.duplicateTotal))
    }

    private mutating func writeRuns(_ overview: OverviewReading) {
        metric(
            "syncconsole_runs", .gauge, "Runs that have not ended, by state.",
            [
                ([("state", "running")], Double(overview.runsRunning)),
                ([("state", "waiting")], Double(overview.runsWaiting)),
                ([("state", "awaiting_decision")], Double(overview.runsAwaitingDecision)),
            ])
        metric(
            "syncconsole_last_run", .gauge,
            "1, with the state in which a source's last run ended.",
            overview.lastRuns.map {
                ([("source", $0.run.source), ("state", $0.run.state.rawValue)], 1)
            })
        metric(
            "syncconsole_last_run_timestamp_seconds", .gauge,
            "When a source's last run ended, since the epoch.",
            overview.lastRuns.compactMap { last in
                last.run.completedAt.map {
                    ([("source", last.run.source)], Double($0.microseconds) / 1_000_000)
                }
            })
        metric(
            "syncconsole_drift_ratio", .gauge,
            "Share of the rows compared that differed, in a source's last run that compared.",
            overview.lastRuns.compactMap { last in
                last.compared?.driftPercent.map { ([("source", last.run.source)], $0 / 100) }
            })
        metric(
            "syncconsole_checksum_mismatches", .gauge,
            "Rows that differed in a source's last run that compared.",
            overview.lastRuns.compactMap { last in
                last.compared.map { ([("source", last.run.source)], Double($0.counts.drifted)) }
            })
    }

    private mutating func writeFleet(_ overview: OverviewReading) {
        metric(
            "syncconsole_engines", .gauge, "Engines that have not stopped, by state.",
            EngineState.allCases.filter { $0 != .stopped }.map { state in
                (
                    [("state", state.rawValue)],
                    Double(overview.engines.count { $0.state == state })
                )
            })
    }

    private mutating func writeVendors(_ vendors: VendorFlow) {
        guard !vendors.isEmpty else { return }
        metric(
            "syncconsole_agents", .gauge, "Vendors' agents that are registered, by status.",
            [AgentState.online, .degraded, .offline].map {
                ([("status", $0.rawValue)], Double(vendors.agents($0)))
            })
        let states: [(JobState, KeyPath<VendorJobs, Int>)] = [
            (.pending, \.pending), (.processing, \.processing), (.failed, \.failed),
        ]
        metric(
            "syncconsole_jobs", .gauge,
            "Jobs that are neither completed nor cancelled, by vendor and state.",
            vendors.jobs.flatMap { jobs in
                states.map { state, path in
                    (
                        [("vendor", jobs.vendor), ("state", state.rawValue)],
                        Double(jobs[keyPath: path])
                    )
                }
            })
        let waits: [(JobWait, KeyPath<VendorJobs, Int>)] = [
            (.agentOffline, \.agentOffline), (.breakerOpen, \.breakerOpen),
            (.notConfigured, \.notConfigured),
            (.backoff, \.backoff), (.callback, \.callback),
        ]
        metric(
            "syncconsole_jobs_waiting", .gauge,
            "Of them, those that wait for something else than their turn, by what.",
            vendors.jobs.flatMap { jobs in
                waits.map { wait, path in
                    (
                        [("vendor", jobs.vendor), ("waits_for", wait.rawValue)],
                        Double(jobs[keyPath: path])
                    )
                }
            })
    }
}
