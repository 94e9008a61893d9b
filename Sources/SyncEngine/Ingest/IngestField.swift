import Probes

/// Checks single fields of rows from outside: kind, length, what PostgreSQL can hold.
enum IngestField {
    /// - Parameters:
    ///   - most: characters (Unicode scalars).
    ///   - hasLines: whether line ends and tabs are allowed.
    static func text(
        _ value: JSONCursor?, _ field: String, most: Int, hasLines: Bool = false
    ) throws(IngestFault) -> String {
        guard let text = try text(ifPresent: value, field, most: most, hasLines: hasLines) else {
            throw .invalid(field, "missing")
        }
        return text
    }

    /// Nil where it is absent or null.
    static func text(
        ifPresent value: JSONCursor?, _ field: String, most: Int, hasLines: Bool = false
    ) throws(IngestFault) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.string else {
            throw .invalid(field, "\(value.kind.words) where a text is needed")
        }
        if value.hasUnstorableText {
            throw .invalid(field, "has U+0000 or half of a surrogate pair")
        }
        if text.isEmpty { throw .invalid(field, "empty") }
        let bytes = text.utf8.count
        if bytes > most, bytes > most * 4 || text.unicodeScalars.count > most {
            throw .invalid(field, "longer than \(most) characters")
        }
        if hasControl(text, hasLines: hasLines) {
            throw .invalid(field, "has a control character")
        }
        return text
    }

    /// C0, DEL and C1.
    private static func hasControl(_ text: String, hasLines: Bool) -> Bool {
        var before: UInt8 = 0
        for byte in text.utf8 {
            let isLine = byte == 0x09 || byte == 0x0A || byte == 0x0D
            if byte < 0x20 ? !(hasLines && isLine) : byte == 0x7F { return true }
            if before == 0xC2, byte < 0xA0, byte >= 0x80 { return true }
            before = byte
        }
        return false
    }

    /// Visible ASCII: hashes are compared, and stand in lines that are hashed again.
    static func hash(_ value: JSONCursor?, _ field: String) throws(IngestFault) -> String {
        let text = try text(value, field, most: 128)
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalid(field, "not visible ASCII")
        }
        return text
    }

    static func flag(
        ifPresent value: JSONCursor?, _ field: String
    ) throws(IngestFault) -> Bool? {
        guard let value, !value.isNull else { return nil }
        guard let flag = value.bool else {
            throw .invalid(field, "\(value.kind.words) where true or false is needed")
        }
        return flag
    }

    static func timestamp(_ value: JSONCursor?, _ field: String) throws(IngestFault) -> Timestamp {
        guard let value, !value.isNull else { throw .invalid(field, "missing") }
        guard value.kind == .string, let moment = Timestamp(iso8601: value.rawBytes) else {
            throw .invalid(field, "not an ISO 8601 time")
        }
        return moment
    }

    /// A decimal number as PostgreSQL reads it; rounded to four decimals there.
    ///
    /// - Parameter largest: its magnitude at most.
    static func decimal(
        ifPresent value: JSONCursor?, _ field: String, largest: Double
    ) throws(IngestFault) -> String? {
        guard let value, !value.isNull else { return nil }
        guard let text = value.numberText else {
            throw .invalid(field, "\(value.kind.words) where a number is needed")
        }
        guard let number = Double(text), number.magnitude <= largest, text.utf8.count <= 64 else {
            throw .invalid(field, "out of range")
        }
        // An exponent may say anything: PostgreSQL gives up at some that a double rounds to zero.
        return text.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") } ? "\(number)" : text
    }
}
