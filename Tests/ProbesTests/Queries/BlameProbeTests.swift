import Postgres
import SyncEngine
import Testing

@testable import Probes

@Suite("Blame")
struct BlameProbeTests {
    @Test("names for each field what last set it")
    func origins() async throws {
        var origins = FieldOrigins(
            common: FieldOrigin(
                kind: .event, at: SampleRows.ago(.seconds(60)), logID: 7, eventID: "evt_1"))
        origins.set(
            ServiceFieldSet([.scopeIncluded]),
            to: FieldOrigin(
                kind: .event, at: SampleRows.now, logID: 9, eventID: "evt_2", reviewID: 3,
                operatorName: "ana"))
        let stored = JSONWriter.text(origins.json)
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let id = try await rows.service(code: "PYX_ES_1", rowVersion: 4, origins: stored)
            let probe = BlameProbe(connection)
            let blame = try #require(try await probe.show(serviceCode: "PYX_ES_1"))
            #expect(blame.serviceID == id)
            #expect(blame.rowVersion == 4)
            #expect(blame.status == "active")
            #expect(blame.fields.map(\.field) == ServiceField.allCases.map(\.rawValue))
            let scope = blame.fields.first { $0.field == "scope_included" }
            #expect(
                JSONWriter.text(try #require(scope).json) == """
                    {"field":"scope_included","value":["a","b"],"origin":"event",\
                    "event_id":"evt_2","log_id":9,"operator":"ana","review_id":3,\
                    "letter_id":null,"at":"2026-11-21T03:10:00.000000Z"}
                    """)
            let name = blame.fields.first { $0.field == "name_i18n" }
            #expect(name?.valueJSON == #"{"en":"Boiler","es":"Caldera"}"#)
            #expect(name?.eventID == "evt_1")
            #expect(
                JSONWriter.text(blame.json).hasPrefix(
                    #"{"service_code":"PYX_ES_1","service_id":1,"#
                        + #""fsm_service_code":"FSM_PYX_ES_1","status":"active","row_version":4,"#
                        + #""fields":[{"field":"status","value":"ACTIVE","origin":"event","#))
            #expect(try await probe.show(serviceCode: "FSM_PYX_ES_1")?.serviceID == id)
            #expect(try await probe.show(serviceCode: "X") == nil)
        }
    }

    @Test("admits that it does not know where a row without a past came from")
    func unknown() async throws {
        try await CatalogSchema.withConnection { connection in
            try await CatalogRows(connection: connection).service(code: "A")
            let blame = try #require(try await BlameProbe(connection).show(serviceCode: "A"))
            #expect(blame.fields.allSatisfy { $0.origin == "unknown" && $0.at == nil })
            let since = blame.fields.first { $0.field == "effective_from" }
            #expect(since?.valueJSON == #""2025-02-01T00:00:00.000000Z""#)
        }
    }
}
