/// A colour as a theme names it.
package enum Color: Hashable, Sendable {
    /// The terminal's own foreground or background.
    case standard
    /// One of the 256 of xterm's palette; 0-7 and 8-15 are the terminal's own, 16-255 are fixed.
    case indexed(UInt8)
    case rgb(UInt8, UInt8, UInt8)

    /// Parses `default`, a palette index `0`…`255`, a name (`red`, `bright_red`) or `#rrggbb`.
    package init?(_ text: String) {
        if text == "default" {
            self = .standard
        } else if let index = UInt8(text) {
            self = .indexed(index)
        } else if let index = Self.names.firstIndex(of: text) {
            self = .indexed(UInt8(index))
        } else if text.hasPrefix("#"), text.utf8.count == 7,
            text.utf8.dropFirst().allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(text.dropFirst(), radix: 16)
        {
            self = .rgb(
                UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8),
                UInt8(truncatingIfNeeded: value))
        } else {
            return nil
        }
    }

    private static let hues = [
        "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    ]
    static let names = hues + hues.map { "bright_" + $0 }

    /// Red, green and blue, 0…255; `nil` for the terminal's own. Of 0-15 as xterm has them.
    package var components: (red: Int, green: Int, blue: Int)? {
        switch self {
        case .standard: return nil
        case .rgb(let red, let green, let blue): return (Int(red), Int(green), Int(blue))
        case .indexed(let index) where index < 16:
            let value = Self.basePalette[Int(index)]
            return (value >> 16, value >> 8 & 255, value & 255)
        case .indexed(let index) where index < 232:
            let steps = [0, 95, 135, 175, 215, 255]
            let cube = Int(index) - 16
            return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
        case .indexed(let index):
            let level = 8 + 10 * (Int(index) - 232)
            return (level, level, level)
        }
    }

    /// The nearest colour that a terminal of this depth has.
    package func degraded(to depth: ColorDepth) -> Color {
        switch (self, depth) {
        case (.standard, _), (_, .trueColor): return self
        case (_, .none): return .standard
        case (.indexed, .indexed256): return self
        case (.rgb, .indexed256): return nearest(among: Array(16...255))
        case (.indexed(let index), .sixteen) where index < 16: return self
        case (.indexed(let index), .eight) where index < 16: return .indexed(index % 8)
        case (_, .sixteen): return basic(bright: true)
        case (_, .eight): return basic(bright: false)
        }
    }

    /// The first colours' nearest by hue: by distance alone an orange would become grey.
    private func basic(bright: Bool) -> Color {
        guard let (red, green, blue) = components else { return self }
        let (most, least) = (max(red, green, blue), min(red, green, blue))
        let isBright = bright && most > 215
        guard most - least >= 40 else {
            return nearest(among: bright ? [0, 7, 8, 15] : [0, 7])
        }
        // Which of the three are nearer to the strongest than to the weakest.
        let middle = (most + least) / 2
        var index: UInt8 = (red > middle ? 1 : 0) + (green > middle ? 2 : 0)
        if blue > middle { index += 4 }
        return .indexed(isBright ? index + 8 : index)
    }

    private func nearest(among candidates: [UInt8]) -> Color {
        let nearest = candidates.min {
            distance(to: .indexed($0)) < distance(to: .indexed($1))
        }
        return .indexed(nearest ?? 0)
    }

    /// Squared distance, weighted as the eye weighs red, green and blue at middle brightness.
    private func distance(to other: Color) -> Int {
        guard let mine = components, let theirs = other.components else { return .max }
        let red = mine.red - theirs.red
        let green = mine.green - theirs.green
        let blue = mine.blue - theirs.blue
        return 2 * red * red + 4 * green * green + 3 * blue * blue
    }

    private static let basePalette = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
}

/// How many colours the terminal shows.
package enum ColorDepth: String, CaseIterable, Comparable, Sendable {
    case none
    case eight
    case sixteen
    case indexed256
    case trueColor

    package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The depth for a terminal that says it has `colors` colours. A `NO_COLOR` that is set and
    /// not empty means none (no-color.org).
    package init(colors: Int, environment: [String: String]) {
        if let wish = environment["NO_COLOR"], !wish.isEmpty {
            self = .none
        } else {
            self =
                switch colors {
                case 256...: .indexed256
                case 16..<256: .sixteen
                case 8..<16: .eight
                default: .none
                }
        }
    }
}
