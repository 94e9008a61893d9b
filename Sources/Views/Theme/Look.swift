/// The colours and attributes of a role in a theme, or of a cell on the screen.
package struct Look: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
    package var attributes: Attributes
    /// What takes the place of the colours where there are none. A look with a background of its
    /// own is reversed there besides.
    package var monochrome: Attributes

    package init(
        foreground: Color = .standard, background: Color = .standard,
        attributes: Attributes = [], monochrome: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
        self.monochrome = monochrome
    }

    /// The look on a terminal of fewer colours: nothing that was set off loses that.
    ///
    /// `base` is the brightness of the terminal's own background: a colour that would melt into it
    /// becomes the standard foreground, a bar that would melt into it is reversed.
    package func degraded(to depth: ColorDepth, base: Theme.Base) -> Look {
        guard depth < .indexed256 else {
            return Look(
                foreground: foreground.degraded(to: depth),
                background: background.degraded(to: depth), attributes: attributes)
        }
        var look = Look(attributes: attributes)
        if depth == .none {
            look.attributes.formUnion(monochrome)
            if background != .standard { look.attributes.insert(.reverse) }
            return look
        }
        look.foreground = foreground.degraded(to: depth)
        look.background = background.degraded(to: depth)
        if background != .standard, base.hides(look.background) {
            look.background = .standard
            look.foreground = .standard
            look.attributes.insert(.reverse)
        }
        guard foreground != .standard else { return look }
        if look.background != .standard {
            if !look.foreground.isReadable(on: look.background) {
                look.foreground = look.background.readableInk
                look.attributes.formUnion(monochrome)
            }
        } else if base.hides(look.foreground) {
            look.foreground = .standard
            if !look.attributes.contains(.reverse) { look.attributes.formUnion(monochrome) }
        }
        return look
    }
}

extension Theme.Base {
    /// Whether a colour of the first sixteen cannot be told from such a background.
    fileprivate func hides(_ color: Color) -> Bool {
        switch self {
        case .dark: color == .indexed(0)
        case .light: color == .indexed(7) || color == .indexed(15)
        }
    }
}
