import Postgres
import Probes

/// Locks the streams of entities and reads what the fold must know of them: a handful of
/// statements, one round trip, however many entities.
struct EntityLoad {
    static let entityType = "service"

    /// Sorted, each once: streams are always locked in this order.
    let codes: [String]

    init(codes: some Sequence<String>) {
        self.codes = Set(codes).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    var statements: [PostgresStatement] {
        [
            PostgresStatement(
                EngineSQL.streamEnsure, [.text(Self.entityType), .textArray(codes)]),
            PostgresStatement(EngineSQL.streamLock, [.text(Self.entityType), .textArray(codes)]),
        ] + reading
    }

    /// The same, as things stand: nothing is locked or written.
    var peekStatements: [PostgresStatement] {
        [
            PostgresStatement("SELECT", []),
            PostgresStatement(EngineSQL.streamPeek, [.text(Self.entityType), .textArray(codes)]),
        ] + reading
    }

    private var reading: [PostgresStatement] {
        [
            PostgresStatement(EngineSQL.serviceLoad, [.textArray(codes)]),
            PostgresStatement(EngineSQL.reviewLoadOpen, [.textArray(codes)]),
            PostgresStatement(EngineSQL.fileMarkLoad, [.textArray(codes)]),
        ]
    }

    /// The states by code, from the answers to `statements` or `peekStatements`, in their order.
    func states(
        from answers: ArraySlice<PostgresRows>
    ) throws(PostgresError) -> LoadedEntities {
        var loaded = LoadedEntities()
        let first = answers.startIndex
        for row in answers[first + 1] {
            let code = try row.string(0)
            var state = EntityState(code: code)
            if let decided = try row.timestamp(ifPresent: 1) {
                state.mark = StreamMark(
                    timestamp: Timestamp(microseconds: decided), position: try position(row))
            }
            state.blockedBy = try row.int(ifPresent: 5)
            if let checksum = try row.string(ifPresent: 6) {
                state.refused = RefusedContent(
                    checksum: checksum, reviewID: try row.int(ifPresent: 7) ?? 0)
            }
            loaded.states[code] = state
        }
        for row in answers[first + 2] {
            let snapshot = try ServiceSnapshot(row: row)
            loaded.states[try row.string(2)]?.snapshot = snapshot
        }
        for row in answers[first + 3] { try loaded.addReview(row) }
        for row in answers[first + 4] {
            // A file has spoken for the service: what happened before it is stale.
            loaded.states[try row.string(0)]?.mark = StreamMark(
                timestamp: Timestamp(microseconds: try row.timestamp(1)), position: nil)
        }
        return loaded
    }

    private func position(_ row: PostgresRow) throws(PostgresError) -> EventPosition? {
        guard let topic = try row.string(ifPresent: 2),
            let partition = try row.int(ifPresent: 3), let offset = try row.int(ifPresent: 4)
        else { return nil }
        return EventPosition(
            topic: topic, partition: Int32(truncatingIfNeeded: partition), offset: offset)
    }
}

/// What stands in the database for the entities of one transaction.
struct LoadedEntities: Sendable {
    var states: [String: EntityState] = [:]
    /// The log rows of the events that open items hold, by item.
    var heldLogRows: [Int64: LogReference] = [:]

    mutating func addReview(_ row: PostgresRow) throws(PostgresError) {
        let id = try row.int(0)
        let code = try row.string(1)
        let logID = try row.int(ifPresent: 4)
        if let logID, let at = try row.timestamp(ifPresent: 5) {
            heldLogRows[id] = LogReference(
                id: logID, receivedAt: Timestamp(microseconds: at))
        }
        guard let proposed = ServiceContent(storedJSON: try row.bytes(3)) else {
            throw PostgresError(.decoding, "review item \(id) holds a content that cannot be read")
        }
        states[code]?.openReview = OpenReview(
            id: id, proposed: proposed, origins: FieldOrigins(storedJSON: try row.bytes(6)),
            logID: logID)
    }
}

/// Finds a row of the event log in its partition.
struct LogReference: Sendable, Hashable {
    var id: Int64
    var receivedAt: Timestamp
}
