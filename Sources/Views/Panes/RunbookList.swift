import Probes

/// A runbook in a list, and how many of its checks find something wrong now.
struct RunbookLine: Sendable {
    let runbook: Runbook
    let bad: Int
    let unknown: Int

    init(_ runbook: Runbook, _ readings: CheckReadings) {
        self.runbook = runbook
        let verdicts = runbook.checks.map { readings.result(of: $0).verdict }
        bad = verdicts.filter { $0 == .bad }.count
        unknown = verdicts.filter { $0 == .unknown }.count
    }
}

/// The runbooks, each with how its checks stand now.
enum RunbookList: RowList {
    static let noun = Noun.runbooks
    static let words = (one: "runbook", many: "runbooks")
    static let emptyWords = "No runbook matches."

    static let columns: [ListColumn<RunbookLine>] = [
        ListColumn(
            "runbook", width: 32, rank: 0, sort: { $0.runbook.name < $1.runbook.name },
            cell: { row, _ in [Span(row.runbook.name)] }),
        ListColumn(
            "checks", width: 11, rank: 1, sort: { ($0.bad, $0.unknown) > ($1.bad, $1.unknown) },
            cell: { row, context in [row.verdict(context)] }),
        ListColumn(
            "about", width: 12, growth: 3, rank: 2,
            sort: { $0.runbook.title < $1.runbook.title },
            cell: { row, _ in [Span(row.runbook.title, Style(.muted))] }),
    ]

    /// They come with the program, and are there whatever else is away; with each overview their
    /// checks may have come out otherwise.
    static func reading(in readings: ConsoleReadings) -> Reading<Page<RunbookLine>>? {
        Reading(
            Page(rows: [], matching: RunbookLibrary.shipped.count),
            takenAt: readings.overview?.takenAt ?? Timestamp(microseconds: 0))
    }

    static func rows(in model: ConsoleModel) -> [RunbookLine]? {
        guard let filter = try? Filter<Runbook>(model.view(.runbooks).filter) else { return [] }
        let readings = CheckReadings(model.readings, now: model.now)
        return RunbookLibrary.shipped.filter { filter.matches($0, at: model.now) }
            .map { RunbookLine($0, readings) }
    }

    static func id(of row: RunbookLine) -> RowID { .name(row.runbook.name) }
    static func subject(of row: RunbookLine) -> DetailSubject { .runbook(row.runbook.name) }
    static func copyText(of row: RunbookLine) -> String { row.runbook.name }
}

extension RunbookLine {
    fileprivate func verdict(_ context: DrawContext) -> Span {
        if bad > 0 {
            return Span(
                "\(CheckResult.Verdict.bad.sign(context.glyphs)) \(Count.full(bad)) \(bad == 1 ? "fails" : "fail")",
                Style(.critical))
        }
        if unknown > 0 { return Span("? \(Count.full(unknown)) unknown", Style(.warning)) }
        return Span("\(context.glyphs.check) ok", Style(.ok))
    }
}
