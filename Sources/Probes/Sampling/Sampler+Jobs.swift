import Postgres

extension Sampler {
    /// Does one job. Throws only what concerns the connection; what is wrong with the question
    /// becomes `problem`.
    func sample(
        _ job: SamplingSchedule.Job, _ connection: PostgresConnection
    ) async throws {
        switch job {
        case .overview: try await tolerating { try await self.sampleOverview(connection) }
        case .lag: try await tolerating { try await self.sampleLag(connection) }
        case .services:
            try await tolerating { self.services = try await OverviewProbe(connection).services() }
        case .vendors:
            try await tolerating { self.vendors = try await VendorFlowProbe(connection).take() }
        case .tail: try await tolerating { try await self.sampleTail(connection) }
        case .list:
            guard let list = interest.list else { return }
            listProblem = try await tolerating { try await self.sample(list, connection) }
        case .detail:
            guard let detail = interest.detail else { return }
            detailProblem = try await tolerating { try await self.sample(detail, connection) }
        }
        ledger.set(\.problem, listProblem ?? detailProblem)
    }

    /// - Returns: what was wrong with the question, in words.
    @discardableResult
    private func tolerating(_ body: () async throws -> Void) async throws -> String? {
        do {
            try await body()
            return nil
        } catch let problem as SampleMissing {
            return problem.words
        } catch {
            guard let words = SamplerProblem.words(for: error) else { throw error }
            return words
        }
    }

    // MARK: Always

    private func sampleOverview(_ connection: PostgresConnection) async throws {
        let overview = try await OverviewProbe(connection).take(
            lag: lagRows, services: services, vendors: vendors)
        let now = ContinuousClock.now
        ledger.set(overview: overview, at: .now)
        if observer == nil, let state = Self.kafka(asSeenBy: overview.engines) {
            ledger.set(\.kafka, state)
        }
        if let last = lastOverview {
            let seconds = (now - last.at) / .seconds(1)
            let received = max(0, overview.receivedTotal - last.received)
            let elapsed = Int(seconds.rounded())
            ledger.append(
                Double(received) / max(seconds, 0.001), to: \.receivedPerSecond, seconds: elapsed)
            ledger.append(
                Double(overview.lagMessages ?? 0), to: \.lagMessages, seconds: elapsed)
        }
        lastOverview = (overview.receivedTotal, now)
    }

    private static func kafka(asSeenBy engines: [EngineRow]) -> ServerState? {
        let states = engines.compactMap(\.kafka)
        return states.first { if case .ready = $0 { true } else { false } } ?? states.first
    }

    private func sampleLag(_ connection: PostgresConnection) async throws {
        let positions = try await lagProbe.positions(connection, broker: broker)
        lagRows = lagHistory.assess(positions, now: .now)
        guard interest.list?.noun != .lag else { return }
        ledger.set(lag: Page(rows: lagRows, matching: lagRows.count), at: .now)
    }

    private func sampleTail(_ connection: PostgresConnection) async throws {
        let list = interest.list
        let text = list?.noun == .events ? list?.filter ?? "" : ""
        var tail = eventTail
        if tail?.filter.text != text {
            tail = EventTail(filter: try Filter(text), backlog: 100, following: tail)
        }
        let batch = try await tail?.poll(connection)
        eventTail = tail
        tailHasNews = batch.map { !$0.isEmpty } ?? false
        if let batch, tailHasNews { self.tail(batch) }
    }

    // MARK: Lists

    private func sample(_ list: ListInterest, _ connection: PostgresConnection) async throws {
        let now = Timestamp.now
        switch list.noun {
        case .lag:
            let filter = try Filter<LagRow>(list.filter)
            ledger.set(lag: Page(lagRows, filter, limit: list.limit, now: now), at: now)
            ledger.set(\.listTakenFor, list)
        case .events: store(try await events(list, connection), \.events, list)
        case .runs:
            let filter = try Filter<RunRow>(list.filter)
            let page = try await RunProbe(connection).list(filter, limit: list.limit)
            store(page, \.runs, list)
        case .drift: store(try await drift(list, connection), \.drift, list)
        case .driftGroups:
            let page = try await DriftProbe(connection).groups(
                by: list.grouping ?? .country, Filter(list.filter), limit: list.limit)
            store(page, \.driftGroups, list)
        case .review:
            let filter = try Filter<ReviewRow>(list.filter)
            let page = try await ReviewProbe(connection).list(filter, limit: list.limit)
            store(page, \.review, list)
        case .dlq:
            let filter = try Filter<LetterRow>(list.filter)
            let page = try await LetterProbe(connection).list(filter, limit: list.limit)
            store(page, \.letters, list)
        case .clusters:
            let filter = try Filter<LetterCluster>(list.filter)
            let page = try await ClusterProbe(connection).list(filter, limit: list.limit)
            store(page, \.clusters, list)
        case .breakers:
            let filter = try Filter<BreakerRow>(list.filter)
            let page = try await BreakerProbe(connection).list(filter, limit: list.limit)
            store(page, \.breakers, list)
        case .jobs: store(try await jobs(list, connection), \.jobs, list)
        case .alerts:
            let filter = try Filter<AlertRow>(list.filter)
            let page = try await AlertProbe(connection).list(filter, limit: list.limit)
            store(page, \.alerts, list)
        case .alertGroups:
            let filter = try Filter<AlertRow>(list.filter)
            let page = try await AlertProbe(connection).groups(filter, limit: list.limit)
            store(page, \.alertGroups, list)
        case .engines:
            let filter = try Filter<EngineRow>(list.filter)
            let page = try await EngineProbe(connection).list(filter, limit: list.limit)
            store(page, \.engines, list)
        case .agents:
            let filter = try Filter<AgentRow>(list.filter)
            let page = try await AgentProbe(connection).list(filter, limit: list.limit)
            store(page, \.agents, list)
        case .mappings:
            let filter = try Filter<MappingRow>(list.filter)
            let page = try await MappingProbe(connection).list(filter, limit: list.limit)
            store(page, \.mappings, list)
        case .schedule:
            let filter = try Filter<ScheduleRow>(list.filter)
            let page = try await ScheduleProbe(connection).list(filter, limit: list.limit)
            store(page, \.schedule, list)
        case .audit:
            let filter = try Filter<AuditRow>(list.filter)
            let page = try await AuditProbe(connection).list(filter, limit: list.limit)
            ledger.set(\.auditSeals, try await AuditProbe(connection).sealState(), at: now)
            store(page, \.audit, list)
        case .logs: break  // from memory, by `askNeighbours`
        case .runbooks: ledger.set(\.listTakenFor, list)
        }
    }

    private func store<Row: Equatable & Sendable>(
        _ page: Page<Row>, _ path: WritableKeyPath<ConsoleReadings, Reading<Page<Row>>?>,
        _ list: ListInterest
    ) {
        ledger.set(path, page, at: .now)
        ledger.set(\.listTakenFor, list)
    }

    private func events(
        _ list: ListInterest, _ connection: PostgresConnection
    ) async throws -> Page<EventRow> {
        let filter = try Filter<EventRow>(list.filter)
        let probe = EventProbe(connection)
        return try await searching(list) {
            try await probe.list(filter, limit: list.limit)
        } newest: {
            try await probe.newest(filter, limit: list.limit)
        }
    }

    private func drift(
        _ list: ListInterest, _ connection: PostgresConnection
    ) async throws -> Page<DriftRow> {
        let filter = try Filter<DriftRow>(list.filter)
        let probe = DriftProbe(connection)
        return try await searching(list) {
            try await probe.list(filter, limit: list.limit)
        } newest: {
            try await probe.newest(filter, limit: list.limit)
        }
    }

    private func jobs(
        _ list: ListInterest, _ connection: PostgresConnection
    ) async throws -> Page<JobRow> {
        let filter = try Filter<JobRow>(list.filter)
        let probe = JobProbe(connection)
        return try await searching(list) {
            try await probe.list(filter, limit: list.limit)
        } newest: {
            try await probe.newest(filter, limit: list.limit)
        }
    }

    /// A search that took too long once is confined to the newest rows from then on.
    private func searching<Row>(
        _ list: ListInterest, all: () async throws -> Page<Row>,
        newest: () async throws -> Page<Row>
    ) async throws -> Page<Row> {
        if slowSearch == list { return try await newest() }
        let began = ContinuousClock.now
        let page = try await all()
        if !list.filter.isEmpty, ContinuousClock.now - began >= configuration.statementTimeout {
            slowSearch = list
        }
        return page
    }
}

/// What was asked for does not exist.
struct SampleMissing: Error {
    var words: String
}
