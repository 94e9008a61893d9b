import Demo
import Foundation
import Postgres
import SyncEngine
import Synchronization
import TestSupport
import Testing

/// A demo's traffic, for engines that are processes of their own and are treated badly.
enum EngineLoad {
    /// Traffic runs while `body` does; afterwards an engine that nobody kills finishes it, and every
    /// event and every service is compared with an independent model.
    static func with(
        seed: UInt64,
        _ body: (DemoSession, PostgresConnection, URL) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "syncconsole-kill-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let session = try await DemoSession.start(DemoOptions(seed: seed, rate: 120))
        let database = PostgresSettings(url: session.endpoints.databaseURL)
        _ = try await Migrator(settings: database).migrate(dryRun: false)
        try await session.install()
        let connection = try await PostgresConnection.connect(database)
        let isOver = Mutex(false)
        let traffic = try await session.traffic(remembers: true)
        do {
            async let producing: Void = {
                var end = Duration.zero
                while !isOver.withLock({ $0 }) {
                    end += .milliseconds(500)
                    try await traffic.run(for: end)
                }
            }()
            do {
                try await body(session, connection, folder)
            } catch {
                isOver.withLock { $0 = true }
                throw error
            }
            isOver.withLock { $0 = true }
            try await producing
            let last = try EngineProcess(session.endpoints, folder: folder)
            #expect(try await session.drain())
            let report = try await session.count(await traffic.delivered)
            // What an engine had published when it died goes out twice: its consumers know it by its
            // id.
            let twice: Set = ["letters published", "services told to others"]
            #expect(
                report.differences.filter { difference in
                    guard twice.contains(difference.subject),
                        let expected = difference.expected.flatMap(Int.init),
                        let actual = difference.actual.flatMap(Int.init)
                    else { return true }
                    return actual < expected
                }.map { "\($0)" } == [])
            #expect(try await ToldServices.behind(session.endpoints.brokers, connection) == [])
            #expect(report.received == report.produced)
            #expect(report.deadLettered > 0 && report.held > 0 && report.duplicates > 0)
            last.send(SIGTERM)
            #expect(await last.ends())
        } catch {
            await connection.close()
            await session.close()
            throw error
        }
        await connection.close()
        await session.close()
    }

    static func received(_ connection: PostgresConnection) async throws -> Int64 {
        try await connection.query(
            "SELECT coalesce(sum(received_total), 0)::bigint FROM consumer_offsets"
        ).only().int(0)
    }
}
