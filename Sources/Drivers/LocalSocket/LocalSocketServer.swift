import Glibc
import Synchronization
import Threads

/// Answers one question a connection on a local socket, until it is stopped.
///
/// Peers that may not ask are hung up on. Questions are one line and bounded; who is slow is cut
/// off; no more than a few are answered at once.
package actor LocalSocketServer {
    package typealias Answer = @Sendable (_ question: [UInt8]) async -> [UInt8]

    private static let longestQuestion = 4_096
    private static let mostAtOnce = 8
    private static let patience: Duration = .seconds(2)

    private let path: LocalSocketPath
    private let group: UInt32?
    private let answer: Answer
    private let refused: @Sendable (PeerCredentials) -> Void
    private var listening: Listening?
    private var isStopping = false
    private var answering = 0

    private struct Listening: Sendable {
        let socket: SocketDescriptor
        /// Written to wake the thread that waits for connections.
        let wakeEnd: SocketDescriptor
        let wakeStart: SocketDescriptor
    }

    /// - Parameters:
    ///   - group: whose members may ask too; the socket is then theirs to connect to.
    ///   - refused: told of a peer that may not ask; must return at once.
    package init(
        _ path: LocalSocketPath, group: UInt32? = nil,
        refused: @escaping @Sendable (PeerCredentials) -> Void = { _ in },
        answer: @escaping Answer
    ) {
        self.path = path
        self.group = group
        self.refused = refused
        self.answer = answer
    }

    /// Listens and answers until `stop`. The socket's file is gone afterwards.
    ///
    /// - Throws: if it cannot listen.
    package func run() async throws(LocalSocketError) {
        guard !isStopping else { return }
        let listening = try open()
        self.listening = listening
        await withTaskGroup(of: Void.self) { tasks in
            while !isStopping {
                guard let connection = await Self.accept(listening) else { continue }
                guard answering < Self.mostAtOnce else { continue }
                answering += 1
                tasks.addTask {
                    await self.serve(connection)
                    await self.hasAnswered()
                }
            }
        }
        unlink(path.path)
        self.listening = nil
    }

    /// Asks for the end of `run`; may be called more than once.
    package func stop() {
        isStopping = true
        guard let listening else { return }
        var byte: UInt8 = 1
        _ = send(listening.wakeStart.number, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    private func hasAnswered() { answering -= 1 }

    private func open() throws(LocalSocketError) -> Listening {
        let socket = try SocketDescriptor()
        // What a process of the same number left behind when it died.
        unlink(path.path)
        guard SocketDescriptor.withAddress(path, { bind(socket.number, $0, $1) }) == 0 else {
            throw LocalSocketError("\(path.path) cannot be listened on")
        }
        // Until it listens nobody can connect, so that nobody slips in before the mode is set.
        if let group, !LocalSocketFolder.give(path.path, to: group) {
            throw LocalSocketError("\(path.path) cannot be given to the group")
        }
        guard chmod(path.path, group == nil ? 0o600 : 0o660) == 0 else {
            throw LocalSocketError("\(path.path) cannot be closed to others")
        }
        guard listen(socket.number, 16) == 0 else {
            throw LocalSocketError("\(path.path) cannot be listened on")
        }
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
            throw LocalSocketError("no pair of sockets")
        }
        return Listening(
            socket: socket, wakeEnd: SocketDescriptor(owning: pair[0]),
            wakeStart: SocketDescriptor(owning: pair[1]))
    }

    /// The next connection; nil when woken, or when it was gone again.
    private static func accept(_ listening: Listening) async -> SocketDescriptor? {
        await OwnThread.run(named: "local socket") { () -> SocketDescriptor? in
            var entries = [
                pollfd(fd: listening.socket.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listening.wakeEnd.number, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&entries, 2, -1) > 0, entries[1].revents == 0 else { return nil }
            // (accept4 is a GNU extension, which the Glibc module does not show.)
            let number = Glibc.accept(listening.socket.number, nil, nil)
            guard number >= 0 else { return nil }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
            return SocketDescriptor(owning: number)
        }
    }

    private nonisolated func serve(_ connection: SocketDescriptor) async {
        guard let peer = PeerCredentials(of: connection.number) else { return }
        guard peer.mayAsk(group: group) else { return refused(peer) }
        do {
            let question = try await OwnThread.run(named: "local socket") {
                () throws(LocalSocketError) in
                try connection.read(
                    atMost: Self.longestQuestion, until: .now + Self.patience
                ) { $0.contains(UInt8(ascii: "\n")) }
            }
            guard let end = question.firstIndex(of: UInt8(ascii: "\n")) else { return }
            let answer = await answer(Array(question[..<end]))
            try await OwnThread.run(named: "local socket") { () throws(LocalSocketError) in
                try connection.write(answer, until: .now + Self.patience)
            }
        } catch {
            // A peer that is slow, or has left: its loss.
        }
    }
}
