/// Which values say something about a person, by where they stand.
///
/// `data.contact.email` is a path in an event's payload, `headers.x-user` a header,
/// `catalog.name_i18n.es` a service's field wherever its values are written down (review items,
/// drift, blame, replays), and `audit.message` a path in an audit entry's details. An array on the
/// way stands for all its elements, `*` for every key.
package struct PersonalFields: Sendable, Equatable {
    /// What is shown in place of a value.
    package static let mask = "•••"
    /// What stands in place of a value that was erased.
    package static let erased = "[erased]"

    /// Where a path begins.
    package enum Place: String, Sendable {
        case payload, headers, catalog, audit
    }

    private var keys: [Place: [[String]]]

    package static let none = PersonalFields(paths: [])

    /// Paths as the configuration has them; checked there.
    package init(paths: [String]) {
        keys = [:]
        for path in paths {
            let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(
                String.init)
            if let place = parts.first.flatMap(Place.init(rawValue:)), place != .payload {
                // The name of a header may have points.
                let rest = Array(parts.dropFirst())
                keys[place, default: []].append(
                    place == .headers ? [rest.joined(separator: ".").lowercased()] : rest)
            } else {
                keys[.payload, default: []].append(parts)
            }
        }
    }

    package var isEmpty: Bool { keys.isEmpty }

    package func has(_ place: Place) -> Bool { keys[place] != nil }

    /// A tree with what is personal replaced, and the texts that were.
    ///
    /// Numbers and booleans are replaced as well; null and what was erased before is left.
    package func replacing(
        _ value: JSONValue, in place: Place, by word: String
    ) -> (value: JSONValue, found: [String]) {
        var found: [String] = []
        var value = value
        for path in keys[place] ?? [] {
            value = Self.replace(value, path[...], word, &found)
        }
        return (value, found)
    }

    /// A JSON text with what is personal masked. One that is no JSON is masked whole: nobody can
    /// tell what stands in it.
    package func masking(_ text: String, in place: Place) -> String {
        guard has(place), !text.isEmpty else { return text }
        guard let tree = Self.tree(text) else { return "\(Self.mask) (not JSON)" }
        let masked = replacing(tree, in: place, by: Self.mask)
        return masked.found.isEmpty ? text : JSONWriter.text(masked.value)
    }

    /// One field's value as JSON, looked at as if it stood in a service's whole content.
    package func masking(_ text: String, ofField field: String) -> String {
        let whole: JSONValue = .object([JSONMember(field, JSONValue(storedText: text))])
        let masked = replacing(whole, in: .catalog, by: Self.mask)
        guard !masked.found.isEmpty, let value = masked.value[field] else { return text }
        return JSONWriter.text(value)
    }

    /// A service's name in some language.
    package func maskingName(_ name: String) -> String {
        let isPersonal = (keys[.catalog] ?? []).contains { ["name_i18n", "*"].contains($0.first) }
        return isPersonal ? Self.mask : name
    }

    /// Whether a value at a place of a payload (`data.contact.emails[2]`) is personal, or may have
    /// something personal in it: then nobody quotes it.
    package func covers(payloadPlace place: String) -> Bool {
        let parts = place.split(separator: ".").map { $0.prefix { $0 != "[" } }
        return (keys[.payload] ?? []).contains { path in
            zip(path, parts).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }

    package func masking(_ headers: [Header]) -> [Header] {
        guard let names = keys[.headers] else { return headers }
        return headers.map { header in
            names.contains([header.name.lowercased()])
                ? Header(name: header.name, value: Self.mask) : header
        }
    }

    package func isPersonal(header name: String) -> Bool {
        keys[.headers]?.contains([name.lowercased()]) ?? false
    }

    /// Nil if it is no JSON.
    package static func tree(_ text: String) -> JSONValue? {
        guard let document = try? JSONDocument(text: text) else { return nil }
        return JSONValue(document.root)
    }

    private static func replace(
        _ value: JSONValue, _ path: ArraySlice<String>, _ word: String, _ found: inout [String]
    ) -> JSONValue {
        if case .array(let elements) = value {
            return .array(elements.map { replace($0, path, word, &found) })
        }
        guard let key = path.first else { return replaceAll(value, word, &found) }
        guard case .object(let members) = value else { return value }
        return .object(
            members.map { member in
                key == "*" || member.key == key
                    ? JSONMember(
                        member.key, replace(member.value, path.dropFirst(), word, &found))
                    : member
            })
    }

    /// Everything below a path is personal.
    private static func replaceAll(
        _ value: JSONValue, _ word: String, _ found: inout [String]
    ) -> JSONValue {
        switch value {
        case .null: return value
        case .object(let members):
            return .object(
                members.map { JSONMember($0.key, replaceAll($0.value, word, &found)) })
        case .array(let elements): return .array(elements.map { replaceAll($0, word, &found) })
        case .string(let text):
            if text == erased || text == mask { return value }
            found.append(text)
        default: found.append(JSONWriter.text(value))
        }
        return .string(word)
    }
}

extension JSONValue {
    /// The tree with every string that contains one of `texts` replaced, and every number that is
    /// one of them.
    package func replacing(_ texts: Set<String>, by word: String, _ count: inout Int) -> JSONValue {
        switch self {
        case .string(let text):
            guard texts.contains(where: { text.contains($0) }) else { return self }
        case .integer, .double, .number:
            guard texts.contains(JSONWriter.text(self)) else { return self }
        case .array(let elements):
            return .array(elements.map { $0.replacing(texts, by: word, &count) })
        case .object(let members):
            return .object(
                members.map { JSONMember($0.key, $0.value.replacing(texts, by: word, &count)) })
        case .null, .bool: return self
        }
        count += 1
        return .string(word)
    }
}
