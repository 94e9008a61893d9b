import Hashing
import Postgres
import Probes

/// What a walk along the audit trail came to.
package struct AuditVerification: Sendable, Equatable {
    /// Nil if the trail is whole.
    package var fault: AuditFault?
    package var sealedRows: Int64
    package var seals: Int64
    /// Rows with personal values erased: their details cannot be compared any more.
    package var erasedRows: Int64
    package var unsealedRows: Int64
    package var oldestUnsealedAt: Timestamp?
    /// 64 hexadecimal digits; nil while nothing is sealed.
    package var head: String?
    package var headSealedAt: Timestamp?
    /// The seal that has the head that was asked for.
    package var knownSealID: Int64?
    /// The server's clock.
    package var at: Timestamp

    package var isWhole: Bool { fault == nil }

    /// Walks the whole trail in one snapshot, a page at a time: it needs the same memory however
    /// long the trail is.
    ///
    /// - Parameter head: as the log has it; some seal must have it. Nil asks for none.
    /// - Throws: `PostgresError`; what is wrong with the trail is in the answer.
    package static func walk(
        _ connection: PostgresConnection, head: String? = nil, pageRows: Int = 2_000
    ) async throws -> AuditVerification {
        try await connection.transaction(mode: "ISOLATION LEVEL REPEATABLE READ, READ ONLY") {
            connection in
            var walk = AuditWalk(
                connection: connection, pageRows: pageRows, expectedHead: head?.lowercased())
            return try await walk.toEnd()
        }
    }
}

/// One walk: two cursors, and the check that they feed.
private struct AuditWalk {
    let connection: PostgresConnection
    let pageRows: Int
    let expectedHead: String?
    private var check = AuditCheck()
    private var seals: ArraySlice<AuditSeal> = []
    private var lastSealID: Int64 = 0
    private var isOutOfSeals = false
    private var knownSealID: Int64?

    init(connection: PostgresConnection, pageRows: Int, expectedHead: String?) {
        self.connection = connection
        self.pageRows = pageRows
        self.expectedHead = expectedHead
    }

    mutating func toEnd() async throws -> AuditVerification {
        let now = try await connection.query(EngineSQL.auditSealLast).only().timestamp("now")
        var fault: AuditFault?
        do {
            try await walk()
            if let expectedHead, knownSealID == nil {
                throw AuditFault(
                    .headUnknown,
                    "no seal has the head \(expectedHead.prefix(16))…: the trail was cut or "
                        + "replaced after that was written down")
            }
        } catch let found as AuditFault {
            fault = found
        }
        let newest = check.newestSeal
        return AuditVerification(
            fault: fault, sealedRows: check.sealedRows, seals: check.seals,
            erasedRows: check.erasedRows, unsealedRows: check.unsealedRows,
            oldestUnsealedAt: check.oldestUnsealedAt.map { Timestamp(microseconds: $0) },
            head: newest?.headHash.hexadecimal,
            headSealedAt: newest.map { Timestamp(microseconds: $0.sealedAt) },
            knownSealID: knownSealID, at: Timestamp(microseconds: now))
    }

    private mutating func walk() async throws {
        var after: Int64 = 0
        while true {
            let page = try await connection.query(
                EngineSQL.auditRows, [.int(after), .int(.max), .int(pageRows), .bool(false)])
            for row in page {
                let entry = try AuditEntry(row: row)
                while check.wantsSeal(before: entry.id), let seal = try await nextSeal() {
                    try take(seal)
                }
                try check.take(entry)
                after = entry.id
            }
            if page.count < pageRows { break }
        }
        while let seal = try await nextSeal() { try take(seal) }
        try check.finish()
    }

    private mutating func take(_ seal: AuditSeal) throws(AuditFault) {
        try check.take(seal)
        guard let expectedHead, seal.headHash.hexadecimal.hasPrefix(expectedHead) else { return }
        knownSealID = seal.id
    }

    private mutating func nextSeal() async throws -> AuditSeal? {
        if seals.isEmpty, !isOutOfSeals {
            var page: [AuditSeal] = []
            for row in try await connection.query(
                EngineSQL.auditSealsPage, [.int(lastSealID), .int(pageRows)])
            {
                page.append(try AuditSeal(row: row))
            }
            seals = page[...]
            isOutOfSeals = page.count < pageRows
        }
        guard let seal = seals.popFirst() else { return nil }
        lastSealID = seal.id
        return seal
    }
}
