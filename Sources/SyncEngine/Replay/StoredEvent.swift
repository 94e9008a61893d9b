import Hashing
import Postgres
import Probes

/// An event of the log that is to be decided anew.
struct StoredEvent: Sendable {
    var row: LogReference
    var serviceCode: String?
    var status: String
    var outcome: String?
    var attempts: Int
    /// Nil if its bytes are no longer kept.
    var message: SourceMessage?
    var letterID: Int64?
    var reviewID: Int64?
    /// Personal values were erased from its payload.
    var isErased: Bool

    /// From a row of `replay_load.sql`.
    init(row found: PostgresRow) throws(PostgresError) {
        row = LogReference(
            id: try found.int(0), receivedAt: Timestamp(microseconds: try found.timestamp(1)))
        serviceCode = try found.string(ifPresent: 2)
        status = try found.string(3)
        outcome = try found.string(ifPresent: 4)
        attempts = Int(try found.int(5))
        letterID = try found.int(ifPresent: 14)
        reviewID = try found.int(ifPresent: 15)
        isErased = try found.bool(16)
        let (json, raw) = (try found.bytes(ifPresent: 12), try found.bytes(ifPresent: 13))
        guard let value = raw ?? json else { return }
        message = SourceMessage(
            topic: try found.string(6), partition: Int32(truncatingIfNeeded: try found.int(7)),
            offset: try found.int(8), key: try found.bytes(ifPresent: 9),
            timestamp: try found.timestamp(ifPresent: 10).map { Timestamp(microseconds: $0) },
            headers: try found.bytes(ifPresent: 11).map(HeaderJSON.decode) ?? [], value: value)
    }

    /// Why it cannot be decided anew, by itself; nil if it can.
    var obstacle: String? {
        switch status {
        case "PARKED", "RETRYING": "it waits to be decided as it is"
        case "HELD":
            "it waits for review" + (reviewID.map { ": decide item \($0)" } ?? "")
        case "DEAD_LETTERED":
            letterID.map { "it is dead letter \($0): retry, edit or resolve that" }
                ?? "it is a dead letter: retry, edit or resolve that"
        default:
            if isErased {
                "personal values were erased from it"
            } else {
                message == nil ? "its payload is no longer kept" : nil
            }
        }
    }

    /// As it goes through the fold once more; nil without its bytes.
    func record(overridesStale: Bool, context: ApplyContext) -> EventRecord? {
        guard let message else { return nil }
        return EventRecord(
            logID: row.id, receivedAt: row.receivedAt, standing: .replayed, message: message,
            // Also by the clock of its arrival, like what waits: that one believed it.
            decoded: context.decoder.decode(
                message.catalogMessage, now: max(row.receivedAt, context.now())),
            payloadHash: SHA256.hash(message.value), attempts: attempts,
            overrideStale: overridesStale)
    }
}
