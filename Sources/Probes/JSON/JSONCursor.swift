/// A place in a `JSONDocument`: one value, decoded when asked.
///
/// Typed access answers nil where the value is of another kind or does not fit.
package struct JSONCursor: Sendable {
    let document: JSONDocument
    let index: Int

    private var node: JSONNode { document.tape[index] }

    package var kind: JSONKind { node.kind }

    /// The bytes of the value as they came; of a text, without the quotes and with its escapes.
    package var rawBytes: ArraySlice<UInt8> { document.bytes[Int(node.start)..<Int(node.end)] }

    package var isNull: Bool { node.kind == .null }

    package var bool: Bool? {
        guard node.kind == .bool else { return nil }
        return document.bytes[Int(node.start)] == UInt8(ascii: "t")
    }

    /// The text with its escapes resolved; half of a surrogate pair becomes U+FFFD.
    package var string: String? {
        guard node.kind == .string else { return nil }
        return document.bytes.withUnsafeBufferPointer { all in
            let raw = UnsafeBufferPointer(rebasing: all[Int(node.start)..<Int(node.end)])
            guard node.flags.contains(.escaped) else { return String(decoding: raw, as: UTF8.self) }
            return String(decoding: JSONEscape.unescaped(raw), as: UTF8.self)
        }
    }

    /// Whether a text has what PostgreSQL's `text` cannot hold, or holds only changed: `\u0000` or
    /// half of a surrogate pair.
    package var hasUnstorableText: Bool {
        !node.flags.isDisjoint(with: [.hasNUL, .hasLoneSurrogate])
    }

    /// The number as it came, `180.0` or `1e400000`.
    package var numberText: String? {
        node.kind == .number ? String(decoding: rawBytes, as: UTF8.self) : nil
    }

    /// The number if it is whole, however written (`180`, `180.0`, `1.8e2`), and fits.
    package var int64: Int64? {
        guard node.kind == .number else { return nil }
        return document.bytes.withUnsafeBufferPointer {
            JSONInteger.value(
                of: UnsafeBufferPointer(rebasing: $0[Int(node.start)..<Int(node.end)]))
        }
    }

    /// The number if a double can hold it without becoming infinite.
    package var double: Double? {
        guard let value = numberText.flatMap(Double.init), value.isFinite else { return nil }
        return value
    }

    /// The number of elements of a list or of members of an object, duplicates included.
    package var count: Int {
        switch node.kind {
        case .array: elements.reduce(0) { count, _ in count + 1 }
        case .object: pairs.reduce(0) { count, _ in count + 1 }
        default: 0
        }
    }

    /// The elements of a list; none for other values.
    package var elements: JSONElements {
        JSONElements(
            document: document, index: index + 1, end: node.kind == .array ? Int(node.next) : 0)
    }

    /// The members of an object as cursors on key and value, in order, duplicates included.
    package var pairs: JSONPairs {
        JSONPairs(
            document: document, index: index + 1, end: node.kind == .object ? Int(node.next) : 0)
    }

    /// The members of an object in order, duplicates included; none for other values.
    package var members: LazyMapSequence<JSONPairs, (key: String, value: JSONCursor)> {
        pairs.lazy.map { (key: $0.key.string ?? "", value: $0.value) }
    }

    /// The value of an object's member; of duplicates the last.
    package subscript(key: String) -> JSONCursor? {
        var found: JSONCursor?
        for pair in pairs where pair.key.string == key { found = pair.value }
        return found
    }

    /// The value of an object's member by a name without escapes; of duplicates the last. Faster
    /// than the subscript: it decodes no key that has no escapes.
    package func member(_ name: StaticString) -> JSONCursor? {
        guard node.kind == .object else { return nil }
        let end = Int(node.next)
        var key = index + 1
        var found: Int?
        while key < end {
            if JSONCursor(document: document, index: key).isText(name) { found = key + 1 }
            key = Int(document.tape[key + 1].next)
        }
        return found.map { JSONCursor(document: document, index: $0) }
    }

    /// Whether this is the given text; faster than comparing `string`.
    package func isText(_ text: StaticString) -> Bool {
        let node = self.node
        let count = Int(node.end - node.start)
        if node.flags.contains(.escaped) { return string == text.description }
        guard count == text.utf8CodeUnitCount, node.kind == .string else { return false }
        let start = Int(node.start)
        return document.bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<count where bytes[start + offset] != text.utf8Start[offset] {
                return false
            }
            return true
        }
    }
}

/// The elements of a JSON list.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> JSONCursor? {
        guard index < end else { return nil }
        let element = JSONCursor(document: document, index: index)
        index = Int(document.tape[index].next)
        return element
    }
}

/// The members of a JSON object.
package struct JSONPairs: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    package mutating func next() -> (key: JSONCursor, value: JSONCursor)? {
        guard index < end else { return nil }
        let key = JSONCursor(document: document, index: index)
        let value = JSONCursor(document: document, index: index + 1)
        index = Int(document.tape[index + 1].next)
        return (key, value)
    }
}
