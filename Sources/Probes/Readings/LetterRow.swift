/// A dead letter.
package struct LetterRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var flow: String
    package var origin: String
    package var topic: String?
    package var partition: Int?
    package var offset: Int64?
    package var key: String?
    package var eventID: String?
    package var eventType: String?
    package var entityType: String?
    package var entityID: String?
    package var countryCode: String?
    package var reason: String
    package var fingerprint: String
    package var error: String
    package var sqlstate: String?
    package var stage: String
    package var attempts: Int
    package var state: LetterState
    package var createdAt: Timestamp
    package var resolvedBy: String?
    package var resolvedAt: Timestamp?
    package var resolution: String?
    /// The vendor and the job that it was, if it was one.
    package var vendor: String?
    package var jobID: Int64?

    package init(
        id: Int64, flow: String, origin: String, topic: String?, partition: Int?, offset: Int64?,
        key: String?, eventID: String?, eventType: String?, entityType: String?,
        entityID: String?, reason: String, fingerprint: String, error: String, sqlstate: String?,
        stage: String, attempts: Int, state: LetterState, createdAt: Timestamp,
        resolvedBy: String?, resolvedAt: Timestamp?, resolution: String?,
        countryCode: String? = nil, vendor: String? = nil, jobID: Int64? = nil
    ) {
        self.id = id
        self.flow = flow
        self.origin = origin
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.key = key
        self.eventID = eventID
        self.eventType = eventType
        self.entityType = entityType
        self.entityID = entityID
        self.reason = reason
        self.fingerprint = fingerprint
        self.error = error
        self.sqlstate = sqlstate
        self.stage = stage
        self.attempts = attempts
        self.state = state
        self.createdAt = createdAt
        self.resolvedBy = resolvedBy
        self.resolvedAt = resolvedAt
        self.resolution = resolution
        self.countryCode = countryCode
        self.vendor = vendor
        self.jobID = jobID
    }
}

package enum LetterState: String, Sendable, CaseIterable { case open, retrying, resolved }
