import Postgres
import Probes

/// Builds the statement that records what a run found different.
struct DriftRows {
    private struct Row {
        var country: String?
        var code: String
        var serviceID: Int64?
        var line: Int64?
        var field: String?
        var before: [UInt8]?
        var after: [UInt8]?
        var outcome: DriftOutcome
        var reviewID: Int64?
        var rowVersion: Int64?
    }

    private var rows: [Row] = []

    var isEmpty: Bool { rows.isEmpty }

    /// A field a row; a creation, or an orphan that stays as it is, has one row without a field.
    mutating func add(
        _ decision: RowDecision, code: String, line: Int64?, serviceID: Int64?, reviewID: Int64?
    ) {
        guard let outcome = decision.outcome.driftOutcome else { return }
        var row = Row(
            country: decision.current?.countryCode ?? decision.proposed?.countryCode, code: code,
            serviceID: serviceID, line: line, outcome: outcome, reviewID: reviewID,
            rowVersion: decision.write?.snapshot.rowVersion)
        guard outcome != .created, let before = decision.current, let after = decision.proposed
        else {
            rows.append(row)
            return
        }
        for field in decision.differing.fields {
            row.field = field.rawValue
            row.before = ContentJSON.bytes(before.json(of: field))
            row.after = ContentJSON.bytes(after.json(of: field))
            rows.append(row)
        }
    }

    /// Fields that a revert restores, or leaves because somebody has touched the service since.
    mutating func add(
        code: String, serviceID: Int64?, country: String?, fields: ServiceFieldSet,
        before: ServiceContent?, after: ServiceContent?, outcome: DriftOutcome, rowVersion: Int64?
    ) {
        var row = Row(
            country: country, code: code, serviceID: serviceID, outcome: outcome,
            rowVersion: rowVersion)
        guard let before, let after, !fields.isEmpty else {
            rows.append(row)
            return
        }
        for field in fields.fields {
            row.field = field.rawValue
            row.before = ContentJSON.bytes(before.json(of: field))
            row.after = ContentJSON.bytes(after.json(of: field))
            rows.append(row)
        }
    }

    /// A vendor's item: a field a row where it was corrected, else one row with all of it.
    ///
    /// - Parameters:
    ///   - before: its fields as an object, as `after`; nil for one that is new.
    ///   - after: nil for one that has gone.
    mutating func add(
        item sku: Sku, before: JSONValue? = nil, after: JSONValue? = nil, outcome: DriftOutcome,
        rowVersion: Int64? = nil
    ) {
        var row = Row(code: sku.text, outcome: outcome, rowVersion: rowVersion)
        guard case .object(let fields) = after, let before else {
            row.before = before.map(ContentJSON.bytes)
            row.after = after.map(ContentJSON.bytes)
            rows.append(row)
            return
        }
        var differing = fields.filter { before[$0.key] != $0.value }
        // The hash says no more than the fields do, unless it is all that differs.
        if differing.count > 1 { differing.removeAll { $0.key == "content_hash" } }
        for field in differing {
            row.field = field.key
            row.before = before[field.key].map(ContentJSON.bytes)
            row.after = ContentJSON.bytes(field.value)
            rows.append(row)
        }
        if differing.isEmpty { rows.append(row) }
    }

    func statement(run: ClaimedRun) -> PostgresStatement? {
        guard !rows.isEmpty else { return nil }
        return PostgresStatement(
            EngineSQL.driftInsert,
            [
                .int(run.id), .text(run.source), .textArray(rows.map(\.country)),
                .textArray(rows.map(\.code)), .int64Array(rows.map(\.serviceID)),
                .int64Array(rows.map(\.line)), .textArray(rows.map(\.field)),
                .jsonbArray(rows.map(\.before)), .jsonbArray(rows.map(\.after)),
                .textArray(rows.map(\.outcome.rawValue)), .int64Array(rows.map(\.reviewID)),
                .int64Array(rows.map(\.rowVersion)),
            ])
    }
}
