import Probes
import Views

/// One object for people: a line for each key, nested values as indented JSON below it.
enum ObjectText {
    static func write(_ value: JSONValue) -> String {
        guard case .object(let members) = value else { return pretty(value, indent: "") }
        let width = members.map(\.key.utf8.count).max() ?? 0
        var text = ""
        for member in members {
            let key = member.key + String(repeating: " ", count: width - member.key.utf8.count)
            switch member.value {
            case .string(let string): text += lines(key, string, width: width)
            case .array(let values) where values.allSatisfy(\.isScalar):
                text +=
                    "\(key)  \(values.isEmpty ? "-" : values.map(scalar).joined(separator: ", "))\n"
            case .array, .object:
                text += "\(member.key):\n" + pretty(member.value, indent: "  ")
            default: text += "\(key)  \(scalar(member.value))\n"
            }
        }
        return text
    }

    /// A text of several lines keeps them, below one another.
    private static func lines(_ key: String, _ text: String, width: Int) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { VisibleText.cleaned(String($0)) }
        let gap = "\n" + String(repeating: " ", count: width + 2)
        return "\(key)  \(lines.joined(separator: gap))\n"
    }

    private static func pretty(_ value: JSONValue, indent: String) -> String {
        JSONWriter.text(value, style: .pretty).split(separator: "\n")
            .map { indent + VisibleText.cleaned(String($0)) + "\n" }.joined()
    }

    private static func scalar(_ value: JSONValue) -> String {
        switch value {
        case .null: "-"
        case .string(let text): VisibleText.cleaned(text)
        case .bool(let flag): flag ? "yes" : "no"
        default: JSONWriter.text(value)
        }
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
