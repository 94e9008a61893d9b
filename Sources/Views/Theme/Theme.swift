/// Colours and attributes for every role.
package struct Theme: Hashable, Sendable {
    /// Whether the theme is made for a dark or a light terminal background.
    package enum Base: String, Sendable {
        case dark
        case light
    }

    package let name: String
    package let base: Base
    private let looks: [Look]

    /// A theme in which the roles that are not given look as in the built-in theme of that base.
    package init(name: String, base: Base, looks given: [Role: Look]) {
        self.name = name
        self.base = base
        let defaults = Self.builtInLooks(base)
        looks = Role.allCases.map { given[$0] ?? defaults[$0] ?? Look() }
    }

    package subscript(role: Role) -> Look { looks[Int(role.rawValue)] }

    /// The look of a style, in full colours.
    package func look(for style: Style) -> Look {
        var look = self[style.role]
        if let bar = style.background {
            let under = self[bar]
            if look.foreground == .standard || !look.foreground.isReadable(on: under.background) {
                look.foreground = under.foreground
            }
            look.background = under.background
            look.attributes.formUnion(under.attributes)
            look.monochrome.formUnion(under.monochrome)
        }
        look.attributes.formUnion(style.attributes)
        return look
    }

    /// The look of a style on a terminal of this depth.
    package func look(for style: Style, depth: ColorDepth) -> Look {
        look(for: style).degraded(to: depth, base: base)
    }
}
