import CPostgres
import Glibc

/// `COPY` in and out, in chunks (libpq documentation 34.10).
extension LibpqConnection {
    enum CopyDirection {
        case into
        case out

        fileprivate var status: ExecStatusType { self == .into ? PGRES_COPY_IN : PGRES_COPY_OUT }
    }

    /// What libpq takes, and what a reader gets, at a time.
    private static let chunkBytes = 256 * 1_024

    /// How long rows that have arrived wait for more to make up a chunk.
    private static let lingerMilliseconds: Int32 = 5

    func beginCopy(
        _ sql: String, _ direction: CopyDirection, _ call: inout Call
    ) throws(PostgresError) {
        guard PQsendQuery(try connection(), sql) == 1 else { throw lost() }
        try flush(&call)
        guard let result = try nextResult(&call) else { throw lost() }
        if result.status == direction.status { return }
        let failure =
            result.status == PGRES_FATAL_ERROR
            ? PostgresError(result, statementIndex: nil)
            : PostgresError(.misuse, "The statement is not a COPY in this direction.")
        // In the other direction of COPY nothing else ends it.
        if failure.kind == .misuse { close() } else { _ = try drainResults(&call) }
        throw failure
    }

    /// Sends bytes of the copy; they need not end with a row.
    func putCopy(_ bytes: [UInt8], _ call: inout Call) throws(PostgresError) {
        var start = 0
        while start < bytes.count {
            let end = min(start + Self.chunkBytes, bytes.count)
            try put(bytes[start..<end], &call)
            start = end
        }
    }

    private func put(_ bytes: ArraySlice<UInt8>, _ call: inout Call) throws(PostgresError) {
        while true {
            let pointer = try connection()
            let accepted = bytes.withUnsafeBytes { bytes in
                let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
                return PQputCopyData(pointer, start, Int32(bytes.count))
            }
            guard accepted >= 0 else { throw lost() }
            try flush(&call)
            if accepted == 1 { return }
        }
    }

    /// Ends the copy.
    ///
    /// - Parameter reason: not nil to have the server refuse what was sent.
    /// - Returns: the number of rows copied; 0 for a refused copy.
    func endCopyIn(refusing reason: String?, _ call: inout Call) throws(PostgresError) -> Int {
        while true {
            let ended = PQputCopyEnd(try connection(), reason)
            guard ended >= 0 else { throw lost() }
            try flush(&call)
            if ended == 1 { break }
        }
        let (affected, failure) = try drainResults(&call)
        if let failure, reason == nil { throw failure }
        return affected
    }

    /// The next bytes of the copy, whole rows, about 256 kB at most unless one row is longer; nil
    /// at its end.
    func nextCopyChunk(_ call: inout Call) throws(PostgresError) -> [UInt8]? {
        var chunk: [UInt8] = []
        chunk.reserveCapacity(Self.chunkBytes + Self.chunkBytes / 8)
        while !isCopyOutOver {
            let pointer = try connection()
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(pointer, &row, 1)
            switch length {
            case 1...:
                chunk += UnsafeRawBufferPointer(start: row, count: Int(length))
                PQfreemem(row)
                if chunk.count >= Self.chunkBytes { return chunk }
            case 0:
                // The server sends 8 kB at a time: handing over each would cost more than it holds.
                guard
                    chunk.isEmpty || poll(for: POLLIN, milliseconds: Self.lingerMilliseconds)
                else { return chunk }
                _ = try wait(for: POLLIN, &call)
                try consumeInput()
            case -1: isCopyOutOver = true
            default: throw lost()
            }
        }
        guard chunk.isEmpty else { return chunk }
        isCopyOutOver = false
        if let failure = try drainResults(&call).failure { throw failure }
        return nil
    }

    /// Takes the results up to the end of the command.
    private func drainResults(
        _ call: inout Call
    ) throws(PostgresError) -> (affected: Int, failure: PostgresError?) {
        var (affected, failure): (Int, PostgresError?) = (0, nil)
        while let result = try nextResult(&call) {
            if result.status == PGRES_COMMAND_OK {
                affected = result.affectedRows
            } else {
                failure = failure ?? PostgresError(result, statementIndex: nil)
            }
            guard isUsable else { throw failure ?? lost() }
        }
        return (affected, failure)
    }
}
