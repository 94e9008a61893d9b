import Probes
import Testing

@testable import SyncEngine

@Suite("Event decoder")
struct CatalogDecoderTests {
    @Test("the seed's example becomes a typed event")
    func seedExample() throws {
        let event = try decode(seedExampleJSON).get()
        #expect(event.eventID == "evt_20250117_123456_abc123")
        #expect(event.eventType == .created)
        #expect(event.eventTimestamp == Timestamp(iso8601: "2025-01-17T10:30:00Z"))
        #expect(event.source == "PYXIS" && event.version == "2.0")
        #expect(event.externalServiceCode == "PYX_ES_HVAC_00123")
        let content = event.patch.applied(to: ServiceContent())
        #expect(content.sourceType == "installation" && content.sourceCategory == "hvac")
        #expect(content.sourceContractType == "pre_service" && content.countryCode == "ES")
        #expect(content.businessUnit == "LM_ES" && content.estimatedComplexity == "MEDIUM")
        #expect(content.nameI18n["es"] == "Instalación de Aire Acondicionado")
        #expect(content.shortDescriptionI18n == ["es": "Instalación AC", "en": "AC Installation"])
        #expect(content.scopeIncluded.count == 4 && content.scopeExcluded.count == 3)
        #expect(content.worksiteRequirements.count == 3 && content.productPrerequisites.count == 3)
        #expect(content.estimatedDurationMinutes == 180 && content.requiresTechnicalVisit)
        #expect(content.effectiveFrom == Timestamp(iso8601: "2025-02-01"))
        #expect(content.effectiveTo == nil && event.patch.present.contains(.effectiveTo))
        #expect(!event.patch.present.contains(.status))
    }

    @Test("an absent key leaves a field alone; null, an empty text or list empties it")
    func absentAndEmpty() throws {
        let event = try decode(
            envelope(#""type":null,"businessUnit":"","scopeIncluded":[],"scopeExcluded":null"#)
        ).get()
        #expect(
            event.patch.present
                == ServiceFieldSet([.sourceType, .businessUnit, .scopeIncluded, .scopeExcluded]))
        var full = ServiceContent()
        full.sourceType = "rework"
        full.businessUnit = "LM"
        full.scopeIncluded = ["a"]
        full.estimatedComplexity = "HIGH"
        let emptied = event.patch.applied(to: full)
        #expect(emptied.sourceType == nil && emptied.businessUnit == nil)
        #expect(emptied.scopeIncluded.isEmpty && emptied.estimatedComplexity == "HIGH")
    }

    @Test("without an id and a time the position and Kafka's time stand in")
    func defaults() throws {
        let event = try decode(
            #"{"eventType":"service.updated","data":{"externalServiceCode":"S"}}"#
        ).get()
        #expect(event.eventID == "service-catalog/3/17")
        #expect(event.eventTimestamp == Timestamp(milliseconds: 5000))
    }

    @Test("a correlation id is taken from the envelope, else from a header")
    func correlation() throws {
        let header = [(name: "X-Correlation-ID", value: Array("from-header".utf8))]
        let plain = envelope("")
        let own = #"{"correlationId":"own","# + plain.dropFirst()
        #expect(try decode(plain, headers: header).get().correlationID == "from-header")
        #expect(try decode(own, headers: header).get().correlationID == "own")
        #expect(try decode(plain, headers: [("x", [0xFF])]).get().correlationID == nil)
    }

    @Test("an unknown type is no fault")
    func unknownType() throws {
        let event = try decode(
            #"{"eventType":"service.renamed","data":{"externalServiceCode":"S","name":5}}"#
        ).get()
        #expect(event.eventType == .unknown("service.renamed"))
    }

    @Test("a deprecation carries its reason and the code that takes its place")
    func deprecation() throws {
        let event = try decode(
            #"{"eventType":"service.deprecated","data":{"externalServiceCode":"S","#
                + #""reason":"old","replacementServiceCode":"T","name":5}}"#
        ).get()
        #expect(event.reason == "old" && event.replacementServiceCode == "T")
        #expect(event.patch.present.isEmpty)
    }

    @Test("what is no JSON object is malformed")
    func malformed() {
        for (bytes, message) in [
            ([], "the value is empty"),
            ([0xFF], "the value is not JSON: a value was expected at byte 0"),
            (Array("[1]".utf8), "the value is a list, an object was expected"),
            (Array("7".utf8), "the value is a number, an object was expected"),
            (
                Array("{\"a\":\"\u{1}\"}".utf8),
                "the value is not JSON: a control character stands in a text at byte 6"
            ),
            (
                Array(repeating: UInt8(ascii: "["), count: 10_000),
                "the value is not JSON: nested deeper than 128 at byte 128"
            ),
            (
                Array(#"{"a":"x"#.utf8) + [0xC3, 0x28],
                "the value is not JSON: not valid UTF-8 at byte 7"
            ),
        ] as [([UInt8], String)] {
            let fault = fault(of: decode(bytes: bytes))
            #expect(fault?.reason == .malformed)
            #expect(fault?.message == message)
            #expect(fault?.eventID == "service-catalog/3/17")
        }
    }

    @Test(
        "a value that breaks a rule is invalid, and the message says where",
        arguments: [
            (
                #""scopeIncluded":["a","b",3]"#,
                "data.scopeIncluded[2] is a number, a text was expected"
            ),
            (#""scopeIncluded":"[]""#, "data.scopeIncluded is a text, a list was expected"),
            (#""name":"Uno""#, "data.name is a text, an object of languages was expected"),
            (#""name":{"es":7}"#, "data.name.es is a number, a text was expected"),
            (#""name":{"":"x"}"#, "data.name has a key that is no language"),
            (#""name":{"es":"a\u0000"}"#, #"data.name.es has \u0000 or half of a surrogate pair"#),
            (#""name":{"es":"\ud800"}"#, #"data.name.es has \u0000 or half of a surrogate pair"#),
            (#""type":7"#, "data.type is a number, a text was expected"),
            (#""category":"a\nb""#, "data.category has a control character"),
            (
                #""countryCode":"es""#,
                #"data.countryCode is "es", two letters A to Z were expected"#
            ),
            (
                #""countryCode":"ESP""#,
                #"data.countryCode is "ESP", two letters A to Z were expected"#
            ),
            (#""countryCode":null"#, "data.countryCode is empty, a country was expected"),
            (
                #""estimatedDuration":"180""#,
                "data.estimatedDuration is a text, a number was expected"
            ),
            (
                #""estimatedDuration":180.5"#,
                "data.estimatedDuration is not a whole number of minutes"
            ),
            (
                #""estimatedDuration":1e400000"#,
                "data.estimatedDuration is not a whole number of minutes"
            ),
            (#""estimatedDuration":-1"#, "data.estimatedDuration is -1, 0 to 525600 was expected"),
            (
                #""estimatedDuration":525601"#,
                "data.estimatedDuration is 525601, 0 to 525600 was expected"
            ),
            (
                #""requiresTechnicalVisit":"true""#,
                "data.requiresTechnicalVisit is a text, true or false was expected"
            ),
            (
                #""effectiveFrom":"2025-02-30""#,
                #"data.effectiveFrom is not a date or time: "2025-02-30""#
            ),
            (#""effectiveTo":5"#, "data.effectiveTo is a number, a text was expected"),
        ])
    func invalid(member: String, message: String) {
        let fault = fault(of: decode(envelope(member)))
        #expect(fault?.reason == .invalid)
        #expect(fault?.message == message)
        // What could be read is kept for display.
        #expect(fault?.eventID == "e1" && fault?.externalServiceCode == "S")
        #expect(fault?.eventType == "service.updated")
    }

    @Test(
        "an envelope that lacks what is required is invalid",
        arguments: [
            (#"{"data":{"externalServiceCode":"S"}}"#, "eventType is missing"),
            (#"{"eventType":7,"data":{}}"#, "eventType is a number, a text was expected"),
            (#"{"eventType":"service.updated"}"#, "data is missing"),
            (
                #"{"eventType":"service.updated","data":[]}"#,
                "data is a list, an object was expected"
            ),
            (#"{"eventType":"service.updated","data":{}}"#, "data.externalServiceCode is missing"),
            (
                #"{"eventType":"x","eventTimestamp":"soon","data":{"externalServiceCode":"S"}}"#,
                #"eventTimestamp is not a date or time: "soon""#
            ),
            (
                #"{"eventType":"x","eventId":5,"data":{"externalServiceCode":"S"}}"#,
                "eventId is a number, a text was expected"
            ),
            (
                #"{"eventType":"x","data":{"externalServiceCode":"\#(String(repeating: "x", count: 201))"}}"#,
                "data.externalServiceCode is longer than 200 bytes"
            ),
        ])
    func envelopeFaults(json: String, message: String) {
        #expect(fault(of: decode(json))?.message == message)
        #expect(fault(of: decode(json))?.reason == .invalid)
    }

    @Test("whole minutes may be written with a point")
    func integralDuration() throws {
        for text in ["180", "180.0", "1.8e2"] {
            let event = try decode(envelope(#""estimatedDuration":\#(text)"#)).get()
            #expect(event.patch.values.estimatedDurationMinutes == 180)
        }
    }

    @Test("of duplicate keys the last holds, even after a wrong one")
    func duplicates() throws {
        let event = try decode(envelope(#""type":5,"type":"rework""#)).get()
        #expect(event.patch.values.sourceType == "rework")
    }

    @Test("a time more than five minutes ahead is not believed, whosever it is")
    func future() throws {
        let now = Timestamp(milliseconds: 100_000)
        let own =
            #"{"eventType":"service.updated","eventTimestamp":"1970-01-01T00:06:40.000001Z","#
            + #""data":{"externalServiceCode":"S"}}"#
        #expect(fault(of: decode(own, now: now))?.reason == .timestampInFuture)
        #expect(fault(of: decode(own, now: now))?.externalServiceCode == "S")
        _ = try decode(own, now: Timestamp(microseconds: 100_000_001)).get()

        let kafkas = #"{"eventType":"service.updated","data":{"externalServiceCode":"S"}}"#
        let fault = fault(of: decode(kafkas, now: Timestamp(milliseconds: -300_000)))
        #expect(fault?.reason == .timestampInFuture)
    }

    @Test("whether jsonb can hold the message is said for events and faults alike")
    func storable() throws {
        let odd = envelope(#""extra":"\u0000""#)
        #expect(try decode(odd).get().isStorableAsJSONB == false)
        #expect(try decode(envelope("")).get().isStorableAsJSONB)
        #expect(fault(of: decode(envelope(#""type":7"#)))?.isStorableAsJSONB == true)
        #expect(fault(of: decode(envelope(#""type":7,"x":1e400000"#)))?.isStorableAsJSONB == false)
    }

    private func envelope(_ members: String) -> String {
        #"{"eventId":"e1","eventType":"service.updated","data":{"externalServiceCode":"S""#
            + (members.isEmpty ? "" : "," + members) + "}}"
    }

    private func decode(
        _ json: String, headers: [(name: String, value: [UInt8])] = [],
        now: Timestamp = Timestamp(microseconds: 1_800_000_000_000_000)
    ) -> Result<CatalogEvent, EventFault> {
        decode(bytes: Array(json.utf8), headers: headers, now: now)
    }

    private func decode(
        bytes: [UInt8], headers: [(name: String, value: [UInt8])] = [],
        now: Timestamp = Timestamp(microseconds: 1_800_000_000_000_000)
    ) -> Result<CatalogEvent, EventFault> {
        EventDecoder().decode(
            CatalogMessage(
                value: bytes, headers: headers, topic: "service-catalog", partition: 3, offset: 17,
                timestamp: Timestamp(milliseconds: 5000)),
            now: now)
    }

    private func fault(of result: Result<CatalogEvent, EventFault>) -> EventFault? {
        if case .failure(let fault) = result { fault } else { nil }
    }

    private let seedExampleJSON = """
        {"eventId": "evt_20250117_123456_abc123", "eventType": "service.created",
         "eventTimestamp": "2025-01-17T10:30:00Z", "source": "PYXIS", "version": "2.0",
         "data": {
          "externalServiceCode": "PYX_ES_HVAC_00123", "countryCode": "ES",
          "businessUnit": "LM_ES", "type": "installation", "category": "hvac",
          "name": {"es": "Instalación de Aire Acondicionado", "en": "Air Conditioning Installation"},
          "description": {"es": "Instalación completa", "en": "Complete installation"},
          "shortDescription": {"es": "Instalación AC", "en": "AC Installation"},
          "scopeIncluded": ["Removal of old unit", "Installation of new unit", "System testing",
                            "Customer walkthrough"],
          "scopeExcluded": ["Wall modifications", "Electrical panel upgrades",
                            "Ductwork installation"],
          "worksiteRequirements": ["Electrical outlet", "Wall bracket", "Clear access"],
          "productPrerequisites": ["AC unit", "Installation kit", "Accessories"],
          "contractType": "pre_service", "estimatedDuration": 180, "complexity": "MEDIUM",
          "requiresTechnicalVisit": true, "effectiveFrom": "2025-02-01T00:00:00Z",
          "effectiveTo": null}}
        """
}
