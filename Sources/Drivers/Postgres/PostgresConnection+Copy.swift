extension PostgresConnection {
    /// Streams bytes into `COPY … FROM STDIN`.
    ///
    /// The statement timeout of the session holds for the whole of it; each chunk has the deadline
    /// of one call. If `produce` throws, or the task is cancelled, nothing is copied.
    ///
    /// - Parameter produce: the next chunk, which need not end with a row; nil at the end.
    /// - Returns: the number of rows.
    @discardableResult
    package func copyIn(
        isolation: isolated (any Actor)? = #isolation, _ sql: String,
        _ produce: () async throws -> [UInt8]?
    ) async throws -> Int {
        try await beginCopy(sql, .into)
        do {
            while let chunk = try await produce() { try await put(chunk) }
        } catch {
            await refuse()
            throw error
        }
        return try await endCopyIn()
    }

    /// Streams what `COPY … TO STDOUT` says.
    ///
    /// - Parameter consume: takes whole rows, about 256 kB at a time. If it throws, the copy is
    ///   cancelled.
    package func copyOut(
        isolation: isolated (any Actor)? = #isolation, _ sql: String,
        _ consume: ([UInt8]) async throws -> Void
    ) async throws {
        try await beginCopy(sql, .out)
        do {
            while let chunk = try await nextChunk() { try await consume(chunk) }
        } catch {
            await discardRest()
            throw error
        }
    }

    private func beginCopy(
        _ sql: String, _ direction: LibpqConnection.CopyDirection
    ) async throws(PostgresError) {
        try await perform(deadline: nil, copy: .begin) { (libpq, call) throws(PostgresError) in
            try libpq.beginCopy(sql, direction, &call)
        }
    }

    private func put(_ chunk: [UInt8]) async throws(PostgresError) {
        try await perform(deadline: nil, copy: .go) { (libpq, call) throws(PostgresError) in
            try libpq.putCopy(chunk, &call)
        }
    }

    private func endCopyIn() async throws(PostgresError) -> Int {
        do {
            return try await perform(deadline: nil, copy: .end) {
                (libpq, call) throws(PostgresError) in
                try libpq.endCopyIn(refusing: nil, &call)
            }
        } catch {
            // Cancelled before the end was sent: the server still waits for data.
            if isCopying { await refuse() }
            throw error
        }
    }

    private func refuse() async {
        do {
            _ = try await perform(deadline: nil, copy: .end, ignoresCancellation: true) {
                (libpq, call) throws(PostgresError) in
                try libpq.endCopyIn(refusing: "stopped by the client", &call)
            }
        } catch {
            close()
        }
    }

    private func nextChunk() async throws(PostgresError) -> [UInt8]? {
        let chunk = try await perform(deadline: nil, copy: .go) {
            (libpq, call) throws(PostgresError) in
            try libpq.nextCopyChunk(&call)
        }
        if chunk == nil { isCopying = false }
        return chunk
    }

    /// Cancels a copy to us and reads what is still on its way.
    private func discardRest() async {
        guard isCopying else { return }
        do {
            try await perform(deadline: nil, copy: .end, ignoresCancellation: true) {
                (libpq, call) throws(PostgresError) in
                canceller.cancel()
                while try libpq.nextCopyChunk(&call) != nil {}
            }
        } catch {
            // The server's own error ends the copy properly; anything else does not.
            if error.kind != .server && error.kind != .cancelled { close() }
        }
    }
}
