import Postgres

/// Takes the overview: counts of every part, in one round trip.
package struct OverviewProbe: Sendable {
    private static let clusters = 5
    private static let engines = 100
    private static let unfinishedRuns = 20
    private static let sources = 100

    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// - Parameters:
    ///   - lag: as it was taken last.
    ///   - services: likewise; see `services()`.
    ///   - vendors: likewise; see `VendorFlowProbe`.
    /// - Throws: `PostgresError`.
    package func take(
        lag: [LagRow], services: OverviewReading.ServiceCounts, vendors: VendorFlow
    ) async throws -> OverviewReading {
        let clusterList = ProbeSQL.filtered(
            ProbeSQL.clusterList, by: SQLCondition(firstParameter: 2))
        let answers = try await connection.pipeline([
            PostgresStatement(ProbeSQL.overview),
            PostgresStatement(ProbeSQL.engineList, [.int(Self.engines)]),
            PostgresStatement(ProbeSQL.breakerList),
            PostgresStatement(ProbeSQL.pausedList),
            PostgresStatement(ProbeSQL.gapList),
            PostgresStatement(clusterList, [.int(Self.clusters)]),
            PostgresStatement(
                ProbeSQL.runOverview, [.int(Self.unfinishedRuns), .int(Self.sources)]),
            PostgresStatement(ProbeSQL.retryOldest),
            DatabaseWait.statement(),
            PostgresStatement(ProbeSQL.alertOverview),
            PostgresStatement(ProbeSQL.scheduleList),
        ])
        let runs = try OverviewRuns(answers[6])
        let engines = try answers[1].decoded(EngineRow.init)
        let breakers = try answers[2].decoded(BreakerRow.init)
        var columns = ColumnReader(try answers[0].only())
        var reading = OverviewReading(
            engines: engines.filter { $0.state != .stopped },
            lagMessages: Self.total(lag.filter(\.isOurs)), lagByTopic: Self.byTopic(lag),
            pausedPartitions: try answers[3].decoded(OverviewReading.PausedPartition.init),
            unacknowledgedGaps: try answers[4].decoded(GapRow.init),
            reviewOpen: try columns.next(), reviewOldestAt: try columns.next(),
            reviewImpactActiveOrders: try columns.next(), deadLettersOpen: try columns.next(),
            deadLettersRetrying: try columns.next(), deadLettersLastHour: try columns.next(),
            deadLetterClusters: try answers[5].decoded(LetterCluster.init),
            parkedEvents: try columns.next(), retryingEvents: try columns.next(),
            parkedEntities: try columns.next(), outboxUnpublished: try columns.next(),
            outboxOldestAt: try columns.next(), breakers: Self.counts(breakers),
            openBreakers: breakers.filter { $0.state != .closed },
            runsRunning: try columns.next(), runsWaiting: try columns.next(),
            runsAwaitingDecision: try columns.next(), unfinishedRuns: runs.unfinished,
            lastRuns: runs.last, services: services,
            receivedTotal: try columns.next(), duplicateTotal: try columns.next())
        if !engines.contains(where: \.isAtService) {
            reading.lastEngineSeenAt =
                engines.filter { $0.role != "reconcile" }.map(\.heartbeatAt).max()
        }
        reading.oldestRetry = try answers[7].decoded(RetryingEvent.init).first
        reading.databaseWait = try answers[8].decoded(DatabaseWait.init).first
        reading.alerts = try OverviewReading.AlertCounts(answers[9])
        reading.schedule = try answers[10].decoded(ScheduleRow.init)
        reading.vendors = vendors
        return reading
    }

    /// Reads the whole catalog: for now and then. Throws `PostgresError`.
    package func services() async throws -> OverviewReading.ServiceCounts {
        var columns = ColumnReader(try await connection.query(ProbeSQL.serviceCounts).only())
        return OverviewReading.ServiceCounts(
            active: try columns.next(), deprecated: try columns.next())
    }

    /// Of those partitions whose lag is known; nil if there is none.
    private static func total(_ rows: [LagRow]) -> Int? {
        let known = rows.compactMap(\.lagMessages)
        return known.isEmpty ? nil : Int(known.reduce(0, +))
    }

    private static func byTopic(_ rows: [LagRow]) -> [OverviewReading.TopicLag] {
        var places: [String: Int] = [:]
        var topics: [(group: String, topic: String, rows: [LagRow])] = []
        for row in rows {
            let key = "\(row.group) \(row.topic)"
            if let place = places[key] {
                topics[place].rows.append(row)
            } else {
                places[key] = topics.count
                topics.append((row.group, row.topic, [row]))
            }
        }
        return topics.map {
            OverviewReading.TopicLag(
                group: $0.group, topic: $0.topic, lagMessages: total($0.rows))
        }
    }

    private static func counts(_ breakers: [BreakerRow]) -> OverviewReading.BreakerCounts {
        func count(_ state: BreakerState) -> Int {
            breakers.reduce(0) { $0 + ($1.state == state ? 1 : 0) }
        }
        return OverviewReading.BreakerCounts(
            open: count(.open), halfOpen: count(.halfOpen), closed: count(.closed))
    }
}

/// The rows of `run_overview.sql`: those of a run, then what it is to its source; those that compared
/// come behind those that were the last.
private struct OverviewRuns {
    var unfinished: [RunRow] = []
    var last: [OverviewReading.SourceRun] = []

    init(_ rows: PostgresRows) throws {
        for row in rows {
            var columns = ColumnReader(row)
            let run = try RunRow(&columns)
            let isLast: Bool = try columns.next()
            let hasCompared: Bool = try columns.next()
            let earlier: Double? = try columns.next()
            if isLast {
                last.append(.init(run: run, compared: nil, earlierDriftPercent: nil))
            } else if hasCompared {
                guard
                    let place = last.firstIndex(where: {
                        $0.run.kind == run.kind && $0.run.source == run.source
                    })
                else { continue }
                last[place].compared = run
                last[place].earlierDriftPercent = earlier
            } else {
                unfinished.append(run)
            }
        }
    }
}

extension OverviewReading.AlertCounts {
    /// From the rows of `alert_overview.sql`, one a rule.
    fileprivate init(_ rows: PostgresRows) throws {
        self.init()
        for row in rows {
            var columns = ColumnReader(row)
            let rule: String = try columns.next()
            let severity: AlertSeverity = try columns.next()
            firing += try columns.next() as Int
            let unattended: Int = try columns.next()
            self.unattended += unattended
            pending += try columns.next() as Int
            critical += try columns.next() as Int
            // Null where nobody has to look.
            guard let since = try columns.next() as Timestamp? else { continue }
            rules.append(
                .init(
                    rule: rule, severity: severity, subjects: unattended, since: since,
                    subject: try columns.next(), summary: try columns.next(),
                    details: try columns.next(), runbook: try columns.next()))
        }
    }
}

extension OverviewReading.PausedPartition {
    /// From a row of `paused_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            topic: try columns.next(), partition: try columns.next(), reason: try columns.next(),
            by: try columns.next(), since: try columns.next())
    }
}

extension GapRow {
    /// From a row of `gap_list.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), topic: try columns.next(), partition: try columns.next(),
            kind: try columns.next(), storedOffset: try columns.next(),
            resumedOffset: try columns.next(), lostEvents: try columns.next(),
            detectedAt: try columns.next(), skippedBy: try columns.next())
    }
}

extension RetryingEvent {
    /// From a row of `retry_oldest.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            entityID: try columns.next(), error: try columns.next(), attempts: try columns.next(),
            since: try columns.next())
    }
}

extension DatabaseWait {
    /// - Parameters:
    ///   - leastSeconds: that a statement has waited before it counts; locks are waited for all day.
    ///   - oldSeconds: the age of a transaction whose locks are no such passing thing. It is the
    ///     time after which our own statements give up and are tried again.
    static func statement(
        leastSeconds: Double = 2, oldSeconds: Double = 10
    ) -> PostgresStatement {
        PostgresStatement(
            ProbeSQL.databaseWaits, [.double(leastSeconds), .double(oldSeconds)])
    }

    /// From a row of `database_waits.sql`.
    init(_ columns: inout ColumnReader) throws {
        self.init(
            waiting: try columns.next(), since: try columns.next(),
            blockerProcessID: try columns.next(), blocker: try columns.next(),
            blockerSince: try columns.next())
    }
}
