import CPostgres
import Glibc

/// Starts threads of our own for work that blocks, so that the cooperative pool never does.
package enum DetachedThread {
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

    private final class Work: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private static let enter:
        @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
            { argument in
                guard let argument else { return nil }
                let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                name_this_thread(work.name)
                blockSignals()
                work.run()
                return nil
            }

    /// Signals go to the threads that expect them: one that lands here would interrupt a `poll`
    /// inside a C library.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        for fatal in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP] { sigdelset(&all, fatal) }
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
