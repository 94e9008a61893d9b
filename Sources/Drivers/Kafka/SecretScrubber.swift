/// Takes secrets out of what librdkafka says: its messages may quote a property's value.
struct SecretScrubber: Sendable {
    private let secrets: [[UInt8]]

    init(_ settings: KafkaSettings) { secrets = settings.secretValues.map { Array($0.utf8) } }

    func scrub(_ text: String) -> String {
        secrets.reduce(text) { text, secret in Self.replace(secret, in: text) }
    }

    private static func replace(_ secret: [UInt8], in text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.count >= secret.count else { return text }
        var kept: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: secret) {
                kept += Array("***".utf8)
                index += secret.count
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }
}
