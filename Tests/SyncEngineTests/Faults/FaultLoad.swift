import Postgres
import TestSupport

@testable import SyncEngine

/// Traffic whose end is known without a model: every round sets each service's duration to its
/// number.
struct FaultLoad {
    let services: Int
    private(set) var rounds = 0
    private(set) var deliveries = 0

    init(services: Int) {
        self.services = services
    }

    /// The next round of every service; the first creates them. One event of each fifth service
    /// comes twice, and each round has one message that is no event.
    mutating func next() -> [(key: String, value: String)] {
        let round = rounds
        rounds += 1
        let time = "2025-01-01T\(Self.two(round / 60)):\(Self.two(round % 60)):00Z"
        var events: [(key: String, value: String)] = []
        for number in 0..<services {
            let code = "S\(number)"
            let event =
                round == 0
                ? Events.created("c\(number)", code, at: time)
                : Events.event(
                    "u\(round)-\(number)", "updated", code, at: time,
                    #""estimatedDuration":\#(round)"#)
            events.append(event)
            if number.isMultiple(of: 5) { events.append(event) }
        }
        events.append((key: "S0", value: "no event \(round)"))
        deliveries += events.count
        return events
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// What is wrong once everything has been applied, in words.
    func faults(in fixture: EngineFixture) async throws -> [String] {
        var faults = try await fixture.texts(ApplyFixture.balance)
        let duration = rounds > 1 ? rounds - 1 : 180
        faults += try await fixture.texts(
            """
            SELECT external_service_code || ' has the duration ' || estimated_duration_minutes
                   || ' and the version ' || row_version
            FROM service_catalog
            WHERE estimated_duration_minutes <> \(duration) OR row_version <> \(rounds)
            """)
        let expected = [
            ("services", services, "SELECT count(*) FROM service_catalog"),
            (
                "duplicates", (services + 4) / 5 * rounds,
                "SELECT sum(duplicate_total)::bigint FROM consumer_offsets"
            ),
            ("letters", rounds, "SELECT count(*) FROM dead_letter_queue"),
            (
                "events that took more than one attempt", 0,
                "SELECT count(*) FROM service_catalog_event_log WHERE processing_attempts <> 1"
            ),
        ]
        for (name, number, sql) in expected {
            let found = try await fixture.count(sql)
            if found != number { faults.append("\(found) \(name), \(number) expected") }
        }
        return faults
    }
}
