import Glibc

/// Keeps a loopback port from being given to anybody else: bound, and not listening, so that
/// connecting to it is refused as it is for a server that is down.
///
/// librdkafka's mock aborts the process if the port of a broker was taken while it was down.
final class PortReservation: Sendable {
    private let socket: Int32

    /// Nil if the port is in use already.
    init?(port: UInt16) {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return nil }
        var reuse: Int32 = 1
        setsockopt(
            socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        guard bound == 0 else {
            close(socket)
            return nil
        }
    }

    deinit {
        close(socket)
    }
}
