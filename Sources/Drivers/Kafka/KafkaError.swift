import CRdKafka

/// What failed, whether another attempt is worthwhile, and what the library or a broker said.
///
/// Never carries a payload, a key or a secret.
package struct KafkaError: Error, Sendable, Hashable {
    /// What to do about it.
    package enum Verdict: String, Sendable, Hashable {
        /// Brokers, network, group membership: the same call may succeed later.
        case infrastructure
        /// The request itself, the configuration or the permissions: repeating it changes nothing.
        case permanent
        /// The handle is of no further use: close it and start another.
        case fatal
    }

    package let code: KafkaErrorCode
    /// What failed, in words: `commit offsets`.
    package let operation: String
    /// The library's or the broker's own sentence, secrets removed.
    package let text: String
    package let verdict: Verdict
    /// The partition concerned, if it is one.
    package let partition: KafkaPartition?
    /// The configuration property concerned, if it is one. Its value is never kept.
    package let property: String?

    /// librdkafka's name of the code.
    package var name: String { code.name }

    package init(
        _ code: KafkaErrorCode, operation: String, text: String? = nil, isFatal: Bool = false,
        partition: KafkaPartition? = nil, property: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.text = text ?? code.text
        self.verdict = isFatal ? .fatal : code.verdict
        self.partition = partition
        self.property = property
    }
}

extension KafkaError: CustomStringConvertible {
    package var description: String {
        let place = partition.map { " of \($0)" } ?? ""
        return "cannot \(operation)\(place): \(text) (\(name))"
    }
}

extension KafkaErrorCode {
    /// The verdict for an error with this code that the library did not call fatal.
    package var verdict: KafkaError.Verdict {
        if Self.fatal.contains(self) { return .fatal }
        return Self.permanent.contains(self) ? .permanent : .infrastructure
    }

    private static let fatal: Set<KafkaErrorCode> = Set(
        [
            RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__DESTROY, RD_KAFKA_RESP_ERR__FENCED,
            RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
        ].map { KafkaErrorCode($0) })

    // Everything else is the infrastructure's: an unknown code is better retried than dropped. A
    // topic that is not there is too, because it may be created at any moment.
    private static let permanent: Set<KafkaErrorCode> = Set(
        [
            RD_KAFKA_RESP_ERR__BAD_MSG, RD_KAFKA_RESP_ERR__BAD_COMPRESSION,
            RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED,
            RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR__UNKNOWN_GROUP,
            RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR__NO_OFFSET,
            RD_KAFKA_RESP_ERR__NOT_CONFIGURED, RD_KAFKA_RESP_ERR__CONFLICT,
            RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR__SSL,
            RD_KAFKA_RESP_ERR__INVALID_TYPE, RD_KAFKA_RESP_ERR__STATE,
            RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE,
            RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_INVALID_MSG,
            RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
            RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS, RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE,
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
            RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION,
            RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP, RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT,
            RD_KAFKA_RESP_ERR_INVALID_GROUP_ID, RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL,
            RD_KAFKA_RESP_ERR_INVALID_CONFIG, RD_KAFKA_RESP_ERR_INVALID_REQUEST,
            RD_KAFKA_RESP_ERR_INVALID_RECORD, RD_KAFKA_RESP_ERR_POLICY_VIOLATION,
            RD_KAFKA_RESP_ERR_SECURITY_DISABLED, RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE,
        ].map { KafkaErrorCode($0) })
}
