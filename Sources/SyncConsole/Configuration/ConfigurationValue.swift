/// What a key holds, after its kind was checked.
enum ConfigurationValue: Sendable, Equatable {
    case none
    case text(String)
    case secret(Secret)
    case integer(Int)
    case flag(Bool)
    case texts([String])
    case duration(Duration)
    case durations([Duration])
    case map([String: String])
    case records([ConfigurationRecord])

    /// As it would stand in the file, in one line; a secret as its reference only.
    var yaml: String {
        switch self {
        case .none: "null"
        case .text(let text): Self.scalar(text)
        case .secret(let secret): Self.scalar(secret.reference)
        case .integer(let number): "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .texts(let texts): "[" + texts.map(Self.scalar).joined(separator: ", ") + "]"
        case .duration(let duration): DurationText.write(duration)
        case .durations(let durations):
            "[" + durations.map(DurationText.write).joined(separator: ", ") + "]"
        case .map(let map):
            map.isEmpty
                ? "{}"
                : "{ "
                    + map.sorted { $0.key < $1.key }
                    .map { "\($0.key): \(Self.scalar($0.value))" }.joined(separator: ", ") + " }"
        case .records(let records):
            records.isEmpty ? "[]" : "[ " + records.map(\.yaml).joined(separator: ", ") + " ]"
        }
    }

    /// Text as a YAML scalar, quoted where YAML would read something else.
    static func scalar(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "$"),
                0x80...0xFF:
                true
            default: false
            }
        }
        let wouldBeRead = ["", "null", "~", "true", "false", "yes", "no"].contains(
            text.lowercased())
        if plain, !wouldBeRead, !text.hasPrefix("-"), !text.hasSuffix(":") { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
