import ArgumentParser
import Kafka
import Postgres
import Probes
import SyncEngine

/// `status`: everything in one look.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Engines, servers, lag, and what waits for a decision.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let observer = KafkaObservation.start(configuration, log: .silent)
        let status: Status
        do {
            status = try await DatabaseAccess.look(configuration) { connection in
                try await Status.take(connection, configuration, observer)
            }
            await observer?.close(deadline: .seconds(1))
        } catch {
            await observer?.close(deadline: .seconds(1))
            throw error
        }
        if json {
            try JSONOutput.write(
                status.overview.statusJSON(
                    kafka: status.kafka, database: status.database, schema: status.schema))
        } else {
            try StandardOutput.write(StatusText.write(status, width: OutputTerminal.columns()))
        }
    }
}

/// What one look at everything found.
struct Status: Sendable {
    var overview: OverviewReading
    var kafka: ServerState
    var database: ServerState
    var schema: SchemaReading

    /// - Throws: `CommandError` where the schema is why it cannot be looked at.
    static func take(
        _ connection: PostgresConnection, _ configuration: Configuration,
        _ observer: KafkaObserver?
    ) async throws -> Status {
        let schema = try await SchemaProbe(connection).take(known: Migration.newest)
        do {
            return try await take(connection, configuration, observer, schema)
        } catch let error as PostgresError where error.kind == .server && !schema.isUsable {
            throw CommandError(.failed, schema.advice)
        }
    }

    private static func take(
        _ connection: PostgresConnection, _ configuration: Configuration,
        _ observer: KafkaObserver?, _ schema: SchemaReading
    ) async throws -> Status {
        let began = Timestamp.now
        var history = LagHistory()
        let lag = try await LagProbe(settings: configuration.lagSettings, observer: observer)
            .take(connection, &history)
        let probe = OverviewProbe(connection)
        let services = try await probe.services()
        let overview = try await probe.take(
            lag: lag, services: services,
            vendors: try await VendorFlowProbe(connection).take())
        return Status(
            overview: overview, kafka: kafka(observer, overview, since: began),
            database: .ready(since: began), schema: schema)
    }

    /// As the brokers answer us; without brokers in the configuration as the engines see them.
    private static func kafka(
        _ observer: KafkaObserver?, _ overview: OverviewReading, since began: Timestamp
    ) -> ServerState {
        if let observer { return ServerState(observer.connectionState) }
        let seen = overview.engines.compactMap(\.kafka)
        return seen.first {
            if case .ready = $0 { true } else { false }
        } ?? seen.first ?? .unreachable(since: began, error: "no broker is configured")
    }
}
