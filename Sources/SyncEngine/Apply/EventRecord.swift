import Probes

/// One event on its way to a decision: the message, what was decoded from it, and its log row.
package struct EventRecord: Sendable {
    /// Where the event stood before this transaction.
    package enum Standing: Sendable, Equatable {
        /// Just arrived: it has no log row yet.
        case arrived
        /// It has a log row and waits in `pending_events`.
        case waiting
        /// It has a log row and is a dead letter that somebody retries.
        case letter
        /// It has a log row, was decided, and is decided anew; what fails leaves it as it was.
        case replayed
    }

    package var logID: Int64
    package var receivedAt: Timestamp
    package var standing: Standing
    package var message: SourceMessage
    package var decoded: Result<CatalogEvent, EventFault> { _read { yield reading.value } }
    /// SHA-256 of the value.
    package var payloadHash: [UInt8]
    /// Attempts made before this one.
    package var attempts: Int
    /// The dead letter that the event is, or was before somebody retried it.
    package var letterID: Int64?
    package var overrideStale: Bool
    private let reading: Shared<Result<CatalogEvent, EventFault>>

    package init(
        logID: Int64, receivedAt: Timestamp, standing: Standing, message: SourceMessage,
        decoded: Result<CatalogEvent, EventFault>, payloadHash: [UInt8], attempts: Int = 0,
        letterID: Int64? = nil, overrideStale: Bool = false
    ) {
        self.logID = logID
        self.receivedAt = receivedAt
        self.standing = standing
        self.message = message
        reading = Shared(decoded)
        self.payloadHash = payloadHash
        self.attempts = attempts
        self.letterID = letterID
        self.overrideStale = overrideStale
    }

    package var eventID: String {
        switch decoded {
        case .success(let event): event.eventID
        case .failure(let fault): fault.eventID
        }
    }

    /// The service that the event is about, as far as it could be read.
    package var serviceCode: String? {
        switch decoded {
        case .success(let event): event.externalServiceCode
        case .failure(let fault): fault.externalServiceCode
        }
    }

    package var eventType: String? {
        switch decoded {
        case .success(let event): event.eventType.name
        case .failure(let fault): fault.eventType
        }
    }

    package var source: String? {
        switch decoded {
        case .success(let event): event.source
        case .failure(let fault): fault.source
        }
    }

    package var eventTimestamp: Timestamp? {
        switch decoded {
        case .success(let event): event.eventTimestamp
        case .failure(let fault): fault.eventTimestamp
        }
    }

    package var correlationID: String? {
        switch decoded {
        case .success(let event): event.correlationID
        case .failure(let fault): fault.correlationID
        }
    }

    /// Whether `jsonb` can hold the value as it came.
    package var isStorableAsJSONB: Bool {
        switch decoded {
        case .success(let event): event.isStorableAsJSONB
        case .failure(let fault): fault.isStorableAsJSONB
        }
    }

    private static let beyondAnyRetry = 1_000

    /// As the fold takes it; nil for a fault, which no fold sees.
    package var pending: PendingEvent? {
        guard case .success(let event) = decoded else { return nil }
        // Nobody shall wait for what a person replays: a failure is final at once.
        let attempts = standing == .replayed ? Self.beyondAnyRetry : attempts
        return PendingEvent(
            logID: logID, position: message.position, event: event, attempts: attempts,
            letterID: letterID, overrideStale: overrideStale)
    }
}
