import Demo
import Probes
import SyncEngine
import Views

/// Looks at a demo as its console would, until the overview names an incident's cause.
struct OverviewWitness: IncidentWitness {
    /// With the demo's servers.
    let configuration: Configuration
    /// In a row: a problem that flickers is not over.
    private static let calmReadings = 4

    func see(
        _ incident: Incident, named: Bool, within patience: Duration
    ) async -> IncidentSighting {
        let began = ContinuousClock.now
        var sighting = IncidentSighting(isNamed: !named)
        guard let database = try? configuration.postgresSettings else { return sighting }
        let (published, publish) = AsyncStream.makeStream(
            of: ConsoleReadings.self, bufferingPolicy: .bufferingNewest(1))
        let observer = KafkaObservation.start(configuration, log: .silent)
        let sampler = Sampler(
            .init(
                database: database, lag: configuration.lagSettings, refresh: .seconds(1)),
            observer: observer, interest: InterestBox(), publish: { publish.yield($0) },
            tail: { _ in })
        let sampling = Task { await sampler.run() }
        let deadline = Task {
            try await Task.sleep(for: patience)
            publish.finish()
        }
        var calm = 0
        for await readings in published where readings.overview != nil {
            let problems = OverviewProblem.all(in: readings, now: .now, zone: .local)
            let cause = problems.first { $0.runbook == incident.runbook }
            calm = cause == nil ? calm + 1 : 0
            guard named ? cause != nil : calm >= Self.calmReadings else { continue }
            sighting = IncidentSighting(
                isNamed: named, words: cause?.words, next: cause?.next,
                problems: problems.map(\.words))
            break
        }
        sighting.seconds = (ContinuousClock.now - began) / .seconds(1)
        deadline.cancel()
        sampling.cancel()
        await sampling.value
        await observer?.close(deadline: .seconds(1))
        return sighting
    }
}
