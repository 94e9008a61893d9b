import Testing

@testable import Probes

@Suite("Personal fields")
struct PersonalFieldsTests {
    private static let fields = PersonalFields(paths: [
        "data.contact.email", "data.visits.by.*.phone", "headers.X-User", "catalog.name_i18n.es",
        "audit.message",
    ])

    @Test(
        "masks what stands at a path, through arrays and under any key",
        arguments: [
            (
                #"{"data":{"contact":{"email":"a@b","id":1}}}"#,
                #"{"data":{"contact":{"email":"•••","id":1}}}"#
            ),
            (
                #"{"data":{"contact":[{"email":"a"},{"email":2},{"email":null}]}}"#,
                #"{"data":{"contact":[{"email":"•••"},{"email":"•••"},{"email":null}]}}"#
            ),
            (
                #"{"data":{"contact":{"email":{"work":"a","home":["b"]}}}}"#,
                #"{"data":{"contact":{"email":{"work":"•••","home":["•••"]}}}}"#
            ),
            (
                #"{"data":{"visits":[{"by":{"ana":{"phone":"1"},"bob":{"phone":"2"}}}]}}"#,
                #"{"data":{"visits":[{"by":{"ana":{"phone":"•••"},"bob":{"phone":"•••"}}}]}}"#
            ),
            (#"{ "data": { "contact": 5 } }"#, #"{ "data": { "contact": 5 } }"#),
            (#"{"contact":{"email":"a"}}"#, #"{"contact":{"email":"a"}}"#),
            ("", ""),
        ])
    func payloads(text: String, masked: String) {
        #expect(Self.fields.masking(text, in: .payload) == masked)
    }

    @Test("masks the whole of what is no JSON, since nobody can tell what stands in it")
    func notJSON() {
        #expect(Self.fields.masking("{ a@b", in: .payload) == "••• (not JSON)")
        #expect(PersonalFields.none.masking("{ a@b", in: .payload) == "{ a@b")
        #expect(PersonalFields(paths: ["headers.a"]).masking("{", in: .payload) == "{")
    }

    @Test("masks headers by name, whatever their case")
    func headers() {
        let headers = [Header(name: "x-user", value: "ana"), Header(name: "y", value: "1")]
        #expect(Self.fields.masking(headers).map(\.value) == ["•••", "1"])
    }

    @Test("masks the same values in a review item's contents and in its differences")
    func review() {
        let detail = ReviewDetail(
            row: ReviewRow(
                id: 1, serviceCode: "A", countryCode: nil, state: .open, reasons: [],
                impactActiveOrders: 0, origin: "event", sourceSystem: nil,
                createdAt: Timestamp(microseconds: 0), decidedBy: nil, decidedAt: nil,
                decisionReason: nil, serviceRowVersion: 1),
            changes: [
                FieldChange(
                    field: "name_i18n", before: #"{"es":"Ana","en":"x"}"#, after: #"{"es":"Bea"}"#,
                    reasons: []),
                FieldChange(field: "country", before: #""ES""#, after: "null", reasons: []),
            ], currentJSON: #"{"name_i18n":{"es":"Ana"}}"#, proposedJSON: "{}", activeOrdersNow: 0,
            serviceName: nil, fsmServiceCode: nil, eventID: nil, logID: nil,
            hasServiceMoved: false, earlier: [])
        let masked = detail.masked(Self.fields)
        #expect(masked.changes[0].before == #"{"es":"•••","en":"x"}"#)
        #expect(masked.changes[0].after == #"{"es":"•••"}"#)
        #expect(masked.changes[1] == detail.changes[1])
        #expect(masked.currentJSON == #"{"name_i18n":{"es":"•••"}}"#)
        #expect(detail.masked(.none) == detail)
    }

    @Test("masks drift, blame and rows of files by the service's fields")
    func catalog() {
        let drift = DriftRow(
            id: 1, runID: 1, source: "ES", countryCode: nil, serviceCode: "A", field: "name_i18n",
            before: #"{"es":"Ana"}"#, after: nil, outcome: .corrected, line: nil, reviewID: nil,
            createdAt: Timestamp(microseconds: 0), isDryRun: false, trigger: nil)
        #expect(drift.masked(Self.fields).before == #"{"es":"•••"}"#)
        #expect(drift.masked(PersonalFields(paths: ["catalog.country"])) == drift)
        let blame = BlameReading(
            serviceCode: "A", serviceID: 1, fsmServiceCode: "F", status: "active", rowVersion: 1,
            fields: [
                .init(
                    field: "name_i18n", valueJSON: #"{"es":"Ana","en":"x"}"#, origin: "event",
                    logID: nil, eventID: nil, operatorName: nil, reviewID: nil, letterID: nil,
                    at: nil)
            ])
        #expect(blame.masked(Self.fields).fields[0].valueJSON == #"{"es":"•••","en":"x"}"#)
        let row = RunDetail.BadRow(
            line: 2, serviceCode: "A", reason: "invalid", message: "Ana is no date", raw: "A;Ana")
        let masked = row.masked(Self.fields)
        #expect(masked.message == "•••" && masked.raw == "•••" && masked.reason == "invalid")
        #expect(row.masked(PersonalFields(paths: ["data.x"])) == row)
    }

    @Test(
        "knows which places of a payload nobody may quote",
        arguments: [
            ("data.contact.email", true), ("data.contact", true), ("data.contact.phone", false),
            ("data.contact.email[2]", true), ("data.visits[0].by.ana.phone", true),
            ("data.name", false), ("data", true),
        ])
    func places(place: String, isCovered: Bool) {
        #expect(Self.fields.covers(payloadPlace: place) == isCovered)
    }

    @Test("replaces texts wherever they stand, and numbers that are one of them")
    func texts() {
        var count = 0
        let tree = PersonalFields.tree(#"{"a":["call 600123456",600123456,6001234567,true]}"#)
        let left = tree?.replacing(["600123456", "true"], by: "x", &count)
        #expect(left.map { JSONWriter.text($0) } == #"{"a":["x","x",6001234567,true]}"#)
        #expect(count == 2)
    }
}
