import Glibc

/// A TCP socket of this machine that listens before anybody takes connections from it, as systemd's
/// socket units do; closed with this value.
package final class ListeningSocket: Sendable {
    package struct Failure: Error {}

    package let descriptor: Int32
    package let port: UInt16

    package init() throws {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) | listen(descriptor, 128)
                    | getsockname(descriptor, $0, &length)
            }
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
        guard code == 0 else { throw Failure() }
    }

    deinit { close(descriptor) }
}
