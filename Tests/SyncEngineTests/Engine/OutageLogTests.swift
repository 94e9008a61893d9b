import Hashing
import Kafka
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("The log's lines of an outage")
struct OutageLogTests {
    private let start = ContinuousClock.now
    private let lines = Lines()

    private static let refused = PostgresError(.connection, "connection refused")
    private static let shutdown = PostgresError(
        .server, "terminating connection due to administrator command", sqlstate: "57P01")
    private static let starting = PostgresError(
        .server, "the database system is starting up", sqlstate: "57P03")
    private static let locked = PostgresError(
        .server, "canceling statement due to lock timeout", sqlstate: "55P03")
    private static let forbidden = PostgresError(
        .server, "permission denied for table leases", sqlstate: "42501")

    @Test("are two, whatever the server says while it goes, is away and comes")
    func once() {
        var outage = OutageLog(lines.log, part: "leader", effect: "the lease is not renewed")
        outage.answered(at: start)
        outage.failed(Self.shutdown, at: start)
        for second in 1...16 { outage.failed(Self.refused, at: start + .seconds(second)) }
        outage.failed(Self.starting, at: start + .seconds(33))
        outage.answered(at: start + .seconds(34))
        outage.answered(at: start + .seconds(35))
        #expect(
            lines.all == [
                "leader: the lease is not renewed: terminating connection due to administrator"
                    + " command (SQLSTATE 57P01); trying again",
                "leader: works again after 34 s; 18 tries had failed",
            ])
    }

    @Test("are two more for the next outage")
    func again() {
        var outage = OutageLog(lines.log, part: "apply")
        for _ in 0..<2 {
            outage.failed(Self.refused, subject: "catalog/3", at: start)
            outage.answered(at: start + .seconds(1))
        }
        let both = [
            "apply: catalog/3: connection refused; trying again",
            "apply: works again after 1 s; 1 try had failed",
        ]
        #expect(lines.all == both + both)
    }

    @Test("tell another cause: somebody's locks, a missing grant, Kafka")
    func causes() {
        var outage = OutageLog(lines.log, part: "apply")
        let kafka = KafkaError(.timedOut, operation: "read the watermarks", text: "no answer")
        for error in [Self.locked, Self.refused, Self.forbidden, kafka] as [any Error] {
            outage.failed(error, at: start)
            outage.failed(error, at: start)
        }
        #expect(lines.all.count == 4)
        #expect(lines.all[2].contains("permission denied"))
        #expect(lines.all[3].contains("cannot read the watermarks"))
        outage.answered(at: start)
        #expect(lines.all.last == "apply: works again after 0 s; 8 tries had failed")
    }

    @Test("are written by a worker that tries again and again", .timeLimit(.minutes(5)))
    func worker() async throws {
        try await PostgresFixture.withDatabase { url in
            let settings = PostgresSettings(url: url)
            let tries = Mutex(0)
            let session = PostgresSession(settings)
            let worker = RetryWorker(
                context: ApplyContext(
                    retry: RetryPolicy(), canonicalForm: CanonicalForm(hash: { SHA256.hash($0) }),
                    now: { .now },
                    random: {
                        tries.withLock { $0 += 1 }
                        return 0
                    }),
                session: session, log: lines.log, wakeOutbox: {})
            let running = Task { await worker.run() }
            // Without the schema nothing can be claimed.
            #expect(await eventually { tries.withLock { $0 } >= 3 })
            _ = try await Migrator(settings: settings).migrate(dryRun: false)
            #expect(await eventually { lines.all.count == 2 })
            await worker.stop()
            await running.value
            await session.close()
        }
        #expect(lines.all.first?.hasPrefix("retry: ") == true)
        #expect(lines.all.last?.hasPrefix("retry: works again after ") == true)
    }
}
