import ArgumentParser
import Probes
import SyncEngine

/// `doctor`: walks to both servers and to the sources' files step by step, and says at the first
/// step that fails what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Walk to servers and files; say what is wrong.")

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        async let servers = configuration.healthWalk.run()
        async let files = Self.sources(configuration)
        async let vendors = VendorWalk(configuration: configuration).run()
        async let http = HTTPWalk(configuration.http.listen).run()
        let settings = ScheduleWalk.steps(configuration) + AlertWalk.steps(configuration)
        let steps = await servers + files + settings + vendors + http
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
        let isUnreachable = failed.contains { Self.isWay($0) }
        throw EarlyExit(
            code: (isUnreachable ? CommandError.Kind.unreachable : .failed).rawValue)
    }

    /// Steps without which the server is not reached; the others find fault with what is there.
    private static func isWay(_ step: HealthStep) -> Bool {
        switch step.part {
        case .database, .kafka:
            [
                "resolve", "connect", "tls", "authenticate", "sasl", "metadata", "coordinator",
            ].contains(step.name)
        // A bucket's step is named like its breaker, a source's as people name it.
        case .sources: step.name.hasPrefix("gs:") || step.name.hasPrefix("s3:")
        case .schedule, .alerts, .vendors, .http: false
        }
    }

    private static func sources(_ configuration: Configuration) async -> [HealthStep] {
        guard configuration.reconciliation.areSourcesConfigured else {
            return [
                HealthStep(
                    part: .sources, name: "settings", result: .skipped,
                    message: "none are configured: set GCS_BUCKET or reconciliation.sources")
            ]
        }
        return await SourceWalk(configuration.reconciliationSettings, timeout: .seconds(4)).run()
    }
}
