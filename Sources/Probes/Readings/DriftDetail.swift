/// A row of drift with the run that found it, what the source's events had said, and what else is
/// known of the service.
package struct DriftDetail: Sendable, Equatable {
    package var row: DriftRow
    package var asOf: Timestamp?
    package var object: String?
    package var runState: RunState?
    package var serviceName: String?
    package var fsmServiceCode: String?
    /// The other fields of the same service in the same run.
    package var others: [DriftRow]
    package var received: DriftReception
    /// What other runs found in this service, the newest first, at most twenty.
    package var history: [DriftRow]
    /// Why the change that waits for review was held; none if none waits.
    package var reviewReasons: [String]

    package init(
        row: DriftRow, asOf: Timestamp?, object: String?, runState: RunState?,
        serviceName: String?, fsmServiceCode: String?, others: [DriftRow],
        received: DriftReception, history: [DriftRow], reviewReasons: [String] = []
    ) {
        self.row = row
        self.asOf = asOf
        self.object = object
        self.runState = runState
        self.serviceName = serviceName
        self.fsmServiceCode = fsmServiceCode
        self.others = others
        self.received = received
        self.history = history
        self.reviewReasons = reviewReasons
    }
}

/// Whether the source had told of a change by an event, before its file did.
package struct DriftReception: Sendable, Equatable {
    package struct Event: Sendable, Equatable {
        package var logID: Int64
        /// By the source's clock; the time of its reception where the event says none.
        package var eventTime: Timestamp
        package var receivedAt: Timestamp
        package var status: EventStatus
        package var outcome: String?

        package init(
            logID: Int64, eventTime: Timestamp, receivedAt: Timestamp, status: EventStatus,
            outcome: String?
        ) {
            self.logID = logID
            self.eventTime = eventTime
            self.receivedAt = receivedAt
            self.status = status
            self.outcome = outcome
        }
    }

    /// The time of the source's file before this one: what has changed since then drifted.
    package var since: Timestamp?
    /// The time of the file that found the drift.
    package var until: Timestamp?
    /// The service's events up to `until`, the newest first, at most ten.
    package var events: [Event]
    /// The file does not name the service.
    package var isFileSilent: Bool

    package init(
        since: Timestamp?, until: Timestamp?, events: [Event], isFileSilent: Bool = false
    ) {
        self.since = since
        self.until = until
        self.events = events
        self.isFileSilent = isFileSilent
    }

    /// The newest event that can have told of the change; nil if none was received.
    package var event: Event? {
        guard let newest = events.first else { return nil }
        if let since, newest.eventTime <= since { return nil }
        return newest
    }

    /// In a sentence.
    package var words: String {
        guard let event else {
            guard let last = events.first else {
                return "No event of this service was received up to the time of the file."
            }
            return "No event was received for this change: the last one before it is event "
                + "\(last.logID)."
        }
        let what =
            switch event.status {
            case .processed:
                "received and applied\(event.outcome.map { " (\($0))" } ?? ""), and the file "
                    + (isFileSilent ? "does not list the service" : "says something else")
            case .skipped: "received and skipped as \(event.outcome ?? "not needed")"
            case .held: "received and waits for review"
            case .parked, .retrying: "received and still waits for its retry"
            case .deadLettered: "received and became a dead letter"
            }
        return "The event was \(what) (event \(event.logID))."
    }
}

extension DriftDetail {
    /// As `drift show --json` prints it: the row's keys and more.
    package var json: JSONValue {
        .object(
            row.jsonMembers + [
                .init("as_of", .timestamp(orNull: asOf)),
                .init("object", .string(orNull: object)),
                .init("run_state", .string(orNull: runState?.rawValue)),
                .init("service_name", .string(orNull: serviceName)),
                .init("fsm_service_code", .string(orNull: fsmServiceCode)),
                .init("other_fields", .array(others.map(\.json))),
                .init("received", received.json),
                .init("history", .array(history.map(\.json))),
                .init("review_reasons", .array(reviewReasons.map(JSONValue.string))),
            ])
    }
}

extension DriftReception {
    package var json: JSONValue {
        [
            "any": .bool(event != nil), "words": .string(words),
            "since": .timestamp(orNull: since), "until": .timestamp(orNull: until),
            "events": .array(events.map(\.json)),
        ]
    }
}

extension DriftReception.Event {
    var json: JSONValue {
        [
            "id": .integer(logID), "event_time": .timestamp(eventTime),
            "received_at": .timestamp(receivedAt), "status": .string(status.rawValue),
            "outcome": .string(orNull: outcome),
        ]
    }
}
