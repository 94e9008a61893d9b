/// One row of the event log.
package struct EventRow: Sendable, Equatable, Identifiable {
    package var id: Int64
    package var eventID: String
    package var eventType: String?
    package var entityType: String
    package var entityID: String?
    package var serviceCode: String?
    package var countryCode: String?
    package var source: String?
    package var correlationID: String?
    package var status: EventStatus
    /// One word: created, updated, deprecated, unchanged, or why it was skipped or waits.
    package var outcome: String?
    package var attempts: Int
    package var topic: String
    package var partition: Int
    package var offset: Int64
    package var eventTime: Timestamp?
    package var receivedAt: Timestamp
    /// From the broker's timestamp of the message to its decision.
    package var latencyMilliseconds: Double?
    package var error: String?
    package var hasWarnings: Bool

    package init(
        id: Int64, eventID: String, eventType: String?, entityType: String, entityID: String?,
        serviceCode: String?, countryCode: String?, source: String?, correlationID: String?,
        status: EventStatus, outcome: String?, attempts: Int, topic: String, partition: Int,
        offset: Int64, eventTime: Timestamp?, receivedAt: Timestamp, latencyMilliseconds: Double?,
        error: String?, hasWarnings: Bool
    ) {
        self.id = id
        self.eventID = eventID
        self.eventType = eventType
        self.entityType = entityType
        self.entityID = entityID
        self.serviceCode = serviceCode
        self.countryCode = countryCode
        self.source = source
        self.correlationID = correlationID
        self.status = status
        self.outcome = outcome
        self.attempts = attempts
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.eventTime = eventTime
        self.receivedAt = receivedAt
        self.latencyMilliseconds = latencyMilliseconds
        self.error = error
        self.hasWarnings = hasWarnings
    }
}

/// Where an event stands: `processing_status` in lower case.
package enum EventStatus: String, Sendable, CaseIterable {
    case processed, skipped, held, parked, retrying
    case deadLettered = "dead_lettered"

    /// True if nothing more will happen to it unless a person acts.
    package var isFinal: Bool { self != .parked && self != .retrying }
}
