/// Whether a run may change anything, or must stop and ask first. Pure: figures in, findings out.
package struct RunCheck: Sendable {
    package let limits: RunLimits
    /// The last good runs of the source, newest first.
    package let history: [FileProfile]

    package init(limits: RunLimits, history: [FileProfile]) {
        self.limits = limits
        self.history = history
    }

    /// What is wrong with the file itself.
    ///
    /// - Parameters:
    ///   - header: what is wrong with the header, a sentence each; see `headerProblems`.
    ///   - breaksOff: whether the last row breaks off in its middle.
    package func findings(
        for figures: FileProfile, header: [String], breaksOff: Bool
    ) -> [RunFinding] {
        guard figures.columns.contains("external_service_code") else {
            // Nothing behind such a header was read.
            return header.isEmpty
                ? [RunFinding(reason: .emptyFile, text: "the file is empty")]
                : header.map { RunFinding(reason: .headerWrong, text: $0) }
        }
        let missing = (history.first?.columns ?? FileColumn.fixedNames)
            .filter { !figures.columns.contains($0) }
        var findings = (header + missing.map { "the column \($0) is missing" })
            .map { RunFinding(reason: .headerWrong, text: $0) }
        if figures.rows == 0 {
            return findings + [
                RunFinding(reason: .emptyFile, text: "the file has a header and no row")
            ]
        }
        if breaksOff {
            findings.append(
                RunFinding(reason: .endCutOff, text: "the last row breaks off in its middle"))
        } else if !figures.endsWithNewline, !history.isEmpty,
            history.allSatisfy(\.endsWithNewline)
        {
            findings.append(
                RunFinding(
                    reason: .endCutOff,
                    text: "the file does not end with a line end, as the last good files did"))
        }
        findings += rowCount(figures) + fillRates(figures) + badRows(figures)
        return findings
    }

    /// What the comparison says: `counts` may be upper bounds, then nothing found is final.
    package func findings(for counts: RunCounts, activeServices: Int64) -> [RunFinding] {
        var findings: [RunFinding] = []
        let from = Int64(limits.fromRows)
        if counts.matched >= from, counts.driftPercent > Double(limits.driftPercent) {
            findings.append(
                RunFinding(
                    reason: .drift,
                    text: "\(Self.percent(counts.driftPercent)) of the rows compared would drift "
                        + "(\(counts.drifted) of \(counts.matched))",
                    figure: counts.driftPercent, limit: Double(limits.driftPercent)))
        }
        let share = Self.share(counts.orphaned, of: activeServices)
        if activeServices >= from, share > Double(limits.orphanPercent) {
            findings.append(
                RunFinding(
                    reason: .orphans,
                    text: "the file lacks \(Self.percent(share)) of the active services "
                        + "(\(counts.orphaned) of \(activeServices))",
                    figure: share, limit: Double(limits.orphanPercent)))
        }
        return findings
    }

    private func rowCount(_ figures: FileProfile) -> [RunFinding] {
        guard let usual = Self.median(history.map { Double($0.rows) }),
            usual >= Double(limits.fromRows)
        else { return [] }
        let change = (Double(figures.rows) - usual) * 100 / usual
        guard abs(change) > Double(limits.rowCountPercent) else { return [] }
        return [
            RunFinding(
                reason: .rowCount,
                text: "\(Self.grouped(figures.rows)) rows, \(Self.deviation(change, usual))",
                figure: Double(figures.rows), limit: Double(limits.rowCountPercent), usual: usual)
        ]
    }

    private func fillRates(_ figures: FileProfile) -> [RunFinding] {
        guard figures.rows >= Int64(limits.fromRows) else { return [] }
        return figures.columns.compactMap { column in
            guard let share = figures.fillPercent[column],
                let usual = Self.median(history.compactMap { $0.fillPercent[column] }),
                abs(share - usual) > Double(limits.fillRatePoints)
            else { return nil }
            return RunFinding(
                reason: .fillRate,
                text: "\(column) is filled in \(Self.percent(share)) of the rows, "
                    + "usually in \(Self.percent(usual))",
                figure: share, limit: Double(limits.fillRatePoints), usual: usual)
        }
    }

    private func badRows(_ figures: FileProfile) -> [RunFinding] {
        let share = Self.share(figures.badRows, of: figures.rows)
        guard figures.rows >= Int64(limits.fromRows), share > Double(limits.badRowPercent) else {
            return []
        }
        return [
            RunFinding(
                reason: .badRows,
                text: "\(Self.percent(share)) of the rows are bad "
                    + "(\(figures.badRows) of \(figures.rows))",
                figure: share, limit: Double(limits.badRowPercent))
        ]
    }

    private static func share(_ part: Int64, of whole: Int64) -> Double {
        whole > 0 ? Double(part) * 100 / Double(whole) : 0
    }

    /// In percent; from twice as many on in times, which says more than thousands of percent.
    private static func deviation(_ change: Double, _ usual: Double) -> String {
        guard change >= 100 else {
            return "\(percent(abs(change))) \(change < 0 ? "fewer" : "more") than usual"
        }
        let times = change / 100 + 1
        let tenths = Int64((times * 10).rounded())
        let words =
            times >= 10 || tenths % 10 == 0
            ? grouped(Int64(times.rounded())) : "\(tenths / 10).\(tenths % 10)"
        return "\(words) times the usual \(grouped(Int64(usual.rounded())))"
    }

    /// `30,100`
    private static func grouped(_ number: Int64) -> String {
        var digits = Array(String(number))
        for place in stride(from: digits.count - 3, to: 0, by: -3) {
            digits.insert(",", at: place)
        }
        return String(digits)
    }

    /// One decimal, as people read a share.
    private static func percent(_ share: Double) -> String {
        let tenths = Int64((share * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(abs(tenths % 10)) %"
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1
            ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
