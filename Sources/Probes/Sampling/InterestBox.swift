import Synchronization

/// Holds the newest interest; setting it wakes the sampler. May be set from any thread, and never
/// blocks.
package final class InterestBox: Sendable {
    private let interest: Mutex<Interest>
    let changed = SamplerWakeup()

    package init(_ interest: Interest = Interest()) {
        self.interest = Mutex(interest)
    }

    package var value: Interest { interest.withLock { $0 } }

    package func set(_ newValue: Interest) {
        let isNew = interest.withLock { interest in
            guard interest != newValue else { return false }
            interest = newValue
            return true
        }
        if isNew { changed.wake() }
    }
}

/// Wakes one task that waits for a time to come, or remembers that it must not wait.
final class SamplerWakeup: Sendable {
    private struct State {
        var isRaised = false
        var sleep: Task<Void, any Error>?
    }

    private let state = Mutex(State())

    func wake() {
        let sleep = state.withLock { state in
            state.isRaised = true
            return state.sleep
        }
        sleep?.cancel()
    }

    /// Returns at the time, when woken, or when the task is cancelled. For one task at a time.
    func wait(until time: ContinuousClock.Instant) async {
        let sleep: Task<Void, any Error>? = state.withLock { state in
            guard !state.isRaised else {
                state.isRaised = false
                return nil
            }
            let sleep = Task { try await Task.sleep(until: time, clock: .continuous) }
            state.sleep = sleep
            return sleep
        }
        guard let sleep else { return }
        await withTaskCancellationHandler {
            _ = await sleep.result
        } onCancel: {
            sleep.cancel()
        }
        state.withLock { state in
            state.isRaised = false
            state.sleep = nil
        }
    }
}
