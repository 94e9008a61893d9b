/// The themes inside the binary. `themes/*.yaml` say the same, as examples to start from.
///
/// Colour-blind-safe: ok is a blue-green, critical an orange or red that stays apart from it in
/// brightness or hue for every kind of colour blindness, and critical is bold besides.
extension Theme {
    /// For a dark terminal background.
    package static let dark = Theme(name: "dark", base: .dark, looks: builtInLooks(.dark))
    /// For a light terminal background.
    package static let light = Theme(name: "light", base: .light, looks: builtInLooks(.light))
    /// For a dark background; nothing is dimmer than the terminal's own foreground.
    package static let highContrast = Theme(
        name: "high-contrast", base: .dark, looks: highContrastLooks)

    package static let builtIn = [dark, light, highContrast]

    static func builtInLooks(_ base: Base) -> [Role: Look] {
        base == .dark ? darkLooks : lightLooks
    }

    private static let darkLooks: [Role: Look] = [
        .normal: Look(),
        .muted: ink(246, mono: .dim),
        .title: ink(153, .bold, mono: .bold),
        .header: ink(110, .bold, mono: .bold),
        .selected: bar(231, 24),
        .marked: ink(222, .bold, mono: [.bold, .underline]),
        .ok: ink(79),
        .warning: ink(221, mono: .bold),
        .critical: ink(209, .bold, mono: [.bold, .underline]),
        .info: ink(117),
        .accent: ink(183, mono: .bold),
        .key: ink(222, .bold, mono: .bold),
        .hint: ink(248, mono: .dim),
        .border: ink(242, mono: .dim),
        .input: ink(231, .underline, mono: .underline),
        .match: ink(222, .underline, mono: .underline),
        .stale: ink(246, mono: .dim),
        .paused: bar(16, 221, .bold),
        .disabled: ink(244, mono: .dim),
        .graph: ink(75),
        .production: bar(231, 124, .bold),
        .demo: bar(16, 117, .bold),
        .diffAdded: ink(117, mono: .bold),
        .diffRemoved: ink(209, mono: .underline),
        .diffContext: ink(246, mono: .dim),
    ]

    private static let lightLooks: [Role: Look] = [
        .normal: Look(),
        .muted: ink(241, mono: .dim),
        .title: ink(18, .bold, mono: .bold),
        .header: ink(24, .bold, mono: .bold),
        .selected: bar(16, 153),
        .marked: ink(90, .bold, mono: [.bold, .underline]),
        .ok: ink(25),
        .warning: ink(130, mono: .bold),
        .critical: ink(161, .bold, mono: [.bold, .underline]),
        .info: ink(18),
        .accent: ink(90, mono: .bold),
        .key: ink(18, .bold, mono: .bold),
        .hint: ink(240, mono: .dim),
        .border: ink(244, mono: .dim),
        .input: ink(16, .underline, mono: .underline),
        .match: ink(90, .underline, mono: .underline),
        .stale: ink(241, mono: .dim),
        .paused: bar(16, 221, .bold),
        .disabled: ink(243, mono: .dim),
        .graph: ink(25),
        .production: bar(231, 124, .bold),
        .demo: bar(231, 25, .bold),
        .diffAdded: ink(25, mono: .bold),
        .diffRemoved: ink(161, mono: .underline),
        .diffContext: ink(241, mono: .dim),
    ]

    private static let highContrastLooks: [Role: Look] = darkLooks.merging([
        .muted: ink(252),
        .title: ink(231, .bold, mono: .bold),
        .header: ink(231, [.bold, .underline], mono: [.bold, .underline]),
        .selected: bar(16, 231, .bold),
        .ok: ink(123),
        .warning: ink(227, .bold, mono: .bold),
        .critical: ink(216, [.bold, .underline], mono: [.bold, .underline]),
        .hint: ink(255),
        .border: ink(252),
        .stale: ink(252, .underline, mono: .underline),
        .disabled: ink(250, mono: .dim),
        .diffContext: ink(252),
    ]) { _, own in own }

    private static func ink(
        _ foreground: UInt8, _ attributes: Attributes = [], mono: Attributes = []
    ) -> Look {
        Look(foreground: .indexed(foreground), attributes: attributes, monochrome: mono)
    }

    private static func bar(
        _ foreground: UInt8, _ background: UInt8, _ attributes: Attributes = []
    ) -> Look {
        Look(
            foreground: .indexed(foreground), background: .indexed(background),
            attributes: attributes)
    }
}
