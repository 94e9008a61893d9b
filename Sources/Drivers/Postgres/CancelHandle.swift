import CPostgres

/// Owns a `PGcancel`: the address and the key by which any thread can ask the server to cancel.
///
/// Safe to share: libpq never changes the object after creating it, `PQcancel` only reads it.
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Nil if the connection is not there.
    init?(connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit {
        PQfreeCancel(pointer)
    }

    /// Opens a connection of its own and blocks until the server has passed the request on.
    func requestCancel() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
