import Hashing

/// How rows and seals of the audit trail are hashed.
///
/// Every value is written with its length before it, and absent ones are marked, so that no two
/// different rows are the same bytes. The details come in by their hash: personal values in them
/// can be erased, and the chain still holds.
enum AuditChain {
    /// What the first row of all follows.
    static let beginning = [UInt8](repeating: 0, count: SHA256.byteCount)

    /// The hash of a row that follows `previous` and is sealed in seal `sealID`.
    static func hash(
        _ entry: AuditEntry, in sealID: Int64, detailsHash: [UInt8], after previous: [UInt8]
    ) -> [UInt8] {
        var form = LengthPrefixedForm("syncconsole audit row 1")
        form.append(previous)
        form.append(sealID)
        form.append(entry.id)
        form.append(entry.at)
        for text in entry.texts { form.append(text) }
        form.append(detailsHash)
        return SHA256.hash(form.bytes)
    }

    /// The head of a seal whose last row has the hash `last`.
    static func head(_ seal: AuditSeal, after last: [UInt8]) -> [UInt8] {
        var form = LengthPrefixedForm("syncconsole audit seal 1")
        form.append(last)
        for number in [
            seal.id, seal.sealedAt, seal.engineID, seal.fencing, seal.firstID, seal.lastID,
            seal.rows,
        ] {
            form.append(number)
        }
        return SHA256.hash(form.bytes)
    }

    /// Rows as they are sealed, in their order; `seal` comes back with its head.
    static func seal(
        _ entries: [AuditEntry], as seal: inout AuditSeal, after head: [UInt8]
    ) -> [AuditEntry.Sealing] {
        var previous = head
        var sealings: [AuditEntry.Sealing] = []
        for entry in entries {
            let hash = hash(
                entry, in: seal.id, detailsHash: entry.sealedDetailsHash, after: previous)
            sealings.append(
                AuditEntry.Sealing(sealID: seal.id, previousHash: previous, rowHash: hash))
            previous = hash
        }
        seal.headHash = self.head(seal, after: previous)
        return sealings
    }
}

/// Values one after the other, each with a mark for its kind and its length before it.
private struct LengthPrefixedForm {
    private(set) var bytes: [UInt8] = []

    init(_ name: String) { append(name) }

    mutating func append(_ text: String?) {
        guard let text else { return bytes.append(0) }
        append(kind: 1, Array(text.utf8))
    }

    mutating func append(_ value: [UInt8]) { append(kind: 2, value) }

    mutating func append(_ number: Int64) {
        append(kind: 3, withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }

    private mutating func append(kind: UInt8, _ value: [UInt8]) {
        bytes.append(kind)
        withUnsafeBytes(of: UInt64(value.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: value)
    }
}
