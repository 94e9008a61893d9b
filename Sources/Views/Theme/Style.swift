/// How a terminal can set text off besides colour.
package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)

    /// The names in theme files, in the order in which they are written.
    static let named: [(name: String, attribute: Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse),
    ]
}

/// How a cell looks, in terms of meaning: a role, perhaps on the background of another role.
///
/// `Style(.critical).on(.selected)` is a critical word in the selected row: the word's own
/// foreground on the bar's background, with the attributes of both.
package struct Style: Hashable, Sendable {
    package var role: Role
    package var background: Role?
    package var attributes: Attributes

    package init(_ role: Role, on background: Role? = nil, _ attributes: Attributes = []) {
        self.role = role
        self.background = background
        self.attributes = attributes
    }

    package static let normal = Style(.normal)

    package func on(_ background: Role?) -> Style { Style(role, on: background, attributes) }

    package func adding(_ more: Attributes) -> Style {
        Style(role, on: background, attributes.union(more))
    }
}
