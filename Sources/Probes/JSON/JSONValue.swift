/// A JSON value for building output, its members in the order in which they were given.
///
/// For reading, use `JSONDocument`, which does not build a tree. Two objects are equal if they have
/// the same members in the same order.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// A finite number. Infinities and NaN, which JSON has no words for, are written as null.
    case double(Double)
    /// A number by its JSON text, kept as it came: `1e400000`, `180.0`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    package static func timestamp(_ timestamp: Timestamp) -> JSONValue {
        .string(timestamp.iso8601)
    }

    /// `value` if there is one, otherwise null.
    package static func string(orNull value: String?) -> JSONValue {
        value.map(JSONValue.string) ?? .null
    }

    package static func integer(orNull value: (some BinaryInteger)?) -> JSONValue {
        value.map { JSONValue.integer(Int64(clamping: $0)) } ?? .null
    }

    package static func timestamp(orNull value: Timestamp?) -> JSONValue {
        value.map(JSONValue.timestamp) ?? .null
    }

    /// The value of an object's last member with the given key; nil for other values.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }
}

/// One key and its value in a `JSONValue.object`.
package struct JSONMember: Hashable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
        self.key = key
        self.value = value
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(nilLiteral: ()) { self = .null }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}
