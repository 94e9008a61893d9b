import Probes

/// A question before something happens: what will happen to how many, and what it takes.
struct Dialog: Sendable {
    enum Purpose: Sendable, Equatable {
        /// The action without what the fields add to it.
        case act(Action)
        case leave
    }

    enum Field: Sendable, Equatable {
        case reason(TextField, isRequired: Bool)
        /// A value, by its name.
        case text(String, TextField, isRequired: Bool)
        /// A word to type, so that the hand cannot be faster than the head.
        case word(TextField, expected: String)
        /// Apply a letter even if newer events have been decided since.
        case overrideStale(Bool)
        /// Only report what would be done.
        case dryRun(Bool)
        /// How long, such as 30m, 2h or 1d.
        case duration(TextField)
        /// One, then ten, then the rest; the first failure ends it.
        case inStages(Bool)
    }

    let purpose: Purpose
    var title: String
    var lines: [Span]
    /// Completes "Enter …" and "y …".
    var verb: String
    var fields: [Field] = []
    var focus = 0
    /// What is still missing, once it was tried without.
    var problem: String?

    mutating func take(_ key: Key) -> Bool {
        guard fields.indices.contains(focus) else { return false }
        switch fields[focus] {
        case .reason(var field, let isRequired):
            guard field.take(key) else { return false }
            fields[focus] = .reason(field, isRequired: isRequired)
        case .text(let name, var field, let isRequired):
            guard field.take(key) else { return false }
            fields[focus] = .text(name, field, isRequired: isRequired)
        case .word(var field, let expected):
            guard field.take(key) else { return false }
            fields[focus] = .word(field, expected: expected)
        case .duration(var field):
            guard field.take(key) else { return false }
            fields[focus] = .duration(field)
        case .overrideStale(let isOn):
            guard key == .space else { return false }
            fields[focus] = .overrideStale(!isOn)
        case .dryRun(let isOn):
            guard key == .space else { return false }
            fields[focus] = .dryRun(!isOn)
        case .inStages(let isOn):
            guard key == .space else { return false }
            fields[focus] = .inStages(!isOn)
        }
        problem = nil
        return true
    }

    /// Pasted text goes into a reason or a value; the word to type must be typed.
    mutating func paste(_ text: String) {
        guard fields.indices.contains(focus) else { return }
        switch fields[focus] {
        case .reason(var field, let isRequired):
            field.paste(text)
            fields[focus] = .reason(field, isRequired: isRequired)
        case .text(let name, var field, let isRequired):
            field.paste(text)
            fields[focus] = .text(name, field, isRequired: isRequired)
        default: return
        }
        problem = nil
    }

    mutating func focusNext(_ step: Int = 1) {
        guard !fields.isEmpty else { return }
        focus = (focus + step + fields.count) % fields.count
    }

    /// Puts the focus on the first field that lacks something, and says what.
    mutating func findMissing() -> Bool {
        for (index, field) in fields.enumerated() {
            switch field {
            case .reason(let text, true) where text.trimmed.isEmpty:
                problem = "A reason is needed; it goes into the audit trail."
            case .text(let name, let text, true) where text.trimmed.isEmpty:
                problem = "\(name.prefix(1).uppercased())\(name.dropFirst()) is needed."
            case .word(let text, let expected) where text.trimmed != expected && !isDryRun:
                problem = "Type \(expected) to confirm."
            case .duration(let text) where Self.seconds(text.trimmed) == nil:
                problem = "Say how long: 30m, 2h or 1d, at most 30d."
            default: continue
            }
            focus = index
            return true
        }
        return false
    }

    var reason: String {
        for case .reason(let field, _) in fields { return field.trimmed }
        return ""
    }

    /// The values in their order.
    var texts: [String] {
        fields.compactMap { field in
            if case .text(_, let text, _) = field { text.trimmed } else { nil }
        }
    }

    var isDryRun: Bool {
        for case .dryRun(let isOn) in fields { return isOn }
        return false
    }

    /// What the field for a duration says.
    var seconds: Int64? {
        for case .duration(let field) in fields { return Self.seconds(field.trimmed) }
        return nil
    }

    private static func seconds(_ text: String) -> Int64? {
        SpanText.seconds(text).flatMap { (1...30 * 86_400).contains($0) ? $0 : nil }
    }

    var inStages: Bool {
        for case .inStages(let isOn) in fields { return isOn }
        return false
    }

    var overridesStale: Bool {
        for case .overrideStale(let isOn) in fields { return isOn }
        return false
    }
}
