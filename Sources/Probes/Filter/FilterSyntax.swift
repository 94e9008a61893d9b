/// The shape of a filter before its names mean anything: terms with their positions.
enum FilterSyntax {
    struct Term: Equatable {
        var position: Int
        var isNegated: Bool
        var body: Body
    }

    enum Body: Equatable {
        case word(FilterText)
        case field(name: String, namePosition: Int, FilterComparison, [Value])
    }

    struct Value: Equatable {
        var position: Int
        var text: FilterText
    }
}

/// A piece of text in which an unquoted `*` stands for anything: what lies between the stars.
struct FilterText: Equatable, Sendable {
    var pieces: [String]

    init(_ pieces: [String] = [""]) {
        self.pieces = pieces
    }

    var hasWildcard: Bool { pieces.count > 1 }
    var isEmpty: Bool { pieces == [""] }
    /// As it was written, but for quotes.
    var plain: String { pieces.joined(separator: "*") }

    mutating func append(_ character: Character) {
        pieces[pieces.count - 1].append(character)
    }

    mutating func appendWildcard() {
        pieces.append("")
    }
}

package enum FilterComparison: String, Sendable, CaseIterable {
    case equal = ":"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}
