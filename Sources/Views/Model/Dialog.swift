/// A question before something happens: what will happen to how many, and what it takes.
struct Dialog: Sendable {
    enum Purpose: Sendable, Equatable {
        /// The action without what the fields add to it.
        case act(Action)
        case leave
    }

    enum Field: Sendable, Equatable {
        case reason(TextField, isRequired: Bool)
        /// A word to type, so that the hand cannot be faster than the head.
        case word(TextField, expected: String)
        /// Apply a letter even if newer events have been decided since.
        case overrideStale(Bool)
        /// Only report what would be done.
        case dryRun(Bool)
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

    /// True while typed characters go into a field.
    var takesText: Bool {
        guard fields.indices.contains(focus) else { return false }
        switch fields[focus] {
        case .reason, .word: return true
        case .overrideStale, .dryRun: return false
        }
    }

    mutating func take(_ key: Key) -> Bool {
        guard fields.indices.contains(focus) else { return false }
        switch fields[focus] {
        case .reason(var field, let isRequired):
            guard field.take(key) else { return false }
            fields[focus] = .reason(field, isRequired: isRequired)
        case .word(var field, let expected):
            guard field.take(key) else { return false }
            fields[focus] = .word(field, expected: expected)
        case .overrideStale(let isOn):
            guard key == .space else { return false }
            fields[focus] = .overrideStale(!isOn)
        case .dryRun(let isOn):
            guard key == .space else { return false }
            fields[focus] = .dryRun(!isOn)
        }
        problem = nil
        return true
    }

    /// Pasted text goes into a reason; the word to type must be typed.
    mutating func paste(_ text: String) {
        guard fields.indices.contains(focus),
            case .reason(var field, let isRequired) = fields[focus]
        else { return }
        field.paste(text)
        fields[focus] = .reason(field, isRequired: isRequired)
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
            case .word(let text, let expected) where text.trimmed != expected && !isDryRun:
                problem = "Type \(expected) to confirm."
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

    var isDryRun: Bool {
        for case .dryRun(let isOn) in fields { return isOn }
        return false
    }

    var overridesStale: Bool {
        for case .overrideStale(let isOn) in fields { return isOn }
        return false
    }
}
