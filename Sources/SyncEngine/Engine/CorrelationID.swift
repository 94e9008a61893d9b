import Probes

/// The one id that goes through everything that comes of one thing: log lines, review items, letters,
/// internal events, audit rows. An event brings its own; these are for what begins here.
enum CorrelationID {
    static func run(_ id: Int64) -> String { "run-\(id)" }
    static func alert(_ id: Int64) -> String { "alert-\(id)" }
    /// For an item of which nothing else is known.
    static func review(_ id: Int64) -> String { "review-\(id)" }
}

extension EventRecord {
    /// The source's correlation id; of an event without one, the event's own id.
    var trail: String { correlationID ?? eventID }

    var logFields: LogFields {
        [
            "correlation_id": trail, "event_id": eventID,
            "letter_id": letterID.map { String($0) },
        ]
    }
}

extension LogFields {
    /// For lines about a run.
    static func run(_ id: Int64) -> LogFields {
        ["correlation_id": CorrelationID.run(id), "run_id": String(id)]
    }

    /// For lines about an alert.
    static func alert(_ id: Int64) -> LogFields {
        ["correlation_id": CorrelationID.alert(id), "alert_id": String(id)]
    }
}
