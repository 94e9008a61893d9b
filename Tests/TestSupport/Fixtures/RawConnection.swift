import Glibc
import Threads

/// A TCP connection to this machine, byte by byte: for what no proper client would do.
package final class RawConnection: Sendable {
    package struct Refused: Error {}

    private let descriptor: Int32

    package init(port: UInt16) throws {
        descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(descriptor)
            throw Refused()
        }
    }

    deinit { close(descriptor) }

    package func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        else { throw Refused() }
    }

    /// Sends `count` bytes on a thread of its own, as fast as the other side takes them.
    ///
    /// - Parameter isChunked: each 64 KiB is a chunk of a chunked body.
    /// - Returns: how many were taken before the other side closed.
    package func flood(_ count: Int, isChunked: Bool = false) async -> Int {
        let descriptor = descriptor
        return await OwnThread.run(named: "flood") { () throws(Never) in
            let plain = [UInt8](repeating: UInt8(ascii: " "), count: 65_536)
            let piece =
                isChunked ? Array("10000\r\n".utf8) + plain + Array("\r\n".utf8) : plain
            var sent = 0
            while sent < count {
                var rest = piece[...]
                while !rest.isEmpty {
                    let taken = rest.withUnsafeBytes {
                        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                    }
                    guard taken > 0 else { return sent }
                    rest = rest.dropFirst(taken)
                }
                sent += plain.count
            }
            return sent
        }
    }

    /// What has come and was not read yet; it can be read again.
    package func peek() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(
            descriptor, &bytes, bytes.count,
            Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        guard count >= 0 || errno == EAGAIN else { throw Refused() }
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    /// All that comes until the other side closes.
    package func readToEnd() async -> String {
        await read { _ in false }
    }

    /// All that comes until it holds `mark`, or the other side closes.
    package func read(until mark: String) async -> String {
        await read { $0.contains(mark) }
    }

    private func read(until isEnough: (String) -> Bool) async -> String {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                bytes += chunk[..<count]
                let text = String(decoding: bytes, as: UTF8.self)
                if isEnough(text) { return text }
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                try? await Task.sleep(for: .milliseconds(5))
            } else {
                return String(decoding: bytes, as: UTF8.self)
            }
        }
    }
}
