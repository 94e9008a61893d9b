/// What a console says about Kafka. Times are microseconds since 1970.
///
///     connecting ──a broker is up──> ready <──a broker is up── unreachable
///         │                            │                            ^
///         └── an attempt has failed ───┴── none is up and an ───────┘
///             or 5 s have passed           attempt has failed, or 5 s have passed
package enum KafkaConnectionState: Sendable, Hashable {
    case connecting(sinceMicroseconds: Int64)
    case ready(sinceMicroseconds: Int64)
    case unreachable(sinceMicroseconds: Int64, lastError: KafkaError?)

    package var isReady: Bool {
        if case .ready = self { return true }
        return false
    }

    package var isUnreachable: Bool {
        if case .unreachable = self { return true }
        return false
    }
}

/// The connection to one broker, as librdkafka sees it.
package struct KafkaBrokerState: Sendable, Hashable {
    /// -1 until the broker has said its number.
    package let id: Int32
    /// `host:port`, or what librdkafka calls a coordinator.
    package let name: String
    package let isUp: Bool
    /// librdkafka's word, such as `UP` or `TRY_CONNECT`.
    package let state: String

    package init(id: Int32, name: String, isUp: Bool, state: String) {
        self.id = id
        self.name = name
        self.isUp = isUp
        self.state = state
    }
}

/// Derives the connection's state from the changes of the brokers' states.
///
/// A connection that is closed does not count as unreachable yet: brokers close idle ones, and
/// librdkafka keeps at least one attempt going. Only an attempt that fails, or 5 s without a broker,
/// says that Kafka cannot be reached.
struct ConnectionTracker: Sendable {
    private static let patienceMicroseconds: Int64 = 5_000_000

    private(set) var brokers: [String: KafkaBrokerState] = [:]
    private var readySince: Int64?
    private var withoutBrokerSince: Int64
    private var attemptHasFailed = false
    private var lastError: KafkaError?

    init(nowMicroseconds: Int64) { withoutBrokerSince = nowMicroseconds }

    /// A broker's connection has entered `state`.
    mutating func broker(name: String, id: Int32, entered state: String, nowMicroseconds: Int64) {
        let isUp = state == "UP" || state == "UPDATE"
        let wasUp = brokers[name]?.isUp ?? false
        brokers[name] = KafkaBrokerState(id: id, name: name, isUp: isUp, state: state)
        if brokers.values.contains(where: \.isUp) {
            if readySince == nil { readySince = nowMicroseconds }
            attemptHasFailed = false
            lastError = nil
        } else {
            if readySince != nil {
                readySince = nil
                withoutBrokerSince = nowMicroseconds
            }
            if state == "DOWN" && !wasUp { attemptHasFailed = true }
        }
    }

    /// librdkafka has reported an error.
    mutating func failed(_ error: KafkaError) {
        if readySince == nil || error.code == .allBrokersDown { lastError = error }
    }

    func state(nowMicroseconds: Int64) -> KafkaConnectionState {
        if let readySince { return .ready(sinceMicroseconds: readySince) }
        if attemptHasFailed || nowMicroseconds - withoutBrokerSince >= Self.patienceMicroseconds {
            return .unreachable(sinceMicroseconds: withoutBrokerSince, lastError: lastError)
        }
        return .connecting(sinceMicroseconds: withoutBrokerSince)
    }
}
