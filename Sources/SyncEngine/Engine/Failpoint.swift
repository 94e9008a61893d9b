import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A named place at which a debug build can be made to die, as if by `kill -9`.
///
/// `SYNCCONSOLE_FAILPOINT=before_commit:3` kills the process when it comes by for the third time.
/// Release builds know nothing of it.
enum Failpoint: String {
    /// Everything of a batch is written, nothing is committed.
    case beforeCommit = "before_commit"
    /// A batch is committed, and Kafka's own offset has not followed yet.
    case afterCommit = "after_commit"
    /// Parked events are being decided behind a retry, nothing is committed.
    case draining
    /// An operator's claim of a dead letter is written, its outcome is not.
    case betweenClaimAndLetter = "between_claim_and_letter"
    /// Messages of the outbox are at the broker, and have not left the outbox yet.
    case afterPublish = "after_publish"
    /// A stretch of a replay is written with its audit rows, and not committed.
    case replayBeforeCommit = "replay_before_commit"
    /// People were told something, and it is not marked as told yet.
    case afterNotify = "after_notify"
    /// A run has read its file, and has compared nothing yet.
    case runStaged = "run_staged"
    /// A run has compared its file, and has changed nothing yet.
    case runCompared = "run_compared"
    /// A run's agent has answered, and nothing of it is written.
    case runAnswered = "run_answered"
    /// A chunk of a run is written, and not committed.
    case runBeforeChunkCommit = "run_before_chunk_commit"
    /// A chunk of a run is committed, and nobody has counted it yet.
    case runAfterChunkCommit = "run_after_chunk_commit"
    /// All rows of a run are applied, and it has not ended yet.
    case runClosing = "run_closing"
    /// The leader has started what was due, and nothing is committed.
    case scheduleStarted = "schedule_started"
    /// Something old is removed, and nothing of it is committed.
    case cleaningUp = "cleaning_up"
    /// A review item is decided, and its service is as it was.
    case reviewBetweenWrites = "review_between_writes"
    /// A decision on a review item is written, and not committed.
    case reviewBeforeCommit = "review_before_commit"
    /// An agent has answered, and nothing of it is written.
    case jobAnswered = "job_answered"
    /// What an agent answered is written, and not committed.
    case jobBeforeCommit = "job_before_commit"
    /// Rows of the audit trail are sealed, and nothing of it is committed.
    case auditSealing = "audit_sealing"

    #if DEBUG
        private static let setting: (name: String, pass: Int)? = {
            guard let text = getenv("SYNCCONSOLE_FAILPOINT") else { return nil }
            let parts = String(cString: text).split(separator: ":")
            guard let name = parts.first else { return nil }
            return (String(name), parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
        }()
        private static let passes = Mutex(0)

        static func isArmed(_ point: Failpoint) -> Bool {
            setting?.name == point.rawValue
        }

        static func reach(_ point: Failpoint) {
            guard isArmed(point), let setting else { return }
            let pass = passes.withLock { count in
                count += 1
                return count
            }
            if pass == setting.pass { kill(getpid(), SIGKILL) }
        }
    #else
        static func isArmed(_ point: Failpoint) -> Bool { false }
        static func reach(_ point: Failpoint) {}
    #endif
}
