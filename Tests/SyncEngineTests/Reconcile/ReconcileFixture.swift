import Probes

@testable import SyncEngine

/// Values from which the tests of reconciliation begin: one service `A`, and a row that says the
/// same of it.
enum ReconcileFixture {
    static let asOf = moment("2025-01-17T02:00:00Z")
    static let code = "A"
    static let line = 7
    static let runID: Int64 = 12
    /// What the usual files have columns for.
    static let fileFields = ServiceFieldSet(
        ServiceField.allCases.filter {
            ![
                .status, .shortDescriptionI18n, .deprecatedReason, .replacementServiceCode,
            ].contains($0)
        })

    static func moment(_ text: String) -> Timestamp {
        Timestamp(iso8601: text) ?? Timestamp(microseconds: 0)
    }

    static func context(
        rules: ReviewRules = ReviewRules(), secondsFromUTC: Int = 0
    ) -> FileContext {
        FileContext(
            runID: runID, asOf: asOf, country: "ES", system: "PYXIS", rules: rules,
            canonicalForm: CanonicalForm(secondsFromUTC: { _ in secondsFromUTC }))
    }

    static var service: ServiceContent {
        var content = ServiceContent()
        content.countryCode = "ES"
        content.businessUnit = "LM_ES"
        content.sourceType = "installation"
        content.sourceCategory = "hvac"
        content.sourceContractType = "pre_service"
        content.nameI18n = ["es": "Instalación", "fr": "Installation"]
        content.descriptionI18n = ["es": "Completa"]
        content.shortDescriptionI18n = ["es": "AC"]
        content.scopeIncluded = ["a", "b"]
        content.scopeExcluded = ["x"]
        content.worksiteRequirements = ["r"]
        content.productPrerequisites = ["p"]
        content.estimatedDurationMinutes = 60
        content.estimatedComplexity = "MEDIUM"
        content.effectiveFrom = moment("2025-02-01T00:00:00Z")
        content.effectiveTo = moment("2026-02-01T00:00:00Z")
        content.version = "1"
        return content
    }

    static func service(_ edit: (inout ServiceContent) -> Void) -> ServiceContent {
        var content = service
        edit(&content)
        return content
    }

    /// The service's own origins, before any file.
    static let origins = FieldOrigins(
        common: FieldOrigin(
            kind: .event, at: moment("2025-01-10T00:00:00Z"), logID: 1, eventID: "e1"))

    /// - Parameter decidedAt: when the newest event of the service was decided.
    static func entity(
        _ content: ServiceContent? = service, system: String = "PYXIS",
        decidedAt: Timestamp? = moment("2025-01-10T00:00:00Z"), review: OpenReview? = nil,
        refused: ServiceContent? = nil
    ) -> EntityState {
        EntityState(
            code: code,
            snapshot: content.map {
                ServiceSnapshot(
                    id: 1, rowVersion: 4, externalSystemSource: system,
                    fsmServiceCode: "ES_HVAC_00001", content: $0, fieldOrigins: origins)
            },
            mark: decidedAt.map {
                StreamMark(
                    timestamp: $0,
                    position: EventPosition(topic: "service-catalog", partition: 0, offset: 3))
            },
            openReview: review,
            refused: refused.map {
                RefusedContent(
                    checksum: context().canonicalForm.checksum(of: $0), reviewID: 8)
            })
    }

    /// A proposal that an event made and that waits.
    static func review(_ proposed: ServiceContent) -> OpenReview {
        OpenReview(
            id: 9, proposed: proposed,
            origins: FieldOrigins(
                common: FieldOrigin(
                    kind: .event, at: moment("2025-01-12T00:00:00Z"), logID: 2, eventID: "e2")),
            logID: 2)
    }

    /// A row that says what `content` says in the file's fields and languages.
    static func row(
        _ content: ServiceContent = service, fields: ServiceFieldSet = fileFields,
        languages: Set<String> = ["es", "fr"], calendar: SourceCalendar = .utc
    ) -> FileRow {
        var patch = ServicePatch()
        for field in fields.fields {
            patch.set(field) { values in
                values.take(field, from: content)
                values.nameI18n = values.nameI18n.filter { languages.contains($0.key) }
                values.descriptionI18n = values.descriptionI18n
                    .filter { languages.contains($0.key) }
            }
        }
        return FileRow(
            code: code, line: line, patch: patch, version: content.version,
            languages: [.nameI18n: languages, .descriptionI18n: languages], calendar: calendar)
    }

    static func decide(
        _ row: FileRow, _ entity: EntityState = entity(), refused: ServiceContent? = nil,
        rules: ReviewRules = ReviewRules()
    ) -> RowDecision {
        FileFold.decide(
            row, entity: entity, refusedContent: refused, context: context(rules: rules))
    }
}

extension RowDecision {
    /// The entity once the decision is carried out.
    func applied(to entity: EntityState) -> EntityState {
        var next = entity
        if let write { next.snapshot = write.snapshot }
        next.mark = mark
        next.refused = refused
        if superseded != nil { next.openReview = nil }
        if let opened {
            next.openReview = OpenReview(
                id: 30, proposed: opened.proposed, origins: opened.origins, logID: opened.logID)
        }
        return next
    }
}
