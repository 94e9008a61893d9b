import ObjectStores
import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

extension RunFixture {
    /// Takes the oldest run for an engine that does nothing with it.
    func claimed(by engine: Int64) async throws -> RunRecord {
        let lease = Duration.seconds(15)
        let row = try await events.connection.query(
            EngineSQL.runClaim,
            [
                .int(engine), .textArray(["ES"]), .double(15), .null,
                .text(ReconciliationKind.catalogFile.rawValue),
            ]
        ).only()
        return RunRecord(run: try ClaimedRun(row: row), engineID: engine, lease: lease)
    }

    /// An engine takes the run, begins, and is never heard of again.
    func lose(_ id: Int64, engine: Int64) async throws {
        let record = try await claimed(by: engine)
        #expect(record.run.id == id)
        let source = settings.sources[0]
        try await record.begin(
            source, asOf: record.run.now, name: "services.csv", version: "1", sizeBytes: 1,
            objectTime: record.run.now, events.connection)
        try await nudge(id)
    }
}
