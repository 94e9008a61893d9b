import Glibc

/// A thread for blocking work that lasts: the cooperative pool has too few to lend one.
enum ScreenThread {
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs a closure on a new thread; on the caller's own if the system has no more threads.
    static func start(_ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { context in
                if let context {
                    Unmanaged<Start>.fromOpaque(context).takeRetainedValue().body()
                }
                return nil
            }, start.toOpaque())
        if failed == 0 {
            pthread_detach(thread)
        } else {
            start.takeRetainedValue().body()
        }
    }
}
