/// A parsed JSON text: its bytes and a flat tape of where each value stands in them.
///
/// Nothing is decoded before it is asked for, so that reading some keys of a message costs little
/// more than checking it. Strict RFC 8259; of duplicate keys the last one wins, as in `jsonb`.
package final class JSONDocument: Sendable {
    /// Arrays and objects inside each other; a value at this depth is still read.
    package static let maximumDepth = 128

    package let bytes: [UInt8]
    let tape: [JSONNode]
    /// Whether PostgreSQL can hold the document as `jsonb`.
    ///
    /// It cannot where a text or key has `\u0000` or half of a surrogate pair, where a number has
    /// more than 131,072 digits before the point or 16,383 after it, or beyond 16 MiB (where its
    /// own limits on elements begin to count). In doubt false: a valid document is then kept as
    /// bytes only.
    package let isStorableAsJSONB: Bool

    /// Reads the bytes; O(n), the memory of the tape is at most 16 bytes for each byte.
    package init(_ bytes: [UInt8]) throws(JSONParseError) {
        let parsed = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONParseError) in
                var parser = JSONParser(bytes: buffer)
                try parser.parse()
                return parser
            }
        }
        let parser = try parsed.get()
        tape = parser.tape
        isStorableAsJSONB = parser.isStorableAsJSONB && bytes.count <= 16 << 20
        self.bytes = bytes
    }

    package convenience init(text: String) throws(JSONParseError) {
        try self.init(Array(text.utf8))
    }

    package var root: JSONCursor { JSONCursor(document: self, index: 0) }
}

/// One value on the tape. The nodes of a container's content follow it; a member is its key's node
/// and then its value's.
struct JSONNode: Sendable {
    struct Flags: OptionSet, Sendable {
        let rawValue: UInt8
        /// A text with an escape: its bytes are not its value.
        static let escaped = Flags(rawValue: 1)
        /// A text with `\u0000`.
        static let hasNUL = Flags(rawValue: 2)
        /// A text with half of a surrogate pair.
        static let hasLoneSurrogate = Flags(rawValue: 4)
        /// A number without point and exponent.
        static let plainInteger = Flags(rawValue: 8)
    }

    /// Offset of the first byte; of a text, the one after the quote.
    var start: UInt32
    /// Offset after the last byte; of a text, of the closing quote.
    var end: UInt32
    /// Index on the tape of what follows this value and its content.
    var next: UInt32
    var kind: JSONKind
    var flags: Flags
}

package enum JSONKind: UInt8, Sendable {
    case null, bool, number, string, array, object

    /// With an article, for messages: `a number`.
    package var words: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
