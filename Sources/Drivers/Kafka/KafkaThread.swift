import Dispatch
import Glibc
import Synchronization

/// One thread that runs the jobs of one actor, in order, so that librdkafka's blocking calls never
/// hold a thread of the cooperative pool. The thread ends when the executor is released.
final class KafkaThread: SerialExecutor {
    private let inbox: Inbox

    init() {
        let inbox = Inbox()
        self.inbox = inbox
        Self.detach {
            while let entry = inbox.take() { entry.run() }
        }
    }

    deinit { inbox.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        inbox.put(Entry(job: UnownedJob(job), executor: self))
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Runs `body` on a thread of its own, which nobody waits for.
    static func detach(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(run: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        pthread_attr_destroy(&attributes)
        // Out of threads: a dispatch worker is worse than a thread of our own and better than none.
        if result != 0 {
            let body = box.takeRetainedValue()
            DispatchQueue.global().async { body.run() }
        }
    }
}

private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) { self.run = run }
}

/// A job, and the executor that must outlive it.
private struct Entry: Sendable {
    let job: UnownedJob
    let executor: KafkaThread

    func run() { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
}

/// The jobs that wait for the thread.
private final class Inbox: Sendable {
    private let entries = Mutex<[Entry]>([])
    private let waiting = DispatchSemaphore(value: 0)

    func put(_ entry: Entry) {
        entries.withLock { $0.append(entry) }
        waiting.signal()
    }

    /// The next job, in order; nil once the inbox is closed, which happens when nobody is left to
    /// put one.
    func take() -> Entry? {
        waiting.wait()
        return entries.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    func close() { waiting.signal() }
}
