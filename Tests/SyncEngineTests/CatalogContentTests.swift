import Probes
import Testing

@testable import SyncEngine

@Suite("Catalog contents")
struct CatalogContentTests {
    private let form = CanonicalForm(hash: { $0 })

    @Test("the canonical form is pinned")
    func canonicalForm() {
        var content = ServiceContent()
        content.sourceType = "installation"
        content.countryCode = "ES"
        content.nameI18n = ["fr": "Clé", "es": "Llave", "it": ""]
        content.scopeIncluded = ["b", "a\"\n"]
        content.estimatedDurationMinutes = 180
        content.requiresTechnicalVisit = true
        content.effectiveFrom = Timestamp(iso8601: "2025-02-01T23:30:00Z")
        content.version = "2.0"
        #expect(
            String(decoding: form.bytes(of: content), as: UTF8.self)
                == #"{"country_code":"ES","effective_from":"2025-02-01","#
                + #""estimated_duration_minutes":180,"name_i18n":{"es":"Llave","fr":"Clé"},"#
                + #""requires_technical_visit":true,"scope_included":["b","a\"\n"],"#
                + #""source_type":"installation","status":"ACTIVE"}"#)
    }

    @Test("the order of keys, what is empty, NFD and the version make no difference")
    func equalForms() throws {
        let first = try content(
            #""name":{"es":"Instalaci\u00f3n","en":"x"},"type":"rework","scopeIncluded":[],"#
                + #""requiresTechnicalVisit":false,"effectiveFrom":"2025-02-01T00:00:00Z","#
                + #""estimatedDuration":180.0"#)
        var second = try content(
            #""estimatedDuration":180,"effectiveFrom":"2025-02-01","type":"rework","#
                + #""businessUnit":"","name":{"en":"x","es":"Instalacio\u0301n","fr":null}"#)
        second.version = "9"
        #expect(form.bytes(of: first) == form.bytes(of: second))
        #expect(first.hasSameFields(as: second))
    }

    @Test("every field makes a difference")
    func differentForms() {
        let edits: [@Sendable (inout ServiceContent) -> Void] = [
            { $0.status = .deprecated }, { $0.sourceType = "a" }, { $0.sourceCategory = "a" },
            { $0.sourceContractType = "a" }, { $0.countryCode = "FR" }, { $0.businessUnit = "a" },
            { $0.nameI18n = ["es": "a"] }, { $0.descriptionI18n = ["es": "a"] },
            { $0.shortDescriptionI18n = ["es": "a"] }, { $0.scopeIncluded = ["a", "b"] },
            { $0.scopeIncluded = ["b", "a"] }, { $0.scopeExcluded = ["a", "b"] },
            { $0.worksiteRequirements = ["a", "b"] }, { $0.productPrerequisites = ["a", "b"] },
            { $0.estimatedDurationMinutes = 0 }, { $0.estimatedComplexity = "a" },
            { $0.requiresTechnicalVisit = true }, { $0.effectiveFrom = Timestamp(microseconds: 0) },
            { $0.effectiveTo = Timestamp(microseconds: 0) }, { $0.deprecatedReason = "a" },
            { $0.replacementServiceCode = "a" },
        ]
        var forms = [form.bytes(of: ServiceContent())]
        for edit in edits {
            var content = ServiceContent()
            edit(&content)
            forms.append(form.bytes(of: content))
            #expect(content.differences(from: ServiceContent()).count == 1)
            #expect(form.bytes(of: content, fields: .none) == Array("{}".utf8))
        }
        #expect(Set(forms).count == edits.count + 1)
    }

    @Test("only the file's fields and languages are compared when asked")
    func partial() {
        var content = ServiceContent()
        content.nameI18n = ["es": "uno", "pl": "dwa"]
        content.businessUnit = "LM"
        let bytes = form.bytes(
            of: content, fields: ServiceFieldSet([.nameI18n]), languages: ["es", "fr"])
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"name_i18n":{"es":"uno"}}"#)
    }

    @Test("dates are those of the source's calendar")
    func timeZone() {
        let madrid = CanonicalForm(hash: { $0 }, secondsFromUTC: { _ in 3600 })
        var content = ServiceContent()
        content.effectiveTo = Timestamp(iso8601: "2025-01-31T23:00:00Z")
        let bytes = madrid.bytes(of: content, fields: ServiceFieldSet([.effectiveTo]))
        #expect(String(decoding: bytes, as: UTF8.self) == #"{"effective_to":"2025-02-01"}"#)
    }

    @Test("a checksum is the hash in lower-case hexadecimal")
    func checksum() {
        let pinned = CanonicalForm(hash: { _ in [0x00, 0x9F, 0xFF] })
        #expect(pinned.checksum(of: ServiceContent()) == "009fff")
    }

    @Test("a content comes back from its JSON as it was")
    func contentRoundTrip() throws {
        var full = try content(
            #""name":{"es":"a\"b"},"type":"rework","category":"hvac","scopeIncluded":["a",""],"#
                + #""estimatedDuration":5,"requiresTechnicalVisit":true,"countryCode":"ES","#
                + #""effectiveTo":"2025-02-01T10:00:00.5Z","complexity":"HIGH""#)
        full.status = .deprecated
        full.deprecatedReason = "gone"
        full.replacementServiceCode = "T"
        full.version = "3"
        for content in [full, ServiceContent()] {
            let text = JSONWriter.text(content.json)
            #expect(ServiceContent(json: try JSONDocument(text: text).root) == content)
        }
        for damaged in [
            #"{"status":"GONE"}"#, #"{"scope_included":[1]}"#, "[]", #"{"effective_to":"x"}"#,
        ] {
            #expect(ServiceContent(json: try JSONDocument(text: damaged).root) == nil)
        }
    }

    @Test("origins keep the common one once, and come back from their JSON")
    func origins() throws {
        let first = FieldOrigin(
            kind: .event, at: Timestamp(microseconds: 5), logID: 1, eventID: "e1")
        let second = FieldOrigin(
            kind: .correction, at: Timestamp(microseconds: 9), runID: 4, line: 20)
        var origins = FieldOrigins(common: first)
        origins.set(ServiceFieldSet([.scopeIncluded]), to: second)
        let text = JSONWriter.text(origins.json)
        #expect(
            text == #"{"*":{"o":"event","log":1,"id":"e1","at":5},"#
                + #""scope_included":{"o":"correction","run":4,"line":20,"at":9}}"#)
        #expect(FieldOrigins(json: try JSONDocument(text: text).root) == origins)
        origins.set(ServiceFieldSet([.scopeIncluded]), to: first)
        #expect(origins.exceptions.isEmpty)
        origins.set(.all, to: second)
        #expect(origins == FieldOrigins(common: second))
    }

    @Test("the source's words are mapped as the seed says")
    func vocabulary() {
        #expect(SourceVocabulary.serviceType(for: "quotation_visit") == "QUOTATION_TV")
        #expect(SourceVocabulary.serviceType(for: nil) == "INSTALLATION")
        #expect(SourceVocabulary.serviceCategory(for: "appliance") == "APPLIANCE_REPAIR")
        #expect(SourceVocabulary.serviceCategory(for: "HVAC") == "OTHER")
        #expect(SourceVocabulary.fsmCodePrefix(forCategory: "kitchen") == "KITC")
        #expect(SourceVocabulary.contractTemplateKind(for: "pre_service") == "PRE_SERVICE")
        #expect(SourceVocabulary.contractTemplateKind(for: "other") == "POST_SERVICE")
        #expect(SourceVocabulary.contractTemplateKind(for: nil) == nil)
    }

    private func content(_ members: String) throws -> ServiceContent {
        let object = try JSONDocument(text: "{\(members)}").root
        do {
            return try FieldReader(object: object, path: "").patch().applied(to: ServiceContent())
        } catch {
            Issue.record("\(error.message)")
            throw error
        }
    }
}
