import Glibc
import NIOCore

/// A TCP socket that listens; closed with this value, or before.
///
/// NIO's own listening channel wants a socket for itself: it takes for granted that somebody waits
/// whenever the system says so, which on a shared socket another process may have taken meanwhile.
final class HTTPSocket: Sendable {
    let number: Int32

    /// Throws `IOError` where it cannot listen there.
    init(host: String, port: Int) throws {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        number = socket(
            address.protocol == .inet6 ? AF_INET6 : AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var isOn: Int32 = 1
        setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        let number = number
        guard address.withSockAddr({ bind(number, $0, socklen_t($1)) }) == 0,
            listen(number, 256) == 0
        else {
            let reason = errno
            close(number)
            throw IOError(errnoCode: reason, reason: "listen")
        }
    }

    /// A copy of one that listens already: closing it does not take it from a later attempt.
    init(copying handed: Int32) throws {
        number = fcntl(handed, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { throw IOError(errnoCode: errno, reason: "dup") }
        // For all who share it: whoever comes second to a connection must not wait for the next.
        _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
    }

    deinit { close(number) }

    /// Where it listens.
    var address: SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage in
            let isKnown = storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(number, $0, &length) == 0
            }
            guard isKnown else { return nil }
            return switch Int32(storage.pointee.ss_family) {
            case AF_INET:
                storage.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    SocketAddress($0.pointee)
                }
            case AF_INET6:
                storage.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    SocketAddress($0.pointee)
                }
            default: nil
            }
        }
    }

    enum Visit {
        case connection(Int32)
        /// Nobody waits any more, or who waited has left.
        case nobody
        /// The process has no descriptor left, or the system no memory: it passes.
        case noRoom
    }

    /// Who waits first; does not block.
    func take() -> Visit {
        // (accept4 is a GNU extension, which the Glibc module does not show.)
        let connection = accept(number, nil, nil)
        guard connection >= 0 else {
            return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .noRoom : .nobody
        }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        return .connection(connection)
    }
}
