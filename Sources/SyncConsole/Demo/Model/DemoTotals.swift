/// How many deliveries ended in which way.
package struct DemoTotals: Sendable, Hashable {
    package var received = 0
    package var processed = 0
    package var skipped = 0
    package var held = 0
    package var deadLettered = 0
    package var duplicates = 0
    package var openLetters = 0

    package init() {}
}

extension DemoModel {
    package var totals: DemoTotals {
        var totals = DemoTotals()
        totals.received = outcomes.count
        for outcome in outcomes.values {
            switch outcome {
            case .processed: totals.processed += 1
            case .skipped: totals.skipped += 1
            case .held: totals.held += 1
            case .deadLettered: totals.deadLettered += 1
            case .duplicate: totals.duplicates += 1
            }
        }
        totals.openLetters = letters.count { !$0.isResolved }
        return totals
    }
}
