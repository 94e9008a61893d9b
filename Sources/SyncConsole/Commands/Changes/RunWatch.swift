import Postgres
import Probes

/// Looks at one run, and for engines.
struct RunWatch {
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
                return (rows.first, engines.contains(where: \.isAtService))
            }
        }
        guard let row = found.0 else {
            throw CommandError(.failed, "run \(id) is not there any more")
        }
        return (row, found.1)
    }
}
