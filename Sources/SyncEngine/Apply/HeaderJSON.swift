import Kafka
import Probes

/// Message headers as `jsonb` holds them: `[{"name":"a","value":"text"},{"name":"b","hex":"00ff"}]`.
///
/// Values that are not text, or that jsonb refuses, are written in hexadecimal; order is kept.
package enum HeaderJSON {
    /// Nil for no headers.
    package static func encode(_ headers: [KafkaHeader]) -> [UInt8]? {
        guard !headers.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.array { writer in
            for header in headers { writer.value(value(of: header)) }
        }
        return writer.bytes
    }

    /// Reads back what `encode` wrote; entries of another form are left out.
    package static func decode(_ bytes: [UInt8]) -> [KafkaHeader] {
        guard let document = try? JSONDocument(bytes) else { return [] }
        return document.root.elements.compactMap { entry -> KafkaHeader? in
            guard let name = entry["name"]?.string else { return nil }
            if let hex = entry["hex"]?.string {
                return KafkaHeader(name: name, value: Self.bytes(fromHexadecimal: hex))
            }
            return KafkaHeader(name: name, value: entry["value"]?.string.map { Array($0.utf8) })
        }
    }

    private static func value(of header: KafkaHeader) -> JSONValue {
        let name = JSONMember("name", .string(header.name.filter { $0 != "\0" }))
        guard let bytes = header.value else { return .object([name, JSONMember("value", .null)]) }
        if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) {
            return .object([name, JSONMember("value", .string(text))])
        }
        return .object([name, JSONMember("hex", .string(hexadecimal(bytes)))])
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    private static func bytes(fromHexadecimal text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
