/// One thing that is not as the model says it must be.
package struct DemoDifference: Sendable, Hashable, CustomStringConvertible {
    /// `service`, `event`, `letter`, `review item`, `offset` or `total`.
    package let what: String
    /// A service's code, `partition/offset`, a partition, or the name of a total.
    package let subject: String
    package let field: String
    package let expected: String?
    package let actual: String?

    package init(
        what: String, subject: String, field: String, expected: String?, actual: String?
    ) {
        self.what = what
        self.subject = subject
        self.field = field
        self.expected = expected
        self.actual = actual
    }

    package var description: String {
        "\(what) \(subject): \(field) is \(Self.shown(actual)), expected \(Self.shown(expected))"
    }

    /// Long texts are cut: a report is read by people.
    private static func shown(_ value: String?) -> String {
        guard let value else { return "nothing" }
        return value.count > 200 ? value.prefix(200) + "…" : value
    }
}
