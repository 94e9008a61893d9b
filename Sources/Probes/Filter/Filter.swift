/// A parsed filter over the rows of one type: a row is selected if every term holds.
///
///     state:open reason:timeout age>1h country:ES !word "two words" attempts>=3 code:PYX*
///
/// The language, for users: docs/filter.md.
package struct Filter<Row: Filterable>: Sendable {
    struct Term: Sendable {
        var position: Int
        var isNegated: Bool
        var test: Test
    }

    enum Test: Sendable {
        case word(FilterPattern)
        case field(FilterField<Row>, FilterCheck)
    }

    /// What was parsed.
    package let text: String
    let terms: [Term]

    /// Selects everything.
    package static var all: Self { Self(text: "", terms: []) }

    /// - Throws: what is wrong, where, and what was expected.
    package init(_ text: String) throws(FilterError) {
        var terms: [Term] = []
        for term in try FilterParser.parse(text) {
            terms.append(
                Term(
                    position: term.position, isNegated: term.isNegated,
                    test: try Self.bind(term.body)))
        }
        self.init(text: text, terms: terms)
    }

    private init(text: String, terms: [Term]) {
        self.text = text
        self.terms = terms
    }

    /// True if it selects everything.
    package var isEmpty: Bool { terms.isEmpty }

    /// Whether it demands whole values of a field: a name that an index finds.
    func namesExactly(_ field: String) -> Bool {
        terms.contains { term in
            guard !term.isNegated, case .field(let named, let check) = term.test else {
                return false
            }
            return named.name == field && check.isExact
        }
    }

    private static func bind(_ body: FilterSyntax.Body) throws(FilterError) -> Test {
        switch body {
        case .word(let text):
            return .word(FilterPattern(text, occurring: true))
        case .field(let name, let position, let comparison, let values):
            let fields = Row.filterFields
            guard let field = fields.first(where: { $0.names.contains(name) }) else {
                throw unknown(name, at: position, among: fields)
            }
            return .field(field, try FilterCheck(field.kind, of: name, comparison, values))
        }
    }

    private static func unknown(
        _ name: String, at position: Int, among fields: [FilterField<Row>]
    ) -> FilterError {
        let nearest = NearestName.nearest(to: name, in: fields.flatMap(\.names))
        let advice =
            nearest.map { "did you mean \($0)?" }
            ?? "the fields are " + fields.map(\.name).joined(separator: ", ")
            + "; put a plain word that holds a colon in quotes"
        return FilterError(position: position, message: "there is no field \(name); \(advice)")
    }
}
