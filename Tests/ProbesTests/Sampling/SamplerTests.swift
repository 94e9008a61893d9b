import Postgres
import PrivateServers
import Synchronization
import TestSupport
import Testing

@testable import Probes

/// Keeps what a sampler publishes.
final class Published: Sendable {
    private let kept = Mutex<(newest: ConsoleReadings?, count: Int, tail: [EventRow])>((nil, 0, []))

    var newest: ConsoleReadings? { kept.withLock { $0.newest } }
    var count: Int { kept.withLock { $0.count } }
    var tailed: [Int64] { kept.withLock { $0.tail.map(\.id) } }

    func publish(_ readings: ConsoleReadings) {
        kept.withLock {
            $0.newest = readings
            $0.count += 1
        }
    }

    func tail(_ batch: TailBatch) {
        kept.withLock { $0.tail += batch.rows }
    }
}

@Suite("Sampler")
struct SamplerTests {
    private func withSampler(
        _ url: String, refresh: Duration = .seconds(3_600),
        _ body: (Sampler, InterestBox, Published) async throws -> Void
    ) async throws {
        let published = Published()
        let box = InterestBox()
        let sampler = Sampler(
            Sampler.Configuration(
                database: PostgresSettings(url: url),
                lag: LagSettings(ownGroup: "catalog", ownTopics: ["service-catalog"]),
                patience: .seconds(3), refresh: refresh),
            observer: nil, interest: box, publish: { published.publish($0) },
            tail: { published.tail($0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await sampler.run() }
            try await body(sampler, box, published)
            group.cancelAll()
        }
    }

    private func withCatalog(
        _ body: (String, CatalogRows) async throws -> Void
    ) async throws {
        try await PostgresFixture.withDatabase { url in
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await CatalogSchema.apply(connection)
            try await body(url, CatalogRows(connection: connection))
            await connection.close()
        }
    }

    @Test("samples the overview and the lag by itself")
    func overview() async throws {
        try await withCatalog { url, rows in
            let engine = try await rows.engine()
            try await rows.offset(next: 40, end: 100, low: 0, received: 40, engineID: engine)
            try await rows.letter()
            try await rows.review(code: "A", impact: 7)
            try await rows.service(code: "A")
            try await withSampler(url) { _, _, published in
                #expect(await eventually { published.newest?.overview?.value.lagMessages == 60 })
                let readings = try #require(published.newest)
                let overview = try #require(readings.overview?.value)
                #expect(overview.deadLettersOpen == 1)
                #expect(overview.deadLetterClusters.map(\.letters) == [1])
                #expect(overview.reviewOpen == 1)
                #expect(overview.reviewImpactActiveOrders == 7)
                #expect(overview.services == .init(active: 1, deprecated: 0))
                #expect(overview.engines.map(\.partitions) == [["t/9", "t/10"]])
                #expect(overview.receivedTotal == 40)
                #expect(readings.lag?.value.rows.map(\.lagMessages) == [60])
                guard case .ready = readings.database else {
                    Issue.record("\(readings.database)")
                    return
                }
                guard case .ready = readings.kafka else {
                    Issue.record("\(readings.kafka)")
                    return
                }
            }
        }
    }

    @Test("takes the list and the detail in view, and says what is wrong with a filter")
    func lists() async throws {
        try await withCatalog { url, rows in
            let letter = try await rows.letter(payload: [0xFF, 0x41])
            try await withSampler(url) { _, box, published in
                for noun in Noun.allCases where noun != .runbooks && noun != .logs {
                    box.set(Interest(list: ListInterest(noun: noun, filter: "")))
                    #expect(
                        await eventually { published.newest?.listTakenFor?.noun == noun },
                        "\(noun)")
                }
                box.set(Interest(list: ListInterest(noun: .dlq, filter: "reason:x")))
                #expect(await eventually { published.newest?.letters?.value.matching == 0 })
                box.set(Interest(list: ListInterest(noun: .dlq, filter: "reson:x")))
                #expect(
                    await eventually {
                        published.newest?.problem?.contains("did you mean reason?") == true
                    })
                box.set(Interest(detail: .letter(letter)))
                #expect(
                    await eventually {
                        published.newest?.letterDetail?.value.payload == "\\xFFA"
                            && published.newest?.problem == nil
                    })
                box.set(Interest(detail: .letter(999)))
                #expect(
                    await eventually {
                        published.newest?.problem == "there is no dead letter 999"
                            && published.newest?.letterDetail == nil
                    })
            }
        }
    }

    @Test("reads a detail again when it has changed")
    func detail() async throws {
        try await withCatalog { url, rows in
            let service = try await rows.service(code: "A", rowVersion: 3)
            let item = try await rows.review(code: "A", serviceID: service, rowVersion: 3)
            try await withSampler(url) { _, box, published in
                box.set(Interest(detail: .review(item)))
                #expect(
                    await eventually {
                        published.newest?.reviewDetail?.value.hasServiceMoved == false
                    })
                try await rows.execute("UPDATE service_catalog SET row_version = 4")
                #expect(
                    await eventually {
                        published.newest?.reviewDetail?.value.hasServiceMoved == true
                    })
            }
        }
    }

    @Test("publishes nothing while nothing changes")
    func idle() async throws {
        try await withCatalog { url, rows in
            let engine = try await rows.engine()
            try await rows.event()
            try await withSampler(url) { sampler, box, published in
                box.set(Interest(list: ListInterest(noun: .events, filter: ""), tailsEvents: true))
                #expect(
                    await eventually {
                        published.newest?.lagMessages.isEmpty == false
                            && published.newest?.listTakenFor != nil
                    })
                let count = published.count
                let rounds = await sampler.rounds
                #expect(
                    try await eventually {
                        try await rows.execute("UPDATE engines SET heartbeat_at = now()")
                        return await sampler.rounds > rounds + 12
                    })
                #expect(published.count == count, "engine \(engine)")
                try await rows.event()
                #expect(await eventually { published.newest?.events?.value.rows.count == 2 })
                #expect(await eventually { published.tailed == [1, 2] })
            }
        }
    }

    @Test("publishes unchanged readings now and then for their times")
    func refresh() async throws {
        try await withCatalog { url, _ in
            try await withSampler(url, refresh: .seconds(1)) { _, _, published in
                #expect(await eventually { published.newest?.overview != nil })
                let first = try #require(published.newest?.overview?.takenAt)
                // By then the graphs have begun, and nothing changes any more.
                #expect(
                    await eventually {
                        published.newest?.overview.map {
                            $0.takenAt.since(first) > .seconds(4)
                        } ?? false
                    })
            }
        }
    }

    @Test("keeps the last readings while the database is gone, and recovers by itself")
    func outage() async throws {
        try await PostgresFixture.withCluster { cluster in
            let url = cluster.connectionURL
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await CatalogSchema.apply(connection)
            try await CatalogRows(connection: connection).event()
            await connection.close()
            try await withSampler(url) { _, box, published in
                box.set(Interest(list: ListInterest(noun: .events, filter: "")))
                #expect(await eventually { published.newest?.events?.value.rows.count == 1 })
                let before = try #require(published.newest?.events?.takenAt)
                await cluster.shutDown()
                #expect(await eventually { published.newest?.database.isUnreachable == true })
                let readings = try #require(published.newest)
                #expect(readings.events?.value.rows.count == 1)
                #expect(try #require(readings.events?.takenAt) >= before)
                guard case .unreachable(let since, let error) = readings.database else { return }
                try await cluster.launch()
                #expect(await eventually { published.newest?.database.isUnreachable == false })
                #expect(!error.isEmpty)
                #expect(since >= before)
            }
        }
    }

    @Test("says of a database that is frozen since when it is silent")
    func frozen() async throws {
        try await PostgresFixture.withCluster { cluster in
            let url = cluster.connectionURL
            let connection = try await PostgresConnection.connect(PostgresSettings(url: url))
            try await CatalogSchema.apply(connection)
            await connection.close()
            try await withSampler(url) { _, _, published in
                #expect(await eventually { published.newest?.overview != nil })
                await cluster.freeze()
                #expect(
                    await eventually {
                        guard case .unreachable(_, let error) = published.newest?.database else {
                            return false
                        }
                        return error == "no answer from the database"
                    })
                await cluster.thaw()
                #expect(await eventually { published.newest?.database.isUnreachable == false })
            }
        }
    }

    @Test("says that a database without our schema needs a migration")
    func noSchema() async throws {
        try await PostgresFixture.withDatabase { url in
            try await withSampler(url) { _, box, published in
                box.set(Interest(list: ListInterest(noun: .dlq, filter: "")))
                #expect(
                    await eventually {
                        published.newest?.problem?.contains("run `syncconsole migrate`") == true
                    })
            }
        }
    }
}

extension ServerState {
    var isUnreachable: Bool { if case .unreachable = self { true } else { false } }
}
