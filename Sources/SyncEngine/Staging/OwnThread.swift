import Postgres
import Synchronization

/// Blocking work on a thread of its own, for callers that must not block.
enum OwnThread {
    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    /// - Parameter work: is told whether the calling task has been cancelled.
    static func run<Value: Sendable>(
        named name: String, _ work: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = Flag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                DetachedThread.start(named: name) {
                    continuation.resume(
                        with: Result { try work { flag.isSet.load(ordering: .relaxed) } })
                }
            }
        } onCancel: {
            flag.isSet.store(true, ordering: .relaxed)
        }
    }
}
