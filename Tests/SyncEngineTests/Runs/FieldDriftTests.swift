import Testing

@testable import SyncEngine

@Suite("A field in which a row differs")
struct FieldDriftTests {
    /// A service that has something in every field of a file.
    private static func full(_ code: String) -> SaidTwice {
        SaidTwice(
            code,
            event: #""type":"installation","category":"hvac","contractType":"pre_service","#
                + #""businessUnit":"LM","complexity":"LOW","name":{"es":"Uno"},"#
                + #""description":{"es":"Dos"},"shortDescription":{"es":"Tres"},"#
                + #""scopeIncluded":["a","b"],"scopeExcluded":["c"],"worksiteRequirements":["d"],"#
                + #""productPrerequisites":["e"],"estimatedDuration":60,"#
                + #""requiresTechnicalVisit":true,"effectiveFrom":"2025-02-01","#
                + #""effectiveTo":"2026-02-01""#,
            cells: [
                "type": "installation", "category": "hvac", "contract_type": "pre_service",
                "business_unit": "LM", "complexity": "LOW", "name_es": "Uno",
                "description_es": "Dos", "short_description_es": "Tres",
                "scope_included": #"["a","b"]"#, "scope_excluded": #"["c"]"#,
                "worksite_requirements": #"["d"]"#, "product_prerequisites": #"["e"]"#,
                "estimated_duration": "60", "requires_tv": "true", "effective_from": "2025-02-01",
                "effective_to": "2026-02-01",
            ])
    }

    private struct Change {
        let field: ServiceField
        let column: String
        /// As the cell has it, and as the service has it then.
        let cell: String
        let after: String
        let before: String
        let outcome: String

        /// The row that the run must record, and the only one.
        func drift(_ code: String) -> String {
            "\(code) \(field.rawValue) \(outcome) \(before) > \(after)"
        }
    }

    private static func change(
        _ field: ServiceField, _ column: String, _ before: String, to cell: String,
        _ after: String, _ outcome: String
    ) -> Change {
        Change(
            field: field, column: column, cell: cell, after: after, before: before,
            outcome: outcome)
    }

    private static let changes = [
        change(.sourceType, "type", "installation", to: "rework", "rework", "HELD"),
        change(.sourceCategory, "category", "hvac", to: "doors", "doors", "HELD"),
        change(.sourceContractType, "contract_type", "pre_service", to: "other", "other", "HELD"),
        change(.countryCode, "country_code", "ES", to: "FR", "FR", "HELD"),
        change(.businessUnit, "business_unit", "LM", to: "BR", "BR", "CORRECTED"),
        change(
            .nameI18n, "name_es", #"{"es": "Uno"}"#, to: "uno", #"{"es": "uno"}"#, "CORRECTED"),
        change(
            .nameI18n, "name_fr", #"{"es": "Uno"}"#, to: "Un", #"{"es": "Uno", "fr": "Un"}"#,
            "CORRECTED"),
        change(
            .descriptionI18n, "description_es", #"{"es": "Dos"}"#, to: " Dos",
            #"{"es": " Dos"}"#, "CORRECTED"),
        change(
            .shortDescriptionI18n, "short_description_es", #"{"es": "Tres"}"#, to: "3",
            #"{"es": "3"}"#, "CORRECTED"),
        change(
            .scopeIncluded, "scope_included", #"["a", "b"]"#, to: #"["a","b","f"]"#,
            #"["a", "b", "f"]"#, "CORRECTED"),
        change(
            .scopeIncluded, "scope_included", #"["a", "b"]"#, to: #"["b","a"]"#,
            #"["b", "a"]"#, "CORRECTED"),
        change(
            .scopeIncluded, "scope_included", #"["a", "b"]"#, to: #"["a"]"#, #"["a"]"#, "HELD"),
        change(
            .scopeExcluded, "scope_excluded", #"["c"]"#, to: #"["c","f"]"#, #"["c", "f"]"#,
            "HELD"),
        change(
            .worksiteRequirements, "worksite_requirements", #"["d"]"#, to: #"["f"]"#, #"["f"]"#,
            "HELD"),
        change(
            .productPrerequisites, "product_prerequisites", #"["e"]"#, to: #"["e ","e"]"#,
            #"["e ", "e"]"#, "HELD"),
        change(
            .estimatedDurationMinutes, "estimated_duration", "60", to: "61", "61", "CORRECTED"),
        change(.estimatedComplexity, "complexity", "LOW", to: "low", "low", "CORRECTED"),
        change(.requiresTechnicalVisit, "requires_tv", "true", to: "0", "false", "CORRECTED"),
        change(
            .effectiveFrom, "effective_from", "2025-02-01T00:00:00Z", to: "2025-02-02",
            "2025-02-02T00:00:00Z", "CORRECTED"),
        change(
            .effectiveTo, "effective_to", "2026-02-01T00:00:00Z", to: "2027-02-01",
            "2027-02-01T00:00:00Z", "CORRECTED"),
        change(
            .effectiveTo, "effective_to", "2026-02-01T00:00:00Z", to: "2026-01-31",
            "2026-01-31T00:00:00Z", "HELD"),
    ]

    /// What becomes of a field whose cell is empty.
    private static let emptied = [
        change(.sourceType, "type", "installation", to: "", "", "HELD"),
        change(.sourceCategory, "category", "hvac", to: "", "", "HELD"),
        change(.sourceContractType, "contract_type", "pre_service", to: "", "", "HELD"),
        change(.businessUnit, "business_unit", "LM", to: "", "", "CORRECTED"),
        change(.nameI18n, "name_es", #"{"es": "Uno"}"#, to: "", "{}", "CORRECTED"),
        change(.descriptionI18n, "description_es", #"{"es": "Dos"}"#, to: "", "{}", "CORRECTED"),
        change(
            .shortDescriptionI18n, "short_description_es", #"{"es": "Tres"}"#, to: "", "{}",
            "CORRECTED"),
        change(.scopeIncluded, "scope_included", #"["a", "b"]"#, to: "", "[]", "HELD"),
        change(.scopeExcluded, "scope_excluded", #"["c"]"#, to: "", "[]", "CORRECTED"),
        change(
            .worksiteRequirements, "worksite_requirements", #"["d"]"#, to: "", "[]", "CORRECTED"),
        change(
            .productPrerequisites, "product_prerequisites", #"["e"]"#, to: "", "[]", "CORRECTED"),
        change(.estimatedDurationMinutes, "estimated_duration", "60", to: "", "", "CORRECTED"),
        change(.estimatedComplexity, "complexity", "LOW", to: "", "", "CORRECTED"),
        change(.requiresTechnicalVisit, "requires_tv", "true", to: "", "false", "CORRECTED"),
        change(
            .effectiveFrom, "effective_from", "2025-02-01T00:00:00Z", to: "", "", "CORRECTED"),
        change(.effectiveTo, "effective_to", "2026-02-01T00:00:00Z", to: "", "", "CORRECTED"),
    ]

    private func check(_ changes: [Change]) async throws {
        try await RunFixture.with(limits: RunLimits(driftPercent: 100)) { fixture async throws in
            let services = changes.indices.map { Self.full("S\(10 + $0)") }
            try await fixture.events.apply(services.map { $0.event() })
            try fixture.write(
                zip(services, changes).map { service, change in
                    var service = service
                    service.cells[change.column] = change.cell
                    return service.row
                }, header: SaidTwice.header)
            let id = try await fixture.reconcile()
            let drift = try await fixture.drift(id).map { $0.replacing(".000000Z", with: "Z") }
            #expect(drift == zip(services, changes).map { $1.drift($0.code) })
            let held = changes.count { $0.outcome == "HELD" }
            #expect(
                try await fixture.figures(id)
                    == "PARTIAL_SUCCESS fetched=\(changes.count) matched=\(changes.count) "
                    + "drifted=\(changes.count) updated=\(changes.count - held) held=\(held)")
            // What is corrected is equal now; what waits goes on waiting, as the same item.
            let again = try await fixture.reconcile()
            #expect(
                try await fixture.figures(again)
                    == "PARTIAL_SUCCESS fetched=\(changes.count) matched=\(changes.count) "
                    + "drifted=\(held) held=\(held)")
            #expect(
                try await fixture.events.count("SELECT count(*) FROM review_items") == held)
        }
    }

    @Test("is one row of drift, with what it was and what it becomes, for every field")
    func everyField() async throws {
        let notInFiles: Set<ServiceField> = [.status, .deprecatedReason, .replacementServiceCode]
        #expect(
            Set(Self.changes.map(\.field)) == Set(ServiceField.allCases).subtracting(notInFiles))
        try await check(Self.changes)
    }

    @Test("is one row of drift where the row has nothing and the service something")
    func nothing() async throws {
        #expect(
            Set(Self.emptied.map(\.field))
                == Set(Self.changes.map(\.field)).subtracting([.countryCode]))
        try await check(Self.emptied)
    }

    @Test("of a deprecated service is its return, which waits for a person")
    func deprecated() async throws {
        try await RunFixture.with { fixture async throws in
            try await fixture.events.apply([
                RunFixture.event("e1", "A"),
                Events.event(
                    "e2", "deprecated", "A", at: "2025-01-11T00:00:00Z",
                    #""reason":"old","replacementServiceCode":"B""#),
            ])
            try fixture.write([RunFixture.row("A")])
            let id = try await fixture.reconcile()
            let drift = try await fixture.drift(id).map { $0.replacing(".000000Z", with: "Z") }
            #expect(
                drift == [
                    "A status HELD DEPRECATED > ACTIVE",
                    "A effective_to HELD 2025-01-11T00:00:00Z > ",
                    "A deprecated_reason HELD old > ",
                    "A replacement_service_code HELD B > ",
                ])
        }
    }
}
