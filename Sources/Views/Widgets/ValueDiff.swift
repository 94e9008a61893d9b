import Probes

/// One value's change as lines of two sides: the form that both layouts of a diff draw.
struct ValueDiff {
    /// A line of the diff. Both sides: unchanged, or a text of which words changed.
    struct Line: Equatable {
        enum Kind: Equatable { case context, removed, added, changed }
        var kind: Kind
        var before: [Span]
        var after: [Span]
    }

    private(set) var lines: [Line] = []

    /// - Parameters: both sides as compact JSON; what does not parse is compared as text.
    init(before: String, after: String) {
        let old = JSONValue(displaying: before) ?? .string(before)
        let new = JSONValue(displaying: after) ?? .string(after)
        compare(old, new, label: nil)
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, label: String?) {
        switch (old, new) {
        case (.array(let before), .array(let after)):
            compareItems(before.map(\.plain), after.map(\.plain))
        case (.null, .array(let after)): compareItems([], after.map(\.plain))
        case (.array(let before), .null): compareItems(before.map(\.plain), [])
        case (.object(let before), .object(let after)): compareMembers(before, after)
        case (.null, .object(let after)): compareMembers([], after)
        case (.object(let before), .null): compareMembers(before, [])
        default: compareTexts(old, new, label: label)
        }
    }

    private mutating func compareItems(_ old: [String], _ new: [String]) {
        for step in SequenceDiff.steps(from: old, to: new) {
            switch step {
            case .kept(let item):
                let span = [Span(item, Style(.diffContext))]
                lines.append(Line(kind: .context, before: span, after: span))
            case .removed(let item):
                lines.append(
                    Line(kind: .removed, before: [Span(item, Style(.diffRemoved))], after: []))
            case .added(let item):
                lines.append(Line(kind: .added, before: [], after: [Span(item, Style(.diffAdded))]))
            }
        }
        if old.isEmpty, new.isEmpty { compareTexts(.array([]), .array([]), label: nil) }
    }

    private mutating func compareMembers(
        _ old: [JSONMember], _ new: [JSONMember]
    ) {
        var names = old.map(\.key)
        for member in new where !names.contains(member.key) { names.append(member.key) }
        for name in names {
            let before = old.first { $0.key == name }?.value ?? .null
            let after = new.first { $0.key == name }?.value ?? .null
            if before == after {
                let span = [
                    Span("\(name): ", Style(.muted)), Span(before.plain, Style(.diffContext)),
                ]
                lines.append(Line(kind: .context, before: span, after: span))
            } else {
                compareTexts(before, after, label: name)
            }
        }
    }

    private mutating func compareTexts(_ old: JSONValue, _ new: JSONValue, label: String?) {
        let prefix = label.map { [Span("\($0): ", Style(.muted))] } ?? []
        guard old.isWordy, new.isWordy else {
            let before = old == .null && new != .null ? [] : [Span(old.plain, Style(.diffRemoved))]
            let after = new == .null && old != .null ? [] : [Span(new.plain, Style(.diffAdded))]
            lines.append(
                Line(
                    kind: before.isEmpty ? .added : after.isEmpty ? .removed : .changed,
                    before: before.isEmpty ? [] : prefix + before,
                    after: after.isEmpty ? [] : prefix + after))
            return
        }
        let words = WordDiff(from: old.plain, to: new.plain)
        lines.append(
            Line(kind: .changed, before: prefix + words.before, after: prefix + words.after))
    }
}

extension JSONValue {
    /// A text in which single words can have changed.
    fileprivate var isWordy: Bool {
        if case .string(let text) = self { return text.utf8.contains(UInt8(ascii: " ")) }
        return false
    }
}
