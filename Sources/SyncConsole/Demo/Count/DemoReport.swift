/// What a headless demo prints at its end. `received` counts every delivery.
package struct DemoReport: Sendable {
    package var produced = 0
    package var received = 0
    package var processed = 0
    package var skipped = 0
    package var held = 0
    package var parked = 0
    package var retrying = 0
    package var deadLettered = 0
    package var duplicates = 0
    package var lagMessages = 0
    package var reviewOpen = 0
    package var letterOpen = 0
    /// In the order in which they were asked for.
    package var runs: [DemoRun] = []
    /// The ERP's part; nil where no vendors were simulated.
    package var vendors: ERPReport?
    /// The first ones; `differenceCount` says how many there are.
    package var differences: [DemoDifference] = []
    package var differenceCount = 0

    package init() {}

    /// Whether database and broker agree with the model in everything.
    package var isConsistent: Bool {
        differenceCount == 0 && (vendors?.differenceCount ?? 0) == 0
    }

    /// One JSON object in one line, its keys in the documented order; `differences` only if some.
    package var json: String {
        var members: [JSONMember] = [
            JSONMember("produced", .integer(produced)),
            JSONMember("received", .integer(received)),
            JSONMember("processed", .integer(processed)),
            JSONMember("skipped", .integer(skipped)),
            JSONMember("held", .integer(held)),
            JSONMember("parked", .integer(parked)),
            JSONMember("retrying", .integer(retrying)),
            JSONMember("dead_lettered", .integer(deadLettered)),
            JSONMember("duplicates", .integer(duplicates)),
            JSONMember("lag_messages", .integer(lagMessages)),
            JSONMember("review_open", .integer(reviewOpen)),
            JSONMember("dlq_open", .integer(letterOpen)),
            JSONMember("runs", .array(runs.map(\.json))),
        ]
        if let vendors { members.append(JSONMember("erp", vendors.json)) }
        members.append(JSONMember("consistent", .bool(isConsistent)))
        if !isConsistent { members.append(JSONMember("differences", .strings(differenceLines))) }
        return JSONTree.object(members).text
    }

    /// The report for people, a line each.
    package var lines: [String] {
        let counts = [
            "produced \(produced), received \(received)",
            "processed \(processed), skipped \(skipped), held \(held),"
                + " dead-lettered \(deadLettered), duplicates \(duplicates)",
            "lag \(lagMessages), parked \(parked), retrying \(retrying)",
            "open: \(reviewOpen) review items, \(letterOpen) dead letters",
        ]
        return counts + runs.map(\.line) + (vendors?.lines ?? [])
            + (isConsistent
                ? ["consistent: every event, run, service, item and order is as the model says"]
                : ["NOT consistent: \(allDifferenceCount) differences"] + differenceLines)
    }

    private var allDifferenceCount: Int { differenceCount + (vendors?.differenceCount ?? 0) }

    private var differenceLines: [String] {
        let differences = differences + (vendors?.differences ?? [])
        let more = allDifferenceCount - differences.count
        return differences.map(\.description) + (more > 0 ? ["… and \(more) more"] : [])
    }
}
