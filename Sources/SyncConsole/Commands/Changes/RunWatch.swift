import Postgres
import Probes

/// Looks at one run until it rests.
struct RunWatch {
    private static let pause: Duration = .milliseconds(300)
    /// Engines may be away for so long: one that is being restarted takes the run up again.
    private static let patience: Duration = .seconds(30)

    private let settings: PostgresSettings
    private let session: PostgresSession
    private let id: Int64

    init(_ configuration: Configuration, id: Int64) throws(CommandError) {
        settings = try configuration.postgresSettings
        session = ReadOnlySession.make(settings, statementTimeout: .seconds(10))
        self.id = id
    }

    /// The run, and whether an engine is alive that can carry it out.
    func look() async throws -> (row: RunRow, hasEngine: Bool) {
        let id = id
        let found = try await DatabaseAccess.translate(settings) {
            try await session.withConnection(patience: .seconds(20)) { connection in
                let rows = try await RunProbe(connection).rows([id])
                let engines = try await EngineProbe(connection).list().rows
                return (rows.first, engines.contains { $0.state == .running })
            }
        }
        guard let row = found.0 else {
            throw CommandError(.failed, "run \(id) is not there any more")
        }
        return (row, found.1)
    }

    /// The run once it has ended or asks for a decision.
    ///
    /// - Throws: `CommandError`, failed, where no engine is there to carry it out.
    func untilItRests() async throws -> RunRow {
        var sawEngine = ContinuousClock.now
        var isFirst = true
        while true {
            let (row, hasEngine) = try await look()
            guard row.state == .waiting || row.state == .running else { return row }
            if hasEngine { sawEngine = .now }
            if !hasEngine, isFirst || ContinuousClock.now - sawEngine > Self.patience {
                throw CommandError(
                    .failed,
                    "no engine is alive: run \(id) waits until one is; 'syncconsole engine' starts"
                        + " one")
            }
            isFirst = false
            try await Task.sleep(for: Self.pause)
        }
    }
}
