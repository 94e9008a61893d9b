/// A bad night on demand: one fault in the demo's own servers, on a night that is calm otherwise.
package enum Incident: String, CaseIterable, Sendable {
    case consumerDead = "consumer-dead"
    case poisonEvent = "poison-event"
    case highDrift = "high-drift"
    case halfFile = "half-file"
    case outgoingCallFailing = "outgoing-call-failing"
    case letterFlood = "dlq-flood"
    case databaseSlow = "database-slow"
    case brokerGone = "broker-gone"

    /// What is done to the servers, in a sentence.
    package var staged: String {
        switch self {
        case .consumerDead: "the engine is gone, and events keep coming"
        case .poisonEvent: "the database refuses one service's event for good, again and again"
        case .highDrift: "a file in which many services have changed without an event"
        case .halfFile: "a file that lacks almost half of its rows"
        case .outgoingCallFailing: "the topic of dead letters takes no message"
        case .letterFlood: "a deploy of the source makes most events unreadable"
        case .databaseSlow: "another session holds a lock on the catalog"
        case .brokerGone: "no broker answers"
        }
    }

    /// The page of docs/runbooks that helps.
    package var runbook: String {
        switch self {
        case .consumerDead: "consumer_stopped"
        case .poisonEvent: "dead_letters_open"
        case .highDrift: "reconciliation_high_drift"
        case .halfFile: "reconciliation_awaiting_decision"
        case .outgoingCallFailing: "breaker_open"
        case .letterFlood: "dead_letter_flood"
        case .databaseSlow: "database_slow"
        case .brokerGone: "broker_unreachable"
        }
    }

    /// Whether all is well some time after the fault is taken back; the others leave something that
    /// a person has to decide.
    package var healsByItself: Bool {
        switch self {
        case .consumerDead, .outgoingCallFailing, .databaseSlow, .brokerGone: true
        case .poisonEvent, .highDrift, .halfFile, .letterFlood: false
        }
    }

    /// Of the engine's Kafka client, so that a call to a topic without a leader fails in seconds.
    var kafkaProperties: [String: String] {
        self == .outgoingCallFailing ? ["message.timeout.ms": "2000"] : [:]
    }

    /// The country whose file is the fault.
    static let country = "ES"
}
