import Probes
import Testing

@testable import SyncEngine

@Suite("What the engine says of personal values", .timeLimit(.minutes(5)))
struct PersonalMaskingTests {
    private static let event =
        #"{"eventId":"e1","eventType":"service.updated","data":{"externalServiceCode":"S","#
        + #""estimatedDuration":-20017}}"#

    private static func fault(_ paths: [String], in event: String = event) -> String? {
        let decoder = EventDecoder(personalFields: PersonalFields(paths: paths))
        let result = decoder.decode(
            CatalogMessage(
                value: Array(event.utf8), topic: "t", partition: 0, offset: 1, timestamp: nil),
            now: Timestamp(microseconds: 1_800_000_000_000_000))
        guard case .failure(let fault) = result else { return nil }
        return fault.message
    }

    @Test("an error about a personal field does not quote its value; others do")
    func faults() {
        #expect(Self.fault([])?.contains("-20017") == true)
        #expect(Self.fault(["data.contact"])?.contains("-20017") == true)
        for path in ["data.estimatedDuration", "data.*", "data"] {
            #expect(
                Self.fault([path])
                    == "data.estimatedDuration is not what was expected; its value is personal")
        }
    }

    @Test("an error that quotes nothing says its cause, also of a personal field")
    func causes() {
        let (start, code) = (
            #"{"eventId":"e1","eventType":"service.updated""#, "externalServiceCode"
        )
        for paths in [[], ["data"], ["data.*"], ["data.\(code)", "data.name"]] {
            #expect(Self.fault(paths, in: start + "}") == "data is missing")
            #expect(
                Self.fault(paths, in: start + #","data":7}"#)
                    == "data is a number, an object was expected")
            #expect(Self.fault(paths, in: start + #","data":{}}"#) == "data.\(code) is missing")
            #expect(
                Self.fault(paths, in: start + #","data":{"\#(code)":"S","name":["Ana"]}}"#)
                    == "data.name is a list, an object of languages was expected")
        }
    }

    @Test("a replay tells what would change, but not what is personal in it")
    func replays() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply([
                Events.event(
                    "e1", "created", "A", at: "2025-01-01T00:00:00Z",
                    #""name":{"en":"Ana Ruiz"},"countryCode":"ES","type":"installation","#
                        + #""category":"hvac","complexity":"LOW""#)
            ])
            try await fixture.run(
                "UPDATE service_catalog SET name_i18n = '{\"en\": \"Eve\"}', "
                    + "estimated_complexity = 'HIGH'")
            var context = fixture.context
            context.personalFields = PersonalFields(paths: ["catalog.name_i18n"])
            let operations = Operations(
                settings: fixture.database,
                operator: Operator(name: "eve", actingFor: nil, role: .admin, evidence: [:]),
                context: context)
            let report = try await operations.replay(
                [Int64(try await fixture.count("SELECT id FROM service_catalog_event_log"))],
                ReplayOrder(isDryRun: true, overridesStale: true, reason: "why"))
            await operations.close()
            let line = try #require(report.lines.first)
            let changes = Dictionary(
                line.changes.map { ($0.field, "\($0.before) to \($0.after)") }
            ) { first, _ in first }
            #expect(changes["name_i18n"] == #"{"en":"•••"} to {"en":"•••"}"#)
            #expect(changes["estimated_complexity"] == #""HIGH" to "LOW""#)
            #expect(!line.message.contains("Ana") && !line.message.contains("Eve"))
        }
    }
}
