/// Why bytes are not JSON (RFC 8259), and at which byte.
package struct JSONParseError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case empty
        case byteOrderMark
        case invalidUTF8
        case unexpectedEnd
        case tooDeep
        case tooLong
        case expectedValue
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case malformedNumber
        case malformedEscape
        case controlCharacterInText
        case trailingText
    }

    package var reason: Reason
    /// Offset of the byte at which reading stopped, from 0.
    package var position: Int

    package var description: String { "\(words) at byte \(position)" }

    private var words: String {
        switch reason {
        case .empty: "empty"
        case .byteOrderMark: "starts with a byte order mark"
        case .invalidUTF8: "not valid UTF-8"
        case .unexpectedEnd: "ends in the middle"
        case .tooDeep: "nested deeper than \(JSONDocument.maximumDepth)"
        case .tooLong: "longer than 4 GiB"
        case .expectedValue: "a value was expected"
        case .expectedKey: "a key was expected"
        case .expectedColon: "a colon was expected"
        case .expectedCommaOrEnd: "a comma or the end of the list or object was expected"
        case .malformedNumber: "not a number"
        case .malformedEscape: "not an escape sequence"
        case .controlCharacterInText: "a control character stands in a text"
        case .trailingText: "something follows the value"
        }
    }
}
