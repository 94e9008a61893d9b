import Glibc
import Synchronization
import Threads

/// A serial executor with a thread of its own: an actor on it may block without stopping anybody
/// else. The thread ends when the executor is released.
///
/// Use it from an actor:
///
///     private let executor = ThreadExecutor(named: "postgres")
///     nonisolated var unownedExecutor: UnownedSerialExecutor {
///         executor.asUnownedSerialExecutor()
///     }
package final class ThreadExecutor: SerialExecutor {
    /// Readable while jobs wait: a job that blocks in `poll` can watch it and make way.
    package var pendingJobs: EventDescriptor { queue.pending }

    private let queue = JobQueue()

    package init(named name: String) {
        OwnThread.start(named: name) { [queue] in
            while let job = queue.next() {
                job.executor.run(job.job)
            }
        }
    }

    deinit {
        queue.finish()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(JobQueue.Entry(job: UnownedJob(job), executor: self))
    }

    private func run(_ job: UnownedJob) {
        job.runSynchronously(on: asUnownedSerialExecutor())
    }
}

/// The jobs that wait for the thread.
private final class JobQueue: Sendable {
    /// The executor is held until its job has run, because the job may drop the last reference.
    struct Entry {
        let job: UnownedJob
        let executor: ThreadExecutor
    }

    private struct State {
        var entries: [Entry] = []
        var isFinished = false
    }

    let pending = EventDescriptor()
    private let state = Mutex(State())

    func append(_ entry: Entry) {
        state.withLock { state in
            state.entries.append(entry)
            if state.entries.count == 1 { pending.raise() }
        }
    }

    func finish() {
        state.withLock { state in
            state.isFinished = true
            pending.raise()
        }
    }

    /// Blocks until there is a job. Nil once the executor is gone.
    func next() -> Entry? {
        while true {
            let (entry, isFinished): (Entry?, Bool) = state.withLock { state in
                guard !state.entries.isEmpty else {
                    if !state.isFinished { pending.clear() }
                    return (nil, state.isFinished)
                }
                let entry = state.entries.removeFirst()
                if state.entries.isEmpty && !state.isFinished { pending.clear() }
                return (entry, false)
            }
            if let entry { return entry }
            if isFinished { return nil }
            _ = pending.wait()
        }
    }
}
