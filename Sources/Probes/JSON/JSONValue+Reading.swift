extension JSONValue {
    /// The tree of a parsed value: of duplicate keys only the last, numbers by their text where
    /// they are not plain integers. Recursion is bounded by the parser's depth limit.
    package init(_ cursor: JSONCursor) {
        switch cursor.kind {
        case .null: self = .null
        case .bool: self = .bool(cursor.bool ?? false)
        case .string: self = .string(cursor.string ?? "")
        case .array: self = .array(cursor.elements.map(JSONValue.init))
        case .object: self = .object(Self.members(of: cursor))
        case .number:
            let text = cursor.numberText ?? ""
            self = Int64(text).map(JSONValue.integer) ?? .number(text)
        }
    }

    private static func members(of object: JSONCursor) -> [JSONMember] {
        var members: [JSONMember] = []
        var places: [String: Int] = [:]
        for (key, value) in object.members {
            if let place = places[key] {
                members[place].value = JSONValue(value)
            } else {
                places[key] = members.count
                members.append(JSONMember(key, JSONValue(value)))
            }
        }
        return members
    }
}
