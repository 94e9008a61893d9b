import Postgres
import Probes

extension ServiceSnapshot {
    /// Reads a row of `service_load.sql`. Throws `.decoding` for a content that cannot be read.
    init(row: PostgresRow) throws(PostgresError) {
        var content = ServiceContent()
        content.sourceType = try row.string(ifPresent: 5)
        content.sourceCategory = try row.string(ifPresent: 6)
        content.sourceContractType = try row.string(ifPresent: 7)
        content.nameI18n = try Self.languages(row, 8)
        content.descriptionI18n = try Self.languages(row, 9)
        content.shortDescriptionI18n = try Self.languages(row, 10)
        content.scopeIncluded = try Self.list(row, 11)
        content.scopeExcluded = try Self.list(row, 12)
        content.worksiteRequirements = try Self.list(row, 13)
        content.productPrerequisites = try Self.list(row, 14)
        content.estimatedDurationMinutes = try row.int(ifPresent: 15).map { Int($0) }
        content.estimatedComplexity = try row.string(ifPresent: 16)
        content.requiresTechnicalVisit = try row.bool(17)
        content.countryCode = try row.string(18)
        content.businessUnit = try row.string(ifPresent: 19)
        content.status = ServiceStatus(rawValue: try row.string(20)) ?? .active
        content.effectiveFrom = try Self.time(row, 21)
        content.effectiveTo = try Self.time(row, 22)
        content.deprecatedReason = try row.string(ifPresent: 23)
        content.replacementServiceCode = try row.string(ifPresent: 24)
        content.version = try row.string(ifPresent: 25)
        self.init(
            id: try row.int(0), rowVersion: try row.int(1),
            externalSystemSource: try row.string(3), fsmServiceCode: try row.string(4),
            content: content, fieldOrigins: FieldOrigins(storedJSON: try row.bytes(26)))
    }

    private static func time(
        _ row: PostgresRow, _ column: Int
    ) throws(PostgresError) -> Timestamp? {
        try row.timestamp(ifPresent: column).map { Timestamp(microseconds: $0) }
    }

    private static func languages(
        _ row: PostgresRow, _ column: Int
    ) throws(PostgresError) -> [String: String] {
        var texts: [String: String] = [:]
        for (language, text) in try document(row, column).root.members {
            texts[language] = text.string
        }
        return texts
    }

    private static func list(_ row: PostgresRow, _ column: Int) throws(PostgresError) -> [String] {
        try document(row, column).root.elements.compactMap(\.string)
    }

    private static func document(
        _ row: PostgresRow, _ column: Int
    ) throws(PostgresError) -> JSONDocument {
        do {
            return try JSONDocument(try row.bytes(column))
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.decoding, "column \(column) of service_catalog is not JSON")
        }
    }
}

extension ServiceContent {
    /// From a `jsonb` column; nil if it is not a content.
    init?(storedJSON bytes: [UInt8]) {
        guard let document = try? JSONDocument(bytes) else { return nil }
        self.init(json: document.root)
    }
}

extension FieldOrigins {
    /// From a `jsonb` column; what cannot be read counts as unknown.
    init(storedJSON bytes: [UInt8]) {
        if let document = try? JSONDocument(bytes) {
            self.init(json: document.root)
        } else {
            self.init(common: nil)
        }
    }
}
