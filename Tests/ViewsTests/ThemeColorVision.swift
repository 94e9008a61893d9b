import Glibc
import Views

/// How a colour looks to people who lack one kind of cone (Machado, Oliveira and Fernandes,
/// "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1).
struct ColorVision {
    let name: String
    /// Row by row, on linear red, green, blue.
    let matrix: [Double]

    static let all = [
        ColorVision(name: "full", matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        ColorVision(
            name: "protanopia",
            matrix: [
                0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882,
                -0.048116, 1.051998,
            ]),
        ColorVision(
            name: "deuteranopia",
            matrix: [
                0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820,
                0.042940, 0.968881,
            ]),
        ColorVision(
            name: "tritanopia",
            matrix: [
                1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733,
                0.691367, 0.303900,
            ]),
    ]

    /// The distance of two colours as seen, in CIE Lab (about 2 is just noticeable side by side).
    func distance(_ first: Color, _ second: Color) -> Double? {
        guard let one = lab(first), let other = lab(second) else { return nil }
        return zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private func lab(_ color: Color) -> [Double]? {
        guard let components = color.components else { return nil }
        let linear = [components.red, components.green, components.blue].map { component in
            let value = Double(component) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let seen = Self.apply(matrix, linear).map { min(1, max(0, $0)) }
        let xyz = Self.apply(
            [0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505], seen)
        let scaled = zip(xyz, [0.95047, 1, 1.08883]).map { value, white in
            let ratio = value / white
            return ratio > 0.008856 ? cbrt(ratio) : 7.787 * ratio + 16.0 / 116
        }
        return [
            116 * scaled[1] - 16, 500 * (scaled[0] - scaled[1]), 200 * (scaled[1] - scaled[2]),
        ]
    }

    private static func apply(_ matrix: [Double], _ vector: [Double]) -> [Double] {
        (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[3 * row + $1] * vector[$1] } }
    }
}
