import FoundationEssentials
import Glibc
import Postgres
import Synchronization
import Threads

/// Stands between a client and a PostgreSQL server on a Unix socket, to lose what the server says.
package final class PostgresProxy: Sendable {
    /// The server's URL with the proxy's folder in the place of its own.
    package let url: String

    private let folder: String
    private let server: String
    private let listener: Int32
    private let losesNextCommit = Atomic(false)
    private let cutsNextPipeline = Atomic(false)
    private let losses = Atomic(0)

    /// What ends a pipeline (protocol: Sync).
    private static let sync: [UInt8] = [UInt8(ascii: "S"), 0, 0, 0, 4]

    private struct Failure: Error {}

    /// - Parameter url: as `PostgresFixture` gives it, with the socket's folder as `host`.
    package init(to url: String) throws {
        let marker = "host="
        guard let range = url.firstRange(of: marker) else { throw Failure() }
        let host = url[range.upperBound...].prefix { $0 != "&" }
        let path = Self.decoded(host)
        var template = Array("/tmp/sc-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure() }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.url =
            url[..<range.upperBound] + folder + url[range.upperBound...].dropFirst(host.count)
        let name = try FileManager.default.contentsOfDirectory(atPath: path)
            .first { $0.hasPrefix(".s.PGSQL.") && !$0.hasSuffix(".lock") }
        guard let name else { throw Failure() }
        server = path + "/" + name
        listener = try Self.socket(at: folder + "/" + name, connecting: false)
        OwnThread.start(named: "proxy-accept") { [self] in accept() }
    }

    /// The next commit is carried out, and its client never hears of it: the connection ends.
    package func loseNextCommit() { losesNextCommit.store(true, ordering: .sequentiallyConsistent) }

    /// The next pipeline comes to the server without its end, and its client stays connected and says
    /// no more: so does a process that was frozen while it was sending.
    package func cutNextPipeline() {
        cutsNextPipeline.store(true, ordering: .sequentiallyConsistent)
    }

    /// How many were lost.
    package var lostCommits: Int { losses.load(ordering: .sequentiallyConsistent) }

    /// Takes no connection any more; those that stand end with their clients.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Without its percent signs.
    private static func decoded(_ text: Substring) -> String {
        var parts = text.split(separator: "%", omittingEmptySubsequences: false)[...]
        var bytes = parts.popFirst().map { Array($0.utf8) } ?? []
        for part in parts {
            bytes += UInt8(part.prefix(2), radix: 16).map { [$0] } ?? []
            bytes += Array(part.dropFirst(2).utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            OwnThread.start(named: "proxy") { [self] in
                defer { close(client) }
                guard let server = try? Self.socket(at: server, connecting: true) else { return }
                forward(client, server)
                close(server)
            }
        }
        close(listener)
    }

    private func forward(_ client: Int32, _ server: Int32) {
        var sides = [
            pollfd(fd: client, events: Int16(POLLIN), revents: 0),
            pollfd(fd: server, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while poll(&sides, 2, -1) > 0 {
            for (from, to) in [(0, 1), (1, 0)] where sides[from].revents != 0 {
                var count = read(sides[from].fd, &buffer, buffer.count)
                guard count > 0 else { return }
                if from == 0, buffer[..<count].suffix(Self.sync.count).elementsEqual(Self.sync),
                    cutsNextPipeline.exchange(false, ordering: .sequentiallyConsistent)
                {
                    count -= Self.sync.count
                }
                // What the server says once it has committed (protocol: CommandComplete).
                if from == 1, buffer[..<count].firstRange(of: Array("COMMIT\0".utf8)) != nil,
                    losesNextCommit.exchange(false, ordering: .sequentiallyConsistent)
                {
                    losses.add(1, ordering: .sequentiallyConsistent)
                    return
                }
                var sent = 0
                while sent < count {
                    let step = buffer.withUnsafeBytes {
                        send(
                            sides[to].fd, $0.baseAddress.map { $0 + sent }, count - sent,
                            Int32(MSG_NOSIGNAL))
                    }
                    guard step > 0 else { return }
                    sent += step
                }
            }
        }
    }

    private static func socket(at path: String, connecting: Bool) throws -> Int32 {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure() }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard path.utf8.count < place.count else { return false }
            place.copyBytes(from: path.utf8)
            return true
        }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connecting ? connect(descriptor, $0, length) : bind(descriptor, $0, length)
            }
        }
        guard fits, result == 0, connecting || listen(descriptor, 64) == 0 else {
            close(descriptor)
            throw Failure()
        }
        return descriptor
    }
}
