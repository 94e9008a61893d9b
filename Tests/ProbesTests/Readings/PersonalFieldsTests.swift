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
}
