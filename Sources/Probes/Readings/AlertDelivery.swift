/// One thing that was told, or is to be told, over one channel.
package struct AlertDelivery: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case fired, repeated, acknowledged, resolved
    }

    package enum State: String, Sendable, CaseIterable {
        case waiting, retrying, sent, withdrawn
        case givenUp = "given_up"
    }

    package var channel: String
    package var kind: Kind
    package var state: State
    package var attempts: Int
    package var error: String?
    package var createdAt: Timestamp
    /// Nil once nothing more is tried.
    package var nextAttemptAt: Timestamp?
    package var sentAt: Timestamp?

    package init(
        channel: String, kind: Kind, state: State, attempts: Int = 0, error: String? = nil,
        createdAt: Timestamp, nextAttemptAt: Timestamp? = nil, sentAt: Timestamp? = nil
    ) {
        self.channel = channel
        self.kind = kind
        self.state = state
        self.attempts = attempts
        self.error = error
        self.createdAt = createdAt
        self.nextAttemptAt = nextAttemptAt
        self.sentAt = sentAt
    }
}

extension AlertDelivery {
    package var json: JSONValue {
        [
            "channel": .string(channel), "kind": .string(kind.rawValue),
            "state": .string(state.rawValue), "attempts": .integer(Int64(attempts)),
            "error": .string(orNull: error), "created_at": .timestamp(createdAt),
            "next_attempt_at": .timestamp(orNull: nextAttemptAt),
            "sent_at": .timestamp(orNull: sentAt),
        ]
    }
}
