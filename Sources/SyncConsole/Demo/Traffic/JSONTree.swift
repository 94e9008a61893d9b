/// A JSON value as it is sent: objects keep the order of their members.
///
/// The demo writes JSON and never reads it, so that it cannot share a fault with what it checks.
package indirect enum JSONTree: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case string(String)
    case array([JSONTree])
    case object([JSONMember])

    /// The value under `key`, nil if this is no object or has no such member.
    package subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    package var strings: [String] {
        guard case .array(let items) = self else { return [] }
        return items.compactMap(\.string)
    }

    /// The object without `key`; anything else unchanged.
    package func without(_ key: String) -> JSONTree {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { $0.key != key })
    }

    /// The object with `key` set, in its old place or at the end; anything else unchanged.
    package func with(_ key: String, _ value: JSONTree) -> JSONTree {
        guard case .object(var members) = self else { return self }
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index] = JSONMember(key, value)
        } else {
            members.append(JSONMember(key, value))
        }
        return .object(members)
    }

    /// Members sorted by key, at every depth: two objects that mean the same become equal.
    package var sorted: JSONTree {
        switch self {
        case .array(let items): .array(items.map(\.sorted))
        case .object(let members):
            .object(
                members.map { JSONMember($0.key, $0.value.sorted) }.sorted { $0.key < $1.key })
        default: self
        }
    }

    package static func strings(_ items: [String]) -> JSONTree {
        .array(items.map(JSONTree.string))
    }

    package static func text(_ text: String?) -> JSONTree {
        text.map(JSONTree.string) ?? .null
    }

    package static func integer(_ number: Int) -> JSONTree {
        .integer(Int64(number))
    }
}

/// One member of a JSON object.
package struct JSONMember: Sendable, Hashable {
    package let key: String
    package let value: JSONTree

    package init(_ key: String, _ value: JSONTree) {
        self.key = key
        self.value = value
    }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }
}
