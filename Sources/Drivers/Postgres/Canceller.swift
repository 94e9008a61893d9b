import Synchronization
import Threads

/// Cancels the call that is being executed, from any thread, and never a later one.
///
/// A request to cancel travels over a connection of its own and reaches the server at some later
/// time; so a call ends only after the request sent for it has been passed on.
final class Canceller: Sendable {
    private struct State {
        var handle: CancelHandle?
        /// The call in progress; nil between calls.
        var ticket: UInt64?
        var lastTicket: UInt64 = 0
        var isSending = false
    }

    /// Raised when the call in progress is to end: whoever waits for the server polls it.
    let interrupt = EventDescriptor()
    private let sent = EventDescriptor()
    private let state = Mutex(State())

    func connected(_ handle: CancelHandle?) {
        state.withLock { $0.handle = handle }
    }

    /// Opens a call.
    func begin() -> UInt64 {
        state.withLock { state in
            state.lastTicket += 1
            state.ticket = state.lastTicket
            interrupt.clear()
            sent.clear()
            return state.lastTicket
        }
    }

    /// Closes the call. Blocks while a request for it is on its way, up to a second.
    ///
    /// - Returns: false if the request is still on its way, and might hit the next call.
    func end() -> Bool {
        let isSending = state.withLock { state in
            state.ticket = nil
            return state.isSending
        }
        return !isSending || sent.wait(milliseconds: 1_000)
    }

    /// Cancels the call in progress, if it is the one with this ticket (nil: any). Does not block.
    func cancel(_ ticket: UInt64? = nil) {
        let handle: CancelHandle? = state.withLock { state in
            guard let current = state.ticket, ticket == nil || ticket == current else { return nil }
            interrupt.raise()
            guard !state.isSending, let handle = state.handle else { return nil }
            state.isSending = true
            return handle
        }
        guard let handle else { return }
        OwnThread.start(named: "pg-cancel") { [self] in
            handle.requestCancel()
            state.withLock { state in
                state.isSending = false
                sent.raise()
            }
        }
    }
}
