import CThreads
import Glibc
import Synchronization

/// Runs blocking work on threads of our own, so that the cooperative pool never waits for a disk or
/// a server.
package enum OwnThread {
    /// Runs `work` on a new thread and awaits its end. Cancelling the task does not end the work.
    ///
    /// - Parameter name: what `top` and the debugger show; the kernel keeps 15 bytes of it.
    package static func run<Value: Sendable, Failure: Error>(
        named name: String, _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
            start(named: name) {
                do throws(Failure) {
                    continuation.resume(returning: .success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    /// Runs `work` on a new thread and awaits its end.
    ///
    /// - Parameter work: is told whether the calling task has been cancelled.
    package static func run<Value: Sendable>(
        named name: String, _ work: @escaping @Sendable (_ isCancelled: () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = Flag()
        return try await withTaskCancellationHandler {
            try await run(named: name) { () throws(any Error) in
                try work { flag.isSet.load(ordering: .relaxed) }
            }
        } onCancel: {
            flag.isSet.store(true, ordering: .relaxed)
        }
    }

    /// Runs `work` on a new thread, which ends with it.
    ///
    /// - Parameter name: what `top` and the debugger show; the kernel keeps 15 bytes of it.
    package static func start(named name: String, _ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Work(name: name, run: work))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        // Out of threads (EAGAIN) passes; there is nothing to run the work on until it does.
        while pthread_create(&thread, &attributes, enter, box.toOpaque()) != 0 {
            usleep(10_000)
        }
    }

    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    private final class Work: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private static let enter:
        @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
            guard let argument else { return nil }
            let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
            name_this_thread(work.name)
            blockSignals()
            work.run()
            return nil
        }

    /// Signals go to the threads that expect them: one that lands here would interrupt a wait
    /// inside a C library.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        for fatal in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP] { sigdelset(&all, fatal) }
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
