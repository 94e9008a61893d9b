/// A run as it stands in the database, for the report.
package struct DemoRun: Sendable, Equatable {
    package let id: Int64
    package let source: String
    package let state: String
    /// By the names that `runs list --json` has, in its order.
    package let figures: [Figure]

    package struct Figure: Sendable, Equatable {
        package let name: String
        package let count: Int64
    }

    package init(id: Int64, source: String, state: String, figures: [Figure]) {
        self.id = id
        self.source = source
        self.state = state
        self.figures = figures
    }

    static let figureNames = [
        "fetched", "matched", "drifted", "created", "updated", "held", "orphaned", "newer",
        "failed",
    ]

    package var json: JSONTree {
        .object(
            [
                JSONMember("id", .integer(id)), JSONMember("source", .string(source)),
                JSONMember("state", .string(state)),
            ] + figures.map { JSONMember($0.name, .integer($0.count)) })
    }

    /// For people: what is zero is left out.
    var line: String {
        let counts = figures.filter { $0.count > 0 }.map { "\($0.name) \($0.count)" }
        return "run \(id) of \(source): \(state.replacing("_", with: " ")); "
            + (counts.isEmpty ? "nothing" : counts.joined(separator: ", "))
    }
}
