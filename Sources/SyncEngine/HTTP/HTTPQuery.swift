/// The parameters behind a `?`, decoded, in the order given.
struct HTTPQuery: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var name: String
        var value: String
    }

    private(set) var items: [Item] = []

    init() {}

    /// A part whose escapes lead to no UTF-8 stays as it came.
    init(_ text: String) {
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            let halves = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            items.append(
                Item(
                    name: Self.decoded(halves[0]),
                    value: halves.count > 1 ? Self.decoded(halves[1]) : ""))
        }
    }

    private static func decoded(_ part: Substring.UTF8View) -> String {
        PercentText.decoded(part, plusIsSpace: true) ?? String(Substring(part))
    }

    /// The last value given for a name.
    subscript(name: String) -> String? {
        items.last { $0.name == name }?.value
    }
}
