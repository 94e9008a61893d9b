import Glibc
import Synchronization

/// A program on a pseudo-terminal, with a terminal emulator that shows what it paints.
///
/// A thread of its own reads, feeds the emulator and watches the process; tests type, resize, send
/// signals and await what they want to see. The process is killed when this value goes.
package final class PtyProcess: Sendable {
    package enum State: Sendable, Equatable {
        case running
        case stopped
        case exited(Int32)
        case killed(Int32)
    }

    /// What is known at one moment.
    package struct Moment: Sendable {
        package let picture: TerminalPicture
        package let state: State
        /// Everything that the program wrote so far.
        package let output: [UInt8]
        /// Whether the terminal reads by lines and echoes, as a shell wants to find it.
        package let isCooked: Bool

        package func contains(_ text: String) -> Bool {
            output.count >= text.utf8.count
                && String(decoding: output, as: UTF8.self).contains(text)
        }
    }

    private struct Waiter: Sendable {
        let id: Int
        let end: ContinuousClock.Instant
        let condition: @Sendable (Moment) -> Bool
        let continuation: CheckedContinuation<Moment?, Never>
    }

    private struct Shared: Sendable {
        var state = State.running
        var output: [UInt8] = []
        var size: (rows: Int, columns: Int)
        var waiters: [Waiter] = []
        var nextId = 0
        var isClosed = false
    }

    package let pid: pid_t
    private let controller: Int32
    private let shared: Mutex<Shared>

    /// Starts the program. `environment` is all that it gets.
    package init(
        _ executable: String, arguments: [String] = [], environment: [String: String],
        rows: Int = 24, columns: Int = 80
    ) throws {
        let child = try PtyChild(
            executable: executable, arguments: arguments, environment: environment, rows: rows,
            columns: columns)
        pid = child.pid
        controller = child.controller
        shared = Mutex(Shared(size: (rows, columns)))
        PtyReader.start { [weak self] emulator in self?.step(&emulator) ?? false }
    }

    deinit {
        let isOver = shared.withLock { shared in
            switch shared.state {
            case .exited, .killed: true
            default: false
            }
        }
        if !isOver {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        close(controller)
    }

    /// Types bytes at the program.
    package func type(_ text: String) { type(Array(text.utf8)) }

    package func type(_ bytes: [UInt8]) { _ = write(controller, bytes, bytes.count) }

    /// Changes the terminal's size; the system sends SIGWINCH.
    package func resize(rows: Int, columns: Int) {
        shared.withLock { $0.size = (rows, columns) }
        PtyChild.resize(controller, rows: rows, columns: columns)
    }

    package func send(_ signal: Int32) { kill(pid, signal) }

    /// Closes the terminal, as a lost connection does.
    package func hangUp() { shared.withLock { $0.isClosed = true } }

    /// Waits until a condition holds; `nil` if it does not within the time given.
    package func when(
        within limit: Duration = .seconds(20),
        _ condition: @escaping @Sendable (Moment) -> Bool
    ) async -> Moment? {
        await withCheckedContinuation { continuation in
            shared.withLock { shared in
                shared.nextId += 1
                shared.waiters.append(
                    Waiter(
                        id: shared.nextId, end: ContinuousClock.now + limit, condition: condition,
                        continuation: continuation))
            }
        }
    }

    /// Waits until a text stands on the screen.
    package func shows(_ text: String) async -> Moment? {
        await when { $0.picture.text.contains(text) }
    }

    /// Waits until the process has ended and all it wrote has been read.
    package func ended() async -> Moment? {
        await when { moment in
            switch moment.state {
            case .exited, .killed: true
            default: false
            }
        }
    }
}

extension PtyProcess {
    /// One round of the reading thread; false when it is over.
    private func step(_ emulator: inout TerminalEmulator?) -> Bool {
        let size = shared.withLock { $0.size }
        let terminal = emulator ?? TerminalEmulator(rows: size.rows, columns: size.columns)
        emulator = terminal
        let isClosed = shared.withLock { $0.isClosed }
        if isClosed { _ = dup2(Self.nothing, controller) }
        let bytes = isClosed ? [] : read()
        let state = bytes.isEmpty ? currentState() : nil
        let resized = shared.withLock { $0.size }
        terminal.resize(rows: resized.rows, columns: resized.columns)
        terminal.write(bytes)
        let isWaitedFor = shared.withLock { shared in
            shared.output += bytes
            if let state { shared.state = state }
            return !shared.waiters.isEmpty
        }
        if isWaitedFor { answer(terminal.picture) }
        return true
    }

    private func answer(_ picture: TerminalPicture) {
        var settings = termios()
        tcgetattr(controller, &settings)
        let cooked = tcflag_t(ICANON | ECHO | ISIG)
        let isCooked = settings.c_lflag & cooked == cooked
        let now = ContinuousClock.now
        let (moment, waiters) = shared.withLock { shared in
            (
                Moment(
                    picture: picture, state: shared.state, output: shared.output,
                    isCooked: isCooked), shared.waiters
            )
        }
        for waiter in waiters {
            let holds = waiter.condition(moment)
            guard holds || now >= waiter.end else { continue }
            shared.withLock { shared in shared.waiters.removeAll { $0.id == waiter.id } }
            waiter.continuation.resume(returning: holds ? moment : nil)
        }
    }

    private func read() -> [UInt8] {
        var wait = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, 5) > 0 else { return [] }
        guard Int32(wait.revents) & POLLIN != 0 else {
            // Nobody has the terminal open: it stays readable at its end for ever.
            usleep(2000)
            return []
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(controller, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : []
    }

    /// The process's new state, if it has changed.
    private func currentState() -> State? {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED) == pid else { return nil }
        if status == 0xFFFF { return .running }
        if status & 0xFF == 0x7F { return .stopped }
        if status & 0x7F == 0 { return .exited(status >> 8 & 0xFF) }
        return .killed(status & 0x7F)
    }

    /// What stands in for a terminal that was hung up.
    private static let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
}

/// The thread that reads.
private enum PtyReader {
    private final class Start: Sendable {
        let step: @Sendable (inout TerminalEmulator?) -> Bool

        init(_ step: @escaping @Sendable (inout TerminalEmulator?) -> Bool) { self.step = step }
    }

    static func start(_ step: @escaping @Sendable (inout TerminalEmulator?) -> Bool) {
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
                var emulator: TerminalEmulator?
                while start.step(&emulator) {}
                return nil
            }, Unmanaged.passRetained(Start(step)).toOpaque())
        pthread_detach(thread)
    }
}
