import Demo
import Probes
import SyncEngine
import Testing

@testable import SyncConsole

/// The real engine, the real fault, and what the overview makes of it.
@Suite("Incidents", .serialized)
struct IncidentTests {
    /// What must stand in the sentence that names the cause.
    private static func cause(_ incident: Incident) -> String {
        switch incident {
        case .consumerDead: "No engine is running since"
        case .poisonEvent: "out of range"
        case .highDrift: "of ES's services had drifted in run"
        case .halfFile: "of ES waits for a decision"
        case .outgoingCallFailing: "Breaker kafka:dlq open since"
        case .letterFlood: "paused by the engine since"
        case .databaseSlow: "(nightly report), in a transaction since"
        case .brokerGone: "Kafka unreachable since"
        }
    }

    @Test(
        "are named on the overview, and are over once they are taken back",
        .timeLimit(.minutes(5)), arguments: Incident.allCases)
    func named(incident: Incident) async throws {
        let configuration = Configuration(entries: ConfigurationEntries(), path: nil)
        let engine = EmbeddedEngine(configuration: configuration, log: .silent)
        let report = try await Demo.headless(
            incident, DemoOptions(rate: 60), engine: engine,
            witness: { endpoints in
                OverviewWitness(
                    configuration: EmbeddedEngine.configuration(configuration, at: endpoints))
            })
        #expect(report.named.isNamed, "\(report.named)")
        #expect(
            report.named.words?.contains(Self.cause(incident)) == true, "\(report.named)")
        #expect(report.named.next != nil)
        #expect(RunbookLibrary.runbook(incident.runbook) != nil)
        #expect((report.over == nil) == !incident.healsByItself)
        #expect(report.over?.isNamed != true, "\(String(describing: report.over))")
    }
}
