import Foundation
import LocalSocket
import Synchronization
import TestSupport
import Testing

@Suite("Local socket", .timeLimit(.minutes(5)))
struct LocalSocketTests {
    /// A folder of this test's own, short enough for a socket.
    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/sc-\(UInt32.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try LocalSocketFolder.prepare(folder, group: nil)
        try await body(folder)
    }

    private static func withServer(
        _ path: LocalSocketPath, answer: @escaping LocalSocketServer.Answer,
        _ body: () async throws -> Void
    ) async throws {
        let server = LocalSocketServer(path, answer: answer)
        let running = Task { try await server.run() }
        let isThere = await eventually(within: .seconds(20)) {
            (try? await LocalSocketClient.ask(path, [UInt8(ascii: "?")])) != nil
        }
        #expect(isThere)
        do { try await body() } catch {
            await server.stop()
            _ = await running.result
            throw error
        }
        await server.stop()
        _ = await running.result
    }

    @Test("answers one question a connection, also a long answer, and is closed to others")
    func answers() async throws {
        try await Self.withFolder { folder in
            let path = try #require(LocalSocketFolder.path(in: folder, name: "engine-1"))
            try await Self.withServer(path) { question in
                question + [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
            } _: {
                let answer = try await LocalSocketClient.ask(path, Array("hello".utf8))
                #expect(answer.count == 3_000_005)
                #expect(answer.starts(with: Array("hello".utf8)))
                var status = stat()
                #expect(lstat(path.path, &status) == 0)
                #expect(status.st_mode & 0o777 == 0o600)
                await #expect(throws: LocalSocketError.self) {
                    try await LocalSocketClient.ask(path, [UInt8(ascii: "?")], limit: 1_000)
                }
            }
            #expect(LocalSocketFolder.sockets(in: folder).isEmpty)
        }
    }

    @Test("a question beyond the bound is not answered")
    func longQuestion() async throws {
        try await Self.withFolder { folder in
            let path = try #require(LocalSocketFolder.path(in: folder, name: "engine-1"))
            let asked = Mutex(0)
            try await Self.withServer(path) { question in
                if question.count > 1 { asked.withLock { $0 += 1 } }
                return [1]
            } _: {
                let long = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
                _ = try? await LocalSocketClient.ask(path, long)
                #expect(asked.withLock { $0 } == 0)
                let answer = try await LocalSocketClient.ask(path, [UInt8(ascii: "?")])
                #expect(answer == [1])
            }
        }
    }

    @Test("sockets that nobody listens on are swept up, the others stay")
    func sweeping() async throws {
        try await Self.withFolder { folder in
            let alive = try #require(LocalSocketFolder.path(in: folder, name: "engine-1"))
            let stale = try #require(LocalSocketFolder.path(in: folder, name: "engine-2"))
            try await Self.withServer(alive, answer: { _ in [1] }) {
                // Bound and closed, as a process leaves it that was killed.
                let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                var address = sockaddr_un()
                address.sun_family = sa_family_t(AF_UNIX)
                withUnsafeMutableBytes(of: &address.sun_path) {
                    $0.copyBytes(from: Array(stale.path.utf8))
                }
                let isBound = withUnsafePointer(to: &address) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
                    }
                }
                close(descriptor)
                #expect(isBound)
                #expect(LocalSocketFolder.sockets(in: folder) == [alive, stale])
                LocalSocketFolder.sweep(folder)
                #expect(LocalSocketFolder.sockets(in: folder) == [alive])
            }
        }
    }

    @Test("a folder that others may write to, or a link in its place, is not taken")
    func unsafeFolders() async throws {
        try await Self.withFolder { folder in
            chmod(folder, 0o777)
            #expect(throws: LocalSocketError.self) {
                try LocalSocketFolder.prepare(folder, group: nil)
            }
            chmod(folder, 0o700)
            let link = folder + "/link"
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: folder)
            #expect(throws: LocalSocketError.self) {
                try LocalSocketFolder.prepare(link, group: nil)
            }
        }
    }

    @Test("a folder that anybody could have made is not asked, another user's beside root's is")
    func credibleFolders() async throws {
        try await Self.withFolder { folder in
            #expect(LocalSocketFolder.isCredible(folder))
            chmod(folder, 0o777)
            #expect(!LocalSocketFolder.isCredible(folder))
            chmod(folder, 0o755)
            // Nobody else can give a folder away.
            guard geteuid() == 0 else { return }
            let other: uid_t = 4_000_001
            chown(folder, other, 0)
            #expect(!LocalSocketFolder.isCredible(folder))
            chown(folder, 0, 0)
            let service = folder + "/syncconsole"
            mkdir(service, 0o750)
            chown(service, other, 0)
            #expect(LocalSocketFolder.isCredible(service))
        }
    }

    @Test("the same user, root and the group's members may ask, nobody else")
    func credentials() {
        let peer = PeerCredentials(processID: 1, userID: 4_000_001, groupID: 4_000_002)
        #expect(peer.mayAsk(userID: 4_000_001, group: nil))
        #expect(!peer.mayAsk(userID: 4_000_009, group: nil))
        #expect(peer.mayAsk(userID: 4_000_009, group: 4_000_002))
        #expect(!peer.mayAsk(userID: 4_000_009, group: 4_000_003))
        #expect(
            PeerCredentials(processID: 1, userID: 0, groupID: 0).mayAsk(
                userID: 4_000_009, group: nil))
    }

    @Test("the places to look are the session's folder, the system's and one of the user's own")
    func places() {
        #expect(
            LocalSocketFolder.usual(variables: ["XDG_RUNTIME_DIR": "/run/user/7"], userID: 7)
                == ["/run/user/7/syncconsole", "/run/syncconsole", "/tmp/syncconsole-7"])
        #expect(
            LocalSocketFolder.usual(variables: ["XDG_RUNTIME_DIR": "relative"], userID: 0)
                == ["/run/syncconsole", "/tmp/syncconsole-0"])
    }
}
