import VendorSimulator

/// The ERP's part of what a headless demo prints at its end.
package struct ERPReport: Sendable {
    /// One vendor's figures.
    package struct Vendor: Sendable {
        package let summary: VendorSummary
        /// Items in the engine's table that it does not take for removed.
        package let stored: Int
        /// Items that comparisons found to be other than the agent's.
        package let differing: Int

        init(_ snapshot: VendorSnapshot, stored: Int, differing: Int) {
            summary = snapshot.summary
            self.stored = stored
            self.differing = differing
        }

        var json: JSONTree {
            [
                "vendor": .string(summary.vendor),
                "behaviour": .string(summary.behaviour.rawValue),
                "items": .integer(summary.items), "items_stored": .integer(stored),
                "rows_sent": .integer(summary.rowsSent),
                "rows_processed": .integer(summary.rowsProcessed),
                "rows_skipped": .integer(summary.rowsSkipped),
                "rows_failed": .integer(summary.rowsFailed),
                "changed_silently": .integer(summary.drifted.total),
                "found_differing": .integer(differing),
                "answers_spoilt": .integer(summary.faults.values.reduce(0, +)),
                "calls_limited": .integer(summary.limited),
            ]
        }

        var line: String {
            "\(summary.vendor) (\(summary.behaviour.rawValue)): \(summary.items) items,"
                + " \(stored) stored; \(summary.rowsSent) rows sent,"
                + " \(summary.drifted.total) changed silently, \(differing) found differing,"
                + " \(summary.faults.values.reduce(0, +)) answers spoilt"
        }
    }

    package var vendors: [Vendor] = []
    /// Orders that were brought to the engine, each once.
    package var placed = 0
    /// That were brought once more.
    package var repeatedOrders = 0
    /// In the engine's table, by their states.
    package var orders: [String: Int] = [:]
    package var unfinishedJobs = 0
    package var letters = 0
    package var openLetters = 0
    /// Calls about orders that the engine wrote down.
    package var callsMade = 0
    /// Of those, that the agents know of.
    package var callsReceived = 0
    /// Of those, that asked for an order once more.
    package var callsRepeated = 0
    package var differences: [DemoDifference] = []
    package var differenceCount = 0

    package init() {}

    mutating func add(
        _ what: String, _ subject: String, _ field: String, _ expected: String?,
        _ actual: String?
    ) {
        differenceCount += 1
        guard differences.count < DemoCounter.keptPerKind * 3 else { return }
        differences.append(
            DemoDifference(
                what: what, subject: subject, field: field, expected: expected, actual: actual))
    }

    private var callbacks: (sent: Int, accepted: Int, refused: Int) {
        let all = vendors.map(\.summary.callbacks)
        return (
            all.map(\.sent).reduce(0, +), all.map(\.accepted).reduce(0, +),
            all.map(\.refused).reduce(0, +)
        )
    }

    package var json: JSONTree {
        [
            "vendors": .array(vendors.map(\.json)),
            "orders": [
                "placed": .integer(placed), "repeated": .integer(repeatedOrders),
                "confirmed": .integer(orders["confirmed"] ?? 0),
                "failed": .integer(orders["failed"] ?? 0),
                "cancelled": .integer(orders["cancelled"] ?? 0),
                "unfinished": .integer(
                    orders.filter { !["confirmed", "failed", "cancelled"].contains($0.key) }
                        .values.reduce(0, +)),
            ],
            "letters": .integer(letters),
            "calls": [
                "made": .integer(callsMade), "received": .integer(callsReceived),
                "repeated": .integer(callsRepeated),
            ],
            "callbacks": [
                "sent": .integer(callbacks.sent), "accepted": .integer(callbacks.accepted),
                "refused": .integer(callbacks.refused),
            ],
        ]
    }

    var lines: [String] {
        vendors.map(\.line) + [
            "orders: \(placed) placed (\(repeatedOrders) of them twice),"
                + " \(orders["confirmed"] ?? 0) confirmed, \(orders["failed"] ?? 0) failed,"
                + " \(orders["cancelled"] ?? 0) cancelled; \(callsMade) calls,"
                + " \(callsRepeated) of them repeated under their keys;"
                + " \(callbacks.accepted) callbacks taken"
        ]
    }
}

extension VendorSummary {
    fileprivate var sent: [Sent] { [sentItems, sentWarehouses, sentStock] }
    fileprivate var rowsSent: Int { sent.map(\.rows).reduce(0, +) }
    fileprivate var rowsProcessed: Int { sent.map(\.processed).reduce(0, +) }
    fileprivate var rowsSkipped: Int { sent.map(\.skipped).reduce(0, +) }
    fileprivate var rowsFailed: Int { sent.map(\.failed).reduce(0, +) }
}
