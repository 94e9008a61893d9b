import Kafka
import Probes

/// A dead letter as it is published for others: the seed's body, and where it came from in headers
/// (as Kafka Connect names them, always on).
struct DeadLetterMessage {
    static let breakerKey = "kafka:dlq"
    /// A body above this is published without the original: most brokers take 1 MiB at most.
    static let maximumOriginalBytes = 600_000

    /// Of all headers, names and values; brokers and their clients do not like large ones.
    static let maximumHeaderBytes = 16_384
    static let correlationHeader = "__dead_letter.correlation_id"
    private static let ownPrefix = "__dead_letter."
    private static let maximumValueBytes = 1_024

    var letterID: Int64
    var record: EventRecord
    var reason: String
    var error: String
    var fingerprint: String
    var stage: String
    var attempts: Int
    var failedAt: Timestamp

    /// The message's own headers, as far as there is room, and where it came from.
    ///
    /// One that goes round again has such headers already: they are replaced, so that nothing grows
    /// with the rounds.
    var headers: [KafkaHeader] {
        let own = ownHeaders
        var room = Self.maximumHeaderBytes - own.reduce(0) { $0 + Self.size(of: $1) }
        var kept: [KafkaHeader] = []
        let others = record.message.headers.filter { !$0.name.hasPrefix(Self.ownPrefix) }
        for header in others where Self.size(of: header) <= room - 64 {
            kept.append(header)
            room -= Self.size(of: header)
        }
        let dropped = others.count - kept.count
        guard dropped > 0 else { return kept + own }
        return kept + own
            + [
                KafkaHeader(
                    name: Self.ownPrefix + "headers_dropped", value: Array("\(dropped)".utf8))
            ]
    }

    private static func size(of header: KafkaHeader) -> Int {
        header.name.utf8.count + (header.value?.count ?? 0)
    }

    private var ownHeaders: [KafkaHeader] {
        let message = record.message
        return [
            ("__dead_letter.id", String(letterID)),
            ("__dead_letter.topic", message.topic),
            ("__dead_letter.partition", String(message.partition)),
            ("__dead_letter.offset", String(message.offset)),
            ("__dead_letter.stage", stage),
            ("__dead_letter.reason", reason),
            ("__dead_letter.fingerprint", fingerprint),
            ("__dead_letter.attempts", String(attempts)),
            ("__dead_letter.event_id", record.eventID),
            (Self.correlationHeader, record.trail),
        ].map {
            KafkaHeader(name: $0.0, value: Array($0.1.utf8.prefix(Self.maximumValueBytes)))
        }
    }

    /// By which the message of a letter is known, among all that are published.
    static func mark(ofLetter id: Int64) -> String { #""dead_letter_id":\#(id),"# }

    /// `{"original_topic","original_event","error","failed_at",…}`; `original_event` is the event
    /// itself where it is JSON, null otherwise, and then `original_base64` holds its bytes.
    var value: [UInt8] {
        let original = record.message.value
        let isJSON = (try? JSONDocument(original)) != nil
        let isSmall = original.count <= Self.maximumOriginalBytes
        var bytes = Array(#"{"original_topic":"#.utf8)
        JSONText.appendQuoted(record.message.topic, to: &bytes)
        bytes += Array(#","original_event":"#.utf8)
        bytes += isJSON && isSmall ? original : Array("null".utf8)
        bytes += Array(#","error":"#.utf8)
        JSONText.appendQuoted(error, to: &bytes)
        bytes += Array(
            (#","failed_at":\#(failedAt.microseconds / 1_000),"# + Self.mark(ofLetter: letterID)
                + #""reason":"#).utf8)
        JSONText.appendQuoted(reason, to: &bytes)
        bytes += Array(#","is_truncated":\#(!isSmall)"#.utf8)
        if !isJSON, isSmall {
            bytes += Array(#","original_base64":""#.utf8) + Base64.encode(original)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

/// RFC 4648 with padding.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let digit = digits[Int(bits >> UInt32(18 - 6 * place) & 63)]
                text.append(place <= group.count ? digit : UInt8(ascii: "="))
            }
        }
        return text
    }
}
