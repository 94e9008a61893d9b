import Postgres

/// Looks at what last set each field of a service.
package struct BlameProbe: Sendable {
    /// The synchronised fields in the order in which people read a service; the same as the
    /// engine's `ServiceField`, which a test holds them to.
    static let fields = [
        "status", "source_type", "source_category", "source_contract_type", "country_code",
        "business_unit", "name_i18n", "description_i18n", "short_description_i18n",
        "scope_included", "scope_excluded", "worksite_requirements", "product_prerequisites",
        "estimated_duration_minutes", "estimated_complexity", "requires_technical_visit",
        "effective_from", "effective_to", "deprecated_reason", "replacement_service_code",
    ]

    /// ISO 8601 in UTC, as everywhere in our JSON.
    private static let timeForm = #"YYYY-MM-DD"T"HH24:MI:SS.US"Z""#

    let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// By the source's code or by ours; nil if there is no such service. Throws `PostgresError`.
    package func show(serviceCode: String) async throws -> BlameReading? {
        let rows = try await connection.query(
            ProbeSQL.blame,
            [.text(serviceCode), .textArray(Self.fields), .text(Self.timeForm)])
        guard let first = rows.first else { return nil }
        var columns = ColumnReader(first)
        // A code of ours could also be somebody else's; the source's goes first.
        let ofService = rows.prefix(Self.fields.count)
        return BlameReading(
            serviceCode: try columns.next(), serviceID: try columns.next(),
            fsmServiceCode: try columns.next(), status: try lowercased(columns.next()),
            rowVersion: try columns.next(), fields: try ofService.map(field))
    }

    /// What changes when the reading does; nil if there is no such service.
    func stamp(serviceCode: String) async throws -> String? {
        try await connection.query(ProbeSQL.blameStamp, [.text(serviceCode)]).first?.string(0)
    }

    private func lowercased(_ word: String) -> String { word.lowercased() }

    private func field(_ row: PostgresRow) throws -> BlameReading.Field {
        var columns = ColumnReader(row, from: 5)
        let name: String = try columns.next()
        let value: String = try columns.next()
        let origin: String? = try columns.next()
        let logID: Int64? = try columns.next()
        let eventID: String? = try columns.next()
        let operatorName: String? = try columns.next()
        let reviewID: Int64? = try columns.next()
        let letterID: Int64? = try columns.next()
        let microseconds: Int64? = try columns.next()
        return BlameReading.Field(
            field: name, valueJSON: JSONWriter.text(JSONValue(storedText: value)),
            origin: origin ?? "unknown", logID: logID, eventID: eventID,
            operatorName: operatorName, reviewID: reviewID, letterID: letterID,
            at: microseconds.map { Timestamp(microseconds: $0) })
    }
}
