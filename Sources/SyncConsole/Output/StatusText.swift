import Probes

/// `status` for people: a line for each part, what is wrong first in its line.
enum StatusText {
    static func write(_ status: Status, width: Int?) -> String {
        let overview = status.overview
        var lines: [(String, String)] = [
            ("engines", engines(overview.engines)),
            ("kafka", words(status.kafka)), ("database", words(status.database)),
            ("schema", status.schema.words),
            ("lag", overview.lagMessages.map { "\($0) messages" } ?? "not known"),
        ]
        if let latency = overview.latency { lines.append(("latency", latency.words)) }
        for paused in overview.pausedPartitions {
            lines.append(
                ("paused", "\(paused.topic)/\(paused.partition) by \(paused.by): \(paused.reason)"))
        }
        for gap in overview.unacknowledgedGaps {
            let events = gap.lostEvents.map { "\($0) events" } ?? "an unknown number of events"
            let what =
                gap.kind == .skipped
                ? "\(gap.skippedBy ?? "somebody") skipped \(events)" : "lost \(events)"
            lines.append(("gap \(gap.id)", "\(gap.topic)/\(gap.partition) \(what)"))
        }
        lines += [
            (
                "waiting",
                "\(overview.retryingEvents) events retry, \(overview.parkedEvents) wait behind them"
            ),
            (
                "runs",
                "\(overview.runsRunning) running, \(overview.runsWaiting) waiting,"
                    + " \(overview.runsAwaitingDecision) ask for a decision"
            ),
            (
                "review",
                "\(overview.reviewOpen) open, \(overview.reviewImpactActiveOrders) active orders"
            ),
            (
                "dlq",
                "\(overview.deadLettersOpen) open, \(overview.deadLettersLastHour) in the last hour"
            ),
            (
                "breakers",
                "\(overview.breakers.open) open, \(overview.breakers.halfOpen) half-open,"
                    + " \(overview.breakers.closed) closed"
            ),
        ]
        if !overview.vendors.isEmpty {
            lines += [("agents", agents(overview.vendors)), ("jobs", jobs(overview.vendors))]
        }
        lines += [
            ("alerts", alerts(overview.alerts)),
            (
                "services",
                "\(overview.services.active) active, \(overview.services.deprecated) deprecated"
            ),
        ]
        let table = TextTable(
            [.init(title: ""), .init(title: "")], rows: lines.map { [$0.0, $0.1] })
        // Without the line of titles, which are empty.
        let text = table.text(width: width)
        return text.firstIndex(of: "\n").map { String(text[text.index(after: $0)...]) } ?? text
    }

    /// `2 rules fire of 172 subjects: review_opened, …`
    private static func alerts(_ counts: OverviewReading.AlertCounts) -> String {
        let names = counts.rules.map(\.rule).joined(separator: ", ")
        let rules = counts.rules.count == 1 ? "rule fires" : "rules fire"
        let subjects = counts.unattended == 1 ? "subject" : "subjects"
        let firing =
            names.isEmpty
            ? "none"
            : "\(counts.rules.count) \(rules) of \(counts.unattended) \(subjects): \(names)"
        let attended = counts.firing - counts.unattended
        return firing + (attended > 0 ? "; \(attended) looked after or silenced" : "")
            + (counts.pending > 0 ? "; \(counts.pending) pending" : "")
    }

    private static func agents(_ vendors: VendorFlow) -> String {
        let silent = vendors.agents.filter { $0.state != .online }
        return "\(vendors.agents(.online)) online"
            + silent.map { ", \($0.vendor) \($0.state.rawValue)" }.joined()
    }

    private static func jobs(_ vendors: VendorFlow) -> String {
        "\(vendors.count(\.pending)) pending, \(vendors.count(\.waiting)) of them held up,"
            + " \(vendors.count(\.processing)) in hand, \(vendors.count(\.failed)) failed"
    }

    private static func engines(_ engines: [EngineRow]) -> String {
        guard !engines.isEmpty else { return "none is running: 'syncconsole engine' starts one" }
        return engines.map { "\($0.host):\($0.processID) \($0.state.rawValue)" }
            .joined(separator: ", ")
    }

    private static func words(_ state: ServerState) -> String {
        switch state {
        case .ready: "ready"
        case .connecting: "connecting"
        case .unreachable(_, let error): "unreachable: \(error)"
        }
    }
}
