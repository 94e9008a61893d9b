/// Reads the shape of a filter. Positions are counted in characters from 0.
///
///     filter = { ["!"] ( word | name operator value {"," value} ) }
///     operator = ":" | "=" | "!=" | "<" | "<=" | ">" | ">="
///
/// A word or a value is bare up to a space (a value also up to a comma) or stands in double quotes,
/// within which `\"` is a quote, `\\` a backslash and `*` a star.
struct FilterParser {
    private let characters: [Character]
    private var position = 0

    static func parse(_ text: String) throws(FilterError) -> [FilterSyntax.Term] {
        var parser = FilterParser(characters: Array(text))
        return try parser.terms()
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private var current: Character? {
        position < characters.count ? characters[position] : nil
    }

    private mutating func terms() throws(FilterError) -> [FilterSyntax.Term] {
        var terms: [FilterSyntax.Term] = []
        while true {
            while let space = current, space.isWhitespace { position += 1 }
            guard current != nil else { return terms }
            terms.append(try term())
        }
    }

    private mutating func term() throws(FilterError) -> FilterSyntax.Term {
        let start = position
        var isNegated = false
        while current == "!" {
            isNegated.toggle()
            position += 1
        }
        let namePosition = position
        if let name = fieldName() {
            let (comparison, isReversed) = comparisonOperator()
            let values = try values(of: name)
            if comparison != .equal, values.count > 1 {
                throw FilterError(
                    position: values[1].position,
                    message: "several values can only follow \(name):")
            }
            return FilterSyntax.Term(
                position: start, isNegated: isNegated != isReversed,
                body: .field(name: name, namePosition: namePosition, comparison, values))
        }
        let word = try text(until: { $0.isWhitespace })
        guard !word.isEmpty else {
            throw FilterError(
                position: position, message: "expected a word or a field such as state:open")
        }
        return FilterSyntax.Term(position: start, isNegated: isNegated, body: .word(word))
    }

    /// The name before an operator, leaving the position at the operator; nil, and nothing read,
    /// where a plain word stands.
    private mutating func fieldName() -> String? {
        guard let first = current, first.isASCII, first.isLetter else { return nil }
        var end = position
        while end < characters.count, Self.isNameCharacter(characters[end]) { end += 1 }
        guard end < characters.count else { return nil }
        let isOperator =
            ":=<>".contains(characters[end])
            || (characters[end] == "!" && end + 1 < characters.count && characters[end + 1] == "=")
        guard isOperator else { return nil }
        defer { position = end }
        return String(characters[position..<end]).lowercased()
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    /// The operator at the position, and whether it was `!=`.
    private mutating func comparisonOperator() -> (FilterComparison, isReversed: Bool) {
        let first = current
        position += 1
        let isFollowedByEqual = current == "="
        switch first {
        case "<", ">":
            if isFollowedByEqual { position += 1 }
            if first == "<" { return (isFollowedByEqual ? .lessOrEqual : .less, false) }
            return (isFollowedByEqual ? .greaterOrEqual : .greater, false)
        case "!":
            position += 1
            return (.equal, true)
        default: return (.equal, false)
        }
    }

    private mutating func values(of name: String) throws(FilterError) -> [FilterSyntax.Value] {
        var values: [FilterSyntax.Value] = []
        while true {
            let start = position
            let isQuoted = current == "\""
            let text = try text(until: { $0.isWhitespace || $0 == "," })
            guard isQuoted || !text.isEmpty else {
                throw FilterError(position: start, message: "expected a value for \(name)")
            }
            values.append(FilterSyntax.Value(position: start, text: text))
            guard current == "," else { return values }
            position += 1
        }
    }

    private mutating func text(
        until isEnd: (Character) -> Bool
    ) throws(FilterError) -> FilterText {
        var text = FilterText()
        while let character = current, !isEnd(character) {
            position += 1
            switch character {
            case "\"": try quoted(into: &text, from: position - 1)
            case "*": text.appendWildcard()
            default: text.append(character)
            }
        }
        return text
    }

    private mutating func quoted(
        into text: inout FilterText, from start: Int
    ) throws(FilterError) {
        while let character = current {
            position += 1
            if character == "\"" { return }
            if character == "\\", let next = current, next == "\"" || next == "\\" {
                text.append(next)
                position += 1
            } else {
                text.append(character)
            }
        }
        throw FilterError(position: start, message: "this quotation mark is never closed")
    }
}
