/// Writes JSON text into a byte buffer: keys in the order given, compact or indented by two spaces.
///
/// The caller opens and closes what it writes; the writer puts the commas. Text is written as UTF-8
/// with only `"`, `\` and the control characters below U+0020 escaped.
///
///     var writer = JSONWriter()
///     writer.object { $0.member("id", 12); $0.member("state", "open") }
///     writer.bytes            // {"id":12,"state":"open"}
package struct JSONWriter: Sendable {
    package enum Style: Sendable {
        case compact
        case pretty
    }

    package private(set) var bytes: [UInt8] = []
    private let style: Style
    private var depth = 0
    /// Whether something was written before at this level, so that the next needs a comma.
    private var needsComma = false

    package init(style: Style = .compact) {
        self.style = style
    }

    /// The text of one value.
    package static func text(_ value: JSONValue, style: Style = .compact) -> String {
        var writer = JSONWriter(style: style)
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    package mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try enclosed(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    package mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        try enclosed(UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    package mutating func member(_ key: String, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    package mutating func member(
        _ key: String, object body: (inout JSONWriter) throws -> Void
    ) rethrows {
        self.key(key)
        try object(body)
    }

    package mutating func member(
        _ key: String, array body: (inout JSONWriter) throws -> Void
    ) rethrows {
        self.key(key)
        try array(body)
    }

    /// Writes a key; its value must follow.
    package mutating func key(_ key: String) {
        separate()
        JSONText.appendQuoted(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if style == .pretty { bytes.append(UInt8(ascii: " ")) }
        needsComma = false
        followsKey = true
    }

    package mutating func value(_ value: JSONValue) {
        switch value {
        case .array(let elements):
            array { for element in elements { $0.value(element) } }
        case .object(let members):
            object { for member in members { $0.member(member.key, member.value) } }
        default:
            separate()
            appendScalar(value)
        }
    }

    private var followsKey = false

    private mutating func appendScalar(_ value: JSONValue) {
        switch value {
        case .bool(let flag): bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        case .integer(let number): bytes.append(contentsOf: "\(number)".utf8)
        case .double(let number):
            bytes.append(contentsOf: number.isFinite ? "\(number)".utf8 : "null".utf8)
        case .number(let text): bytes.append(contentsOf: text.utf8)
        case .string(let text): JSONText.appendQuoted(text, to: &bytes)
        case .null, .array, .object: bytes.append(contentsOf: "null".utf8)
        }
    }

    private mutating func enclosed(
        _ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) throws -> Void
    ) rethrows {
        separate()
        bytes.append(open)
        depth += 1
        needsComma = false
        try body(&self)
        depth -= 1
        if needsComma { breakLine() }
        bytes.append(close)
        needsComma = true
    }

    /// Comma and line break before the next key or element, unless it follows a key.
    private mutating func separate() {
        if followsKey {
            followsKey = false
        } else {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            if depth > 0 { breakLine() }
        }
        needsComma = true
    }

    private mutating func breakLine() {
        guard style == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
    }
}

/// The escaping of JSON texts, shared by the writer and the canonical form.
package enum JSONText {
    /// Appends `text` in quotes, escaped.
    package static func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { appendEscaped($0, to: &bytes) }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(
        _ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]
    ) {
        var start = 0
        for index in utf8.indices {
            let byte = utf8[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                continue
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
            start = index + 1
            appendEscape(of: byte, to: &bytes)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
