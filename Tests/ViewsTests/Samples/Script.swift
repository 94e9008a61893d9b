import Probes
import Views

/// A console in the hands of a script of keys.
struct Script {
    var model: ConsoleModel
    private(set) var requests: [ScreenRequest] = []
    private let instant = ContinuousClock.now

    init(
        _ readings: ConsoleReadings = Sample.normal, facts: ConsoleFacts = Sample.facts(),
        size: Size = Size(rows: 24, columns: 80), glyphs: GlyphSet = .unicode,
        keys: KeyTable = .standard
    ) {
        model = ConsoleModel(facts: facts, readings: readings, now: Sample.now, keys: keys)
        give(
            .opened(
                ScreenFacts(
                    size: size, terminal: "xterm-256color", depth: .indexed256, glyphs: glyphs,
                    notice: nil)))
    }

    /// Presses keys by their names, separated by blanks: `6 j Space a`.
    mutating func press(_ names: String) {
        for name in names.split(separator: " ") {
            guard let key = Key(named: String(name)) else { continue }
            give(.key(key))
        }
    }

    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars { give(.key(Key(scalar))) }
    }

    mutating func give(_ input: ScreenInput) {
        requests += model.handle(input, at: instant).requests
    }

    mutating func answer(_ report: ActionReport) { model.take(report, at: instant) }

    func frame(rows: Int = 24, columns: Int = 80, glyphs: GlyphSet = .unicode) -> Canvas {
        var canvas = Canvas(rows: rows, columns: columns, glyphs: glyphs)
        model.draw(into: &canvas)
        return canvas
    }

    var screen: String { frame().lines.joined(separator: "\n") }
    var hints: String { frame().lines.last ?? "" }
}
