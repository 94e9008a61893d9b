import ArgumentParser
import Probes
import SyncEngine

/// `doctor`: walks to both servers step by step and says at the first that fails what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Walk to both servers step by step; say what is wrong.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let walk = HealthWalk(
            database: try? configuration.postgresSettings, kafka: try? configuration.kafkaSettings,
            topic: configuration.catalog.topic, group: configuration.kafka.group,
            schemaVersion: Migration.all.map(\.version).max() ?? 0, timeout: .seconds(4))
        let steps = await walk.run()
        if json {
            try JSONOutput.write(.array(steps.map(\.json)))
        } else {
            let table = TextTable(
                [
                    .init(title: "PART"), .init(title: "STEP"), .init(title: "RESULT"),
                    .init(title: "WHAT WAS FOUND"),
                ],
                rows: steps.map { [$0.part.rawValue, $0.name, $0.result.rawValue, $0.message] })
            // Never cut: the end of a message says what to do.
            try StandardOutput.write(table.text(width: nil))
        }
        let failed = steps.filter { $0.result == .failed }
        guard !failed.isEmpty else { return }
        let isUnreachable = failed.contains { Self.isWay($0.name) }
        throw EarlyExit(
            code: (isUnreachable ? CommandError.Kind.unreachable : .failed).rawValue)
    }

    /// Steps without which the server is not reached; the others find fault with what is there.
    private static func isWay(_ step: String) -> Bool {
        ["connect", "authenticate", "coordinator"].contains(step)
    }
}
