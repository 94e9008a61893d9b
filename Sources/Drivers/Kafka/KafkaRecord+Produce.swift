import CRdKafka

extension KafkaRecord {
    /// Hands a copy of the record to librdkafka, which comes back with `opaque` in the report.
    func produce(_ client: OpaquePointer, opaque: UnsafeMutableRawPointer?) -> KafkaErrorCode {
        let headers = nativeHeaders()
        let code = Self.withBytes(of: key) { key in
            Self.withBytes(of: value) { value in
                syncconsole_produce(
                    client, topic, partition ?? RD_KAFKA_PARTITION_UA, key.baseAddress, key.count,
                    value.baseAddress, value.count, (timestampMicroseconds ?? 0) / 1000, headers,
                    opaque)
            }
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR, let headers { rd_kafka_headers_destroy(headers) }
        return KafkaErrorCode(code)
    }

    private func nativeHeaders() -> OpaquePointer? {
        guard !headers.isEmpty, let list = rd_kafka_headers_new(headers.count) else { return nil }
        for header in headers {
            Self.withBytes(of: header.value) { value in
                _ = rd_kafka_header_add(list, header.name, -1, value.baseAddress, value.count)
            }
        }
        return list
    }

    /// Nil becomes a null pointer, empty becomes a pointer with nothing behind it.
    private static func withBytes<Result>(
        of bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        guard let bytes else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        guard !bytes.isEmpty else {
            return withUnsafeBytes(of: 0 as UInt8) {
                body(UnsafeRawBufferPointer(start: $0.baseAddress, count: 0))
            }
        }
        return bytes.withUnsafeBytes(body)
    }
}
