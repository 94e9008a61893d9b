import Probes

/// When a channel is tried again, and when it may send at all. Has no clock.
package struct DeliveryPolicy: Sendable, Equatable {
    /// A channel gets no more messages in an hour.
    package var messagesPerHour: Int
    /// After the first failures, so that five of them open the breaker; then doubled with each.
    package var shortest: Duration
    package var longest: Duration

    private static let quickAttempts = 4

    package init(
        messagesPerHour: Int = 60, shortest: Duration = .seconds(5),
        longest: Duration = .seconds(300)
    ) {
        self.messagesPerHour = messagesPerHour
        self.shortest = shortest
        self.longest = longest
    }

    /// - Parameter attempts: those that have failed in a row, this one included.
    func wait(afterFailures attempts: Int) -> Duration {
        var wait = shortest
        var failures = Self.quickAttempts
        while failures < attempts, wait < longest {
            wait *= 2
            failures += 1
        }
        return min(wait, longest)
    }

    /// What a channel has sent within the hour.
    struct Count: Sendable, Equatable {
        var from: Timestamp?
        var messages = 0
    }

    enum Permission: Sendable, Equatable {
        /// With the count as it will be after this message.
        case granted(Count)
        case refused(until: Timestamp)
    }

    func maySend(_ count: Count, at now: Timestamp) -> Permission {
        guard let from = count.from, now >= from, now.since(from) < .seconds(3_600) else {
            return .granted(Count(from: now, messages: 1))
        }
        guard count.messages < messagesPerHour else {
            return .refused(until: from.advanced(by: .seconds(3_600)))
        }
        return .granted(Count(from: from, messages: count.messages + 1))
    }
}
