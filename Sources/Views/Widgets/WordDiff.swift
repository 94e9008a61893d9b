/// A text's change word by word: the words that went are underlined in `before`, those that came
/// in `after`, so that the difference is seen without colours too.
struct WordDiff {
    let before: [Span]
    let after: [Span]

    init(from old: String, to new: String) {
        var before: [Span] = []
        var after: [Span] = []
        for step in SequenceDiff.steps(from: Self.words(old), to: Self.words(new)) {
            switch step {
            case .kept(let word):
                Self.append(word, Style(.diffContext), to: &before)
                Self.append(word, Style(.diffContext), to: &after)
            case .removed(let word):
                Self.append(word, Style(.diffRemoved, .underline), to: &before)
            case .added(let word):
                Self.append(word, Style(.diffAdded, .underline), to: &after)
            }
        }
        self.before = before
        self.after = after
    }

    /// Words with the blanks that follow them.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            if word.last == " ", character != " " {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func append(_ word: String, _ style: Style, to spans: inout [Span]) {
        if let last = spans.last, last.style == style {
            spans[spans.count - 1].text += word
        } else {
            spans.append(Span(word, style))
        }
    }
}

extension Style {
    fileprivate init(_ role: Role, _ attributes: Attributes) {
        self.init(role, on: nil, attributes)
    }
}
