/// Writes metrics in Prometheus' text format, version 0.0.4.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
struct PrometheusText {
    enum Kind: String {
        case counter, gauge, histogram, summary
    }

    typealias Labels = [(name: String, value: String)]

    private(set) var text = ""

    /// One metric without labels; nothing at all where the number is not known.
    mutating func metric(_ name: String, _ kind: Kind, _ help: String, _ value: Double?) {
        metric(name, kind, help, value.map { [(labels: [], value: $0)] } ?? [])
    }

    /// One metric with its series; nothing at all if there are none.
    mutating func metric(
        _ name: String, _ kind: Kind, _ help: String, _ series: [(labels: Labels, value: Double)]
    ) {
        guard !series.isEmpty else { return }
        begin(name, kind, help)
        for (labels, value) in series { sample(name, labels, value) }
    }

    /// The lines that stand before a metric's samples.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n"
        text += "# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(Self.number(value))\n"
    }

    /// A number as Go's parser takes it: whole ones without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int64(value))" }
        return "\(value)"
    }

    /// Escapes what would end a label or a line. Other control characters are legal there, but
    /// would reach terminals: they become U+FFFD.
    static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
