import Glibc
import Synchronization

typealias SignalHandler =
    @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

/// The address of the `SignalInbox` that signals go to; 0: none.
let installedInbox = Atomic<UInt>(0)
let terminalHasCrashed = Atomic<Bool>(false)

/// What a signal handler needs to give the terminal back: plain memory, filled in before any
/// handler is installed, never freed, and only system calls that are allowed there.
enum Restoration {
    /// Whether the terminal is ours at this moment.
    static let isDue = Atomic<Bool>(false)

    private struct Memory {
        var descriptor: Int32
        var saved: termios
        var reset: UnsafeMutableRawPointer
        var resetCount: Int
    }

    /// Written before handlers exist, read by them: `nonisolated(unsafe)` is safe because there is
    /// one guard at a time and it is armed before the terminal is taken.
    nonisolated(unsafe) private static let memory =
        UnsafeMutablePointer<Memory>.allocate(capacity: 1)
    /// The handlers from before, by signal number.
    nonisolated(unsafe) static let previous =
        UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    private static let registersAtExit: Void = {
        _ = atexit { Restoration.restore() }
    }()

    /// Fills the memory, and touches everything that Swift initialises on first use.
    static func prepare(descriptor: Int32, saved: termios, resetBytes: [UInt8]) {
        // An earlier buffer is left to leak: a handler may be reading it.
        let reset = UnsafeMutableRawPointer.allocate(
            byteCount: max(1, resetBytes.count), alignment: 1)
        resetBytes.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                reset.copyMemory(from: start, byteCount: bytes.count)
            }
        }
        memory.initialize(
            to: Memory(
                descriptor: descriptor, saved: saved, reset: reset, resetCount: resetBytes.count))
        _ = previous
        _ = terminalHasCrashed.load(ordering: .acquiring)
        _ = isDue.load(ordering: .acquiring)
        _ = registersAtExit
    }

    /// Gives the terminal back, if it is ours. Async-signal-safe.
    static func restore() {
        guard isDue.exchange(false, ordering: .acquiringAndReleasing) else { return }
        _ = write(memory.pointee.descriptor, memory.pointee.reset, memory.pointee.resetCount)
        _ = tcsetattr(memory.pointee.descriptor, TCSANOW, &memory.pointee.saved)
    }
}

/// Hands a signal over to the screen's thread.
let forwardSignal: SignalHandler = { signal, _, _ in
    guard let inbox = UnsafeRawPointer(bitPattern: installedInbox.load(ordering: .acquiring))
    else { return }
    Unmanaged<SignalInbox>.fromOpaque(inbox)._withUnsafeGuaranteedRef { $0.post(signal) }
}

/// Restores the terminal, then lets the signal happen under the previous handler.
let restoreAndCrash: SignalHandler = { signal, info, _ in
    terminalHasCrashed.store(true, ordering: .releasing)
    Restoration.restore()
    sigaction(signal, Restoration.previous.advanced(by: Int(signal)), nil)
    // A fault happens again by itself when the handler returns, at the place that caused it, which
    // is what a backtrace should show; a signal that was sent must be sent again.
    if let info, info.pointee.si_code <= 0 { raise(signal) }
}
