import CRdKafka

extension KafkaMessage {
    /// Copies a message out of librdkafka's memory; nil if it carries an error instead.
    init?(copying message: UnsafePointer<rd_kafka_message_t>, topics: inout TopicNames) {
        let native = message.pointee
        guard native.err == RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let milliseconds = rd_kafka_message_timestamp(message, &kind)
        // A producer may have written any number here.
        let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
        let isTimed = kind != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && milliseconds >= 0 && !overflow
        self.init(
            topic: topics.name(of: native.rkt), partition: native.partition, offset: native.offset,
            timestampMicroseconds: isTimed ? microseconds : nil,
            key: Self.bytes(native.key, native.key_len),
            value: Self.bytes(native.payload, native.len), headers: Self.headers(of: message))
    }

    private static func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> [KafkaHeader] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list
        else { return [] }
        return (0..<rd_kafka_header_cnt(list)).compactMap { index in
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            guard
                rd_kafka_header_get_all(list, index, &name, &value, &size)
                    == RD_KAFKA_RESP_ERR_NO_ERROR, let name
            else { return nil }
            return KafkaHeader(name: String(cString: name), value: bytes(value, size))
        }
    }
}
