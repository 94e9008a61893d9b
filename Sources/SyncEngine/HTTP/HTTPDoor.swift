import Glibc
import NIOCore
import Synchronization

/// Whether this process takes connections, and which are open; any thread may ask.
///
/// ```
/// open ── shut() ──> shut ── dismiss() ──> dismissed
/// ```
///
/// Shut, it takes no new connection, and answers say `Connection: close`. Dismissed, idle connections
/// are closed, others after the answer in hand. On a socket that other processes listen on too, what is
/// not taken here waits for them: nobody is turned away.
final class HTTPDoor: Sendable {
    private enum State: Sendable, Equatable {
        case open, shut, dismissed
    }

    private struct Inside: Sendable {
        var state = State.open
        /// Taken and not yet closed.
        var count = 0
        var connections: [ObjectIdentifier: any Channel] = [:]
    }

    private let inside = Mutex(Inside())
    private let bell = Bell()

    var isShut: Bool { inside.withLock { $0.state != .open } }

    /// Takes connections until it is shut, as long as fewer than `most` are open. Blocks: needs a
    /// thread of its own.
    func admit(
        from socket: HTTPSocket, atMost most: Int, _ taken: @Sendable (_ connection: Int32) -> Void
    ) {
        var pause: Int32 = -1
        while let hasRoom = hasRoom(most) {
            let listens = hasRoom && pause < 0
            var entries = [
                pollfd(fd: bell.end, events: Int16(POLLIN), revents: 0),
                // A negative number is passed over.
                pollfd(fd: listens ? socket.number : -1, events: Int16(POLLIN), revents: 0),
            ]
            let events = poll(&entries, 2, pause)
            pause = -1
            if entries[0].revents != 0 { bell.quieten() }
            guard events > 0, entries[1].revents != 0, !isShut else { continue }
            switch socket.take() {
            case .connection(let connection):
                inside.withLock { $0.count += 1 }
                taken(connection)
            case .nobody: break
            case .noRoom: pause = 100
            }
        }
    }

    /// Nil once it is shut.
    private func hasRoom(_ most: Int) -> Bool? {
        inside.withLock { $0.state == .open ? $0.count < most : nil }
    }

    func shut() {
        inside.withLock { if $0.state == .open { $0.state = .shut } }
        bell.ring()
    }

    /// No connection stays open for longer than its answer.
    func dismiss() {
        let connections = inside.withLock { inside in
            inside.state = .dismissed
            return Array(inside.connections.values)
        }
        bell.ring()
        for connection in connections { Self.dismiss(connection) }
    }

    /// One that was taken, and whose pipeline stands.
    func enters(_ connection: any Channel) {
        let isDismissed = inside.withLock { inside in
            inside.connections[ObjectIdentifier(connection)] = connection
            return inside.state == .dismissed
        }
        if isDismissed { Self.dismiss(connection) }
    }

    /// One that was taken is closed; nil where no pipeline ever stood.
    func leaves(_ connection: (any Channel)?) {
        inside.withLock { inside in
            inside.count -= 1
            if let connection { inside.connections[ObjectIdentifier(connection)] = nil }
        }
        bell.ring()
    }

    private static func dismiss(_ connection: any Channel) {
        connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}

/// Wakes who waits in `poll`: one pipe, written to by anybody.
private final class Bell: Sendable {
    let end: Int32
    private let start: Int32

    init() {
        var pair: [Int32] = [-1, -1]
        pipe(&pair)
        (end, start) = (pair[0], pair[1])
        for number in pair {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(end)
        close(start)
    }

    func ring() {
        var byte: UInt8 = 1
        // A pipe that is full has rung already.
        _ = write(start, &byte, 1)
    }

    func quieten() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(end, &bytes, bytes.count) == bytes.count {}
    }
}
