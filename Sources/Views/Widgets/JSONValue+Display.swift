import Probes

/// JSON as the screen shows it.
extension JSONValue {
    /// Reads what came as text; nil if it is not JSON, or deeper than anybody would read: whoever
    /// asks then shows the text as it is.
    init?(displaying text: String) {
        guard let document = try? JSONDocument(text: text) else { return nil }
        self = JSONValue(document.root)
    }

    /// On one line, as a person would write a value: strings without quotes.
    var plain: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .number(let text), .string(let text): text
        case .array(let items):
            items.isEmpty ? "(empty)" : items.map(\.plain).joined(separator: ", ")
        case .object(let members):
            members.isEmpty
                ? "(empty)"
                : members.map { "\($0.key): \($0.value.plain)" }.joined(separator: ", ")
        }
    }

    /// Indented lines with the names set off; at most `limit`, then a line that says so.
    func pretty(limit: Int) -> [[Span]] {
        var lines: [[Span]] = []
        let isWhole = write(into: &lines, prefix: [], indent: 0, suffix: "", limit: limit)
        if !isWhole { lines.append([Span("(more is not shown)", Style(.muted))]) }
        return lines
    }

    private func write(
        into lines: inout [[Span]], prefix: [Span], indent: Int, suffix: String, limit: Int
    ) -> Bool {
        guard lines.count < limit else { return false }
        let margin = Span(String(repeating: " ", count: indent * 2))
        let parts: [(name: String?, value: JSONValue)]
        let brackets: (open: String, close: String)
        switch self {
        case .array(let items) where !items.isEmpty:
            parts = items.map { (nil, $0) }
            brackets = ("[", "]")
        case .object(let members) where !members.isEmpty:
            parts = members.map { ($0.key, $0.value) }
            brackets = ("{", "}")
        default:
            lines.append([margin] + prefix + [scalarSpan, Span(suffix, Style(.muted))])
            return true
        }
        lines.append([margin] + prefix + [Span(brackets.open, Style(.muted))])
        for (index, part) in parts.enumerated() {
            let name =
                part.name.map { [Span($0, Style(.header)), Span(": ", Style(.muted))] } ?? []
            guard
                part.value.write(
                    into: &lines, prefix: name, indent: indent + 1,
                    suffix: index + 1 < parts.count ? "," : "", limit: limit)
            else { return false }
        }
        lines.append([margin, Span(brackets.close + suffix, Style(.muted))])
        return true
    }

    private var scalarSpan: Span {
        switch self {
        case .string(let text): Span("\"\(text)\"")
        case .array: Span("[]", Style(.muted))
        case .object: Span("{}", Style(.muted))
        case .null: Span("null", Style(.muted))
        default: Span(plain, Style(.info))
        }
    }
}
