/// Checks the chain, fed with rows and seals in their order: a value without a database.
///
/// Before each row, while `wantsSeal(before:)` holds, the next seal is offered. After the last row
/// come the seals that are left, then `finish()`.
struct AuditCheck: Sendable {
    private var head = AuditChain.beginning
    /// The head before the row that was checked last: a row behind it that follows this one says
    /// that the last one was put in between.
    private var headBefore: [UInt8]?
    private var lastRow: Int64 = 0
    private var seal: AuditSeal?
    private var lastSeal: AuditSeal?
    private var firstInSeal: Int64?
    private var rowsInSeal: Int64 = 0

    private(set) var sealedRows: Int64 = 0
    private(set) var seals: Int64 = 0
    private(set) var erasedRows: Int64 = 0
    private(set) var unsealedRows: Int64 = 0
    /// In microseconds since the Unix epoch.
    private(set) var oldestUnsealedAt: Int64?
    /// Of the newest seal that holds.
    private(set) var newestSeal: AuditSeal?

    /// Whether the seal in hand ends before row `id`.
    func wantsSeal(before id: Int64) -> Bool {
        guard let seal else { return true }
        return seal.lastID < id
    }

    /// Takes the next seal, after the one in hand has ended.
    mutating func take(_ next: AuditSeal) throws(AuditFault) {
        try finish()
        let expected = (lastSeal?.id ?? 0) + 1
        guard next.id == expected else {
            throw AuditFault(
                .sealMissing, seal: expected,
                "seal \(expected) is missing: seal \(next.id) comes after seal \(expected - 1)")
        }
        seal = next
        firstInSeal = nil
        rowsInSeal = 0
    }

    mutating func take(_ row: AuditEntry) throws(AuditFault) {
        defer { lastRow = row.id }
        guard let sealing = row.sealing else { return try takeUnsealed(row) }
        if let seal, sealing.sealID != seal.id, rowsInSeal == seal.rows, row.id <= seal.lastID {
            throw AuditFault(
                .sealChanged, row: row.id, seal: seal.id,
                "seal \(seal.id) was changed: its rows end before row \(row.id)")
        }
        guard let seal, sealing.sealID == seal.id, row.id <= seal.lastID else {
            throw AuditFault(
                .sealMissing, row: row.id, seal: sealing.sealID,
                "row \(row.id) says that it stands in seal \(sealing.sealID), which does not "
                    + "hold it")
        }
        try compare(row, sealing)
        if row.isErased { erasedRows += 1 }
        headBefore = head
        head = sealing.rowHash
        firstInSeal = firstInSeal ?? row.id
        rowsInSeal += 1
        sealedRows += 1
    }

    /// Ends the seal in hand.
    mutating func finish() throws(AuditFault) {
        guard let seal else { return }
        guard rowsInSeal == seal.rows, firstInSeal == seal.firstID, lastRow >= seal.lastID else {
            let kind: AuditFault.Kind = rowsInSeal <= seal.rows ? .rowMissing : .rowInserted
            throw AuditFault(
                kind, row: seal.lastID, seal: seal.id,
                "seal \(seal.id) holds \(seal.rows) rows from \(seal.firstID) to \(seal.lastID), "
                    + "of which \(rowsInSeal) are there")
        }
        let computed = AuditChain.head(seal, after: head)
        guard computed == seal.headHash else {
            throw AuditFault(
                .sealChanged, row: seal.firstID, seal: seal.id,
                "seal \(seal.id) was changed: its head differs from what its rows come to")
        }
        head = computed
        headBefore = nil
        newestSeal = seal
        lastSeal = seal
        self.seal = nil
        seals += 1
    }

    private mutating func takeUnsealed(_ row: AuditEntry) throws(AuditFault) {
        if let seal, row.id <= seal.lastID {
            throw AuditFault(
                .rowInserted, row: row.id, seal: seal.id,
                "row \(row.id) was put in after seal \(seal.id) was closed over rows "
                    + "\(seal.firstID) to \(seal.lastID)")
        }
        unsealedRows += 1
        oldestUnsealedAt = min(oldestUnsealedAt ?? row.at, row.at)
    }

    private func compare(_ row: AuditEntry, _ sealing: AuditEntry.Sealing) throws(AuditFault) {
        guard let detailsHash = row.detailsHash else {
            throw changed(row, "its details' hash is gone")
        }
        func hash(after previous: [UInt8]) -> [UInt8] {
            AuditChain.hash(row, in: sealing.sealID, detailsHash: detailsHash, after: previous)
        }
        let follows = sealing.previousHash == head
        guard hash(after: head) == sealing.rowHash else {
            guard !follows, hash(after: sealing.previousHash) == sealing.rowHash else {
                throw changed(row, "its content or its hash is not what was sealed")
            }
            // Whole in itself, but made to follow another row.
            if sealing.previousHash == headBefore {
                throw AuditFault(
                    .rowInserted, row: lastRow, seal: sealing.sealID,
                    "row \(lastRow) was put in: row \(row.id) follows the one before it")
            }
            throw AuditFault(
                .rowMissing, row: row.id, seal: sealing.sealID,
                "rows between \(lastRow) and \(row.id) are missing")
        }
        guard follows else { throw changed(row, "its previous hash is not what was sealed") }
        guard row.isErased || row.detailsNow == detailsHash else {
            throw AuditFault(
                .detailsChanged, row: row.id, seal: sealing.sealID,
                "row \(row.id) was changed: its details differ from their hash, and nobody has "
                    + "erased them")
        }
    }

    private func changed(_ row: AuditEntry, _ what: String) -> AuditFault {
        AuditFault(
            .contentChanged, row: row.id, seal: row.sealing?.sealID,
            "row \(row.id) was changed: \(what)")
    }
}
