/// A statement of ours that waits for another session's transaction.
package struct DatabaseWait: Sendable, Equatable, Codable {
    /// Of the program that waits, such as `syncconsole engine`.
    package var waiting: String
    package var since: Timestamp
    /// The session that holds what is waited for; nil where the server does not tell.
    package var blockerProcessID: Int?
    /// As that session calls itself; nil where the server does not tell.
    package var blocker: String?
    /// When its transaction began.
    package var blockerSince: Timestamp?

    package init(
        waiting: String, since: Timestamp, blockerProcessID: Int?, blocker: String?,
        blockerSince: Timestamp?
    ) {
        self.waiting = waiting
        self.since = since
        self.blockerProcessID = blockerProcessID
        self.blocker = blocker
        self.blockerSince = blockerSince
    }

    /// `process 4711 (nightly report)`
    package var blockerWords: String {
        let process = blockerProcessID.map { "process \($0)" } ?? "another session"
        return blocker.map { $0.isEmpty ? process : "\(process) (\($0))" } ?? process
    }
}

/// An event whose write was refused and is tried again.
package struct RetryingEvent: Sendable, Equatable, Codable {
    package var entityID: String
    /// What the database said.
    package var error: String
    package var attempts: Int
    package var since: Timestamp

    package init(entityID: String, error: String, attempts: Int, since: Timestamp) {
        self.entityID = entityID
        self.error = error
        self.attempts = attempts
        self.since = since
    }
}
