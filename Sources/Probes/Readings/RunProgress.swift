/// How far a running run is, as its engine wrote it last. What is not known is nil.
package struct RunProgress: Sendable, Equatable, Codable {
    package var phase: String?
    package var bytesDone: Int64?
    package var bytesTotal: Int64?
    package var rowsDone: Int64?
    package var rowsTotal: Int64?
    package var rowsPerSecond: Double?
    /// Too many events wait: they go first.
    package var waitsForEvents: Bool

    package init(
        phase: String? = nil, bytesDone: Int64? = nil, bytesTotal: Int64? = nil,
        rowsDone: Int64? = nil, rowsTotal: Int64? = nil, rowsPerSecond: Double? = nil,
        waitsForEvents: Bool = false
    ) {
        self.phase = phase
        self.bytesDone = bytesDone
        self.bytesTotal = bytesTotal
        self.rowsDone = rowsDone
        self.rowsTotal = rowsTotal
        self.rowsPerSecond = rowsPerSecond
        self.waitsForEvents = waitsForEvents
    }

    /// Of this phase, 0 to 1: by rows where their number is known, otherwise by bytes.
    package var fraction: Double? {
        if let rowsDone, let rowsTotal, rowsTotal > 0 {
            return min(1, max(0, Double(rowsDone) / Double(rowsTotal)))
        }
        guard let bytesDone, let bytesTotal, bytesTotal > 0 else { return nil }
        return min(1, max(0, Double(bytesDone) / Double(bytesTotal)))
    }

    /// Until this phase is over if its rate stays: the rows that are left, or those that the bytes
    /// that are left will hold if they are as long as those before.
    package var secondsLeft: Double? {
        guard let fraction else { return nil }
        guard fraction < 1 else { return 0 }
        guard let rowsDone, let rowsPerSecond, rowsDone > 0, rowsPerSecond > 0, fraction > 0 else {
            return nil
        }
        return Double(rowsDone) * (1 - fraction) / fraction / rowsPerSecond
    }
}

extension RunProgress {
    /// As `sync_runs.progress` holds it; nil where there is none.
    init?(storedText text: String?) {
        guard let root = StoredJSON.object(text) else { return nil }
        self.init(
            phase: root["phase"]?.string, bytesDone: root["bytes_done"]?.int64,
            bytesTotal: root["bytes_total"]?.int64, rowsDone: root["rows_done"]?.int64,
            rowsTotal: root["rows_total"]?.int64, rowsPerSecond: root["rows_per_second"]?.double,
            waitsForEvents: root["waits_for_events"]?.bool ?? false)
    }

    package var json: JSONValue {
        [
            "phase": .string(orNull: phase), "bytes_done": .integer(orNull: bytesDone),
            "bytes_total": .integer(orNull: bytesTotal), "rows_done": .integer(orNull: rowsDone),
            "rows_total": .integer(orNull: rowsTotal),
            "rows_per_second": .double(orNull: rowsPerSecond),
            "percent": .double(orNull: fraction.map { $0 * 100 }),
            "waits_for_events": .bool(waitsForEvents),
            "seconds_left": .double(orNull: secondsLeft),
        ]
    }
}

/// Texts that `jsonb` columns hold.
enum StoredJSON {
    /// The object; nil if there is none.
    static func object(_ text: String?) -> JSONCursor? {
        root(text).flatMap { $0.kind == .object ? $0 : nil }
    }

    /// The elements; none if it is no list.
    static func list(_ text: String?) -> [JSONCursor] {
        root(text).map { Array($0.elements) } ?? []
    }

    private static func root(_ text: String?) -> JSONCursor? {
        guard let text else { return nil }
        do throws(JSONParseError) { return try JSONDocument(text: text).root } catch { return nil }
    }
}
