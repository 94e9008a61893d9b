extension CheckReadings {
    /// A review item that waits longer is called ageing.
    package static let ageing: Duration = .seconds(24 * 3_600)
    /// What is published takes seconds; a minute is a sign.
    private static let lateOutbox: Duration = .seconds(60)

    func waiting(_ subject: RunbookCheck.Subject, _ overview: OverviewReading) -> CheckResult {
        switch subject {
        case .breakersOpen: return breakers(overview)
        case .outboxWaiting: return outbox(overview)
        case .lettersOpen:
            return .count(
                overview.deadLettersOpen,
                "\(CheckWords.of(overview.deadLettersOpen, "letter")) open", none: "none is open")
        case .lettersRecent:
            return .count(
                overview.deadLettersLastHour,
                "\(CheckWords.of(overview.deadLettersLastHour, "letter")) in the last hour",
                none: "none in the last hour")
        case .lettersCluster:
            guard let cluster = overview.deadLetterClusters.first else {
                return CheckResult(.ok, "there is no open letter", figure: 0)
            }
            return CheckResult(
                .bad,
                "\(CheckWords.full(Int(cluster.letters))) \(cluster.reason): "
                    + CheckWords.cut(cluster.sampleError), figure: Double(cluster.letters))
        case .reviewOpen:
            let orders = CheckWords.of(overview.reviewImpactActiveOrders, "active order")
            return .count(
                overview.reviewOpen,
                "\(CheckWords.of(overview.reviewOpen, "change")) to decide, \(orders) affected",
                none: "none waits")
        default:
            guard let oldest = overview.reviewOldestAt else {
                return CheckResult(.ok, "none waits", figure: 0)
            }
            let age = now.since(oldest)
            return CheckResult(
                age > Self.ageing ? .bad : .ok, "the oldest has waited \(CheckWords.age(age))",
                figure: age / .seconds(1))
        }
    }

    private func breakers(_ overview: OverviewReading) -> CheckResult {
        let counts = overview.breakers
        let words = overview.openBreakers.prefix(3).map { row in
            row.key + (row.lastError.map { " (\(CheckWords.cut($0, to: 60)))" } ?? "")
        }
        let half = counts.halfOpen > 0 ? ", \(counts.halfOpen) half-open" : ""
        return .count(
            counts.open + counts.halfOpen,
            "\(counts.open) open\(half): \(words.joined(separator: ", "))",
            none: "all \(counts.closed) are closed")
    }

    private func outbox(_ overview: OverviewReading) -> CheckResult {
        guard overview.outboxUnpublished > 0, let oldest = overview.outboxOldestAt else {
            return CheckResult(.ok, "all is published", figure: 0)
        }
        let age = now.since(oldest)
        return CheckResult(
            age > Self.lateOutbox ? .bad : .ok,
            "\(CheckWords.of(overview.outboxUnpublished, "message")) to be published, the oldest "
                + "for \(CheckWords.age(age))", figure: Double(overview.outboxUnpublished))
    }
}
