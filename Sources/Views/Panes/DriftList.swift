import Probes

/// What runs found different, field by field.
enum DriftList: RowList {
    static let noun = Noun.drift
    static let words = (one: "difference", many: "differences")
    static let emptyWords =
        "No drift. What a run finds different between a file and the catalog is listed here."

    static let columns: [ListColumn<DriftRow>] = [
        ListColumn(
            "run", width: 5, rank: 4, alignment: .right, sort: { $0.runID > $1.runID },
            cell: { row, _ in [Span("\(row.runID)", Style(.muted))] }),
        ListColumn(
            "cc", width: 2, rank: 6, sort: { ($0.countryCode ?? "") < ($1.countryCode ?? "") },
            cell: { row, _ in [Span(row.countryCode ?? "", Style(.muted))] }),
        ListColumn(
            "service", width: 21, growth: 4, rank: 0, overflow: .middle,
            sort: { $0.serviceCode < $1.serviceCode },
            cell: { row, _ in [Span(row.serviceCode)] }),
        ListColumn(
            "field", width: 14, growth: 3, rank: 1, sort: { ($0.field ?? "") < ($1.field ?? "") },
            cell: { row, _ in
                row.field.map { [Span($0)] } ?? [
                    Span(row.isOfAgent ? "(item)" : "(service)", Style(.muted))
                ]
            }),
        ListColumn(
            "outcome", width: 11, rank: 0, sort: { $0.outcome.urgency < $1.outcome.urgency },
            cell: { row, context in [row.outcome.sign(context.glyphs)] }),
        ListColumn(
            "before, and after", width: 17, growth: 5, rank: 2,
            cell: { row, context in row.change(context.glyphs) }),
        ListColumn(
            "line", width: 7, rank: 7, alignment: .right,
            cell: { row, _ in [Span(row.line.map { Count.full($0) } ?? "", Style(.muted))] }),
        ListColumn(
            "age", width: 4, rank: 3, alignment: .right, sort: { $0.createdAt > $1.createdAt },
            cell: { row, context in [Span(context.shortAge(row.createdAt))] }),
    ]

    static func reading(in readings: ConsoleReadings) -> Reading<Page<DriftRow>>? {
        readings.drift
    }

    static func id(of row: DriftRow) -> RowID { .number(row.id) }
    static func subject(of row: DriftRow) -> DetailSubject { .drift(row.id) }
    static func copyText(of row: DriftRow) -> String { row.serviceCode }
    static func serviceCode(of row: DriftRow) -> String? { row.serviceCode }
}

extension DriftRow {
    /// Whether no file was compared: the run gave back what another had changed.
    var isOfRevert: Bool { trigger == "revert" }

    /// Both sides on one line.
    func change(_ glyphs: GlyphSet) -> [Span] {
        let dry = isDryRun ? [Span("dry run  ", Style(.info))] : []
        guard field != nil else { return dry + [Span(serviceWords, Style(.muted))] }
        return dry + [
            Span(Self.plain(before), Style(.diffRemoved)),
            Span(" \(glyphs.arrowRight) ", Style(.border)),
            Span(Self.plain(after), Style(.diffAdded)),
        ]
    }

    /// Of a service as a whole, in few words.
    private var serviceWords: String {
        switch outcome {
        case .created: "was not here"
        case .orphaned: isOfAgent ? "not at the agent's" : "not in the file"
        case .newer where isOfRevert: "touched since"
        case .reverted: "as a whole"
        default: outcome.rawValue
        }
    }

    private static func plain(_ json: String?) -> String {
        guard let json, json != "null", json != "\"\"" else { return "(nothing)" }
        return JSONValue(displaying: json)?.plain ?? json
    }
}

extension DriftOutcome {
    var role: Role {
        switch self {
        case .corrected, .created: .ok
        case .held: .accent
        case .orphaned: .warning
        case .rejected, .newer, .reverted: .muted
        }
    }

    func sign(_ glyphs: GlyphSet) -> Span {
        let sign =
            switch self {
            case .corrected: glyphs.check
            case .created: "+"
            case .held: glyphs.pause
            case .orphaned: glyphs.circleEmpty
            case .rejected: glyphs.ballot
            case .newer: glyphs.triangleUp
            case .reverted: glyphs.arrowLeft
            }
        return Span("\(sign) \(rawValue)", Style(role))
    }

    /// What waits for somebody first.
    var urgency: Int {
        switch self {
        case .held: 0
        case .orphaned: 1
        case .corrected: 2
        case .created: 3
        case .rejected: 4
        case .newer: 5
        case .reverted: 6
        }
    }

    /// What became of the difference, in a sentence.
    ///
    /// - Parameters:
    ///   - reasons: why the change that waits for review is held, where that is known.
    ///   - wasCreated: of a revert, whether the run that is reverted had created the service.
    func words(
        of row: DriftRow, reasons: [String] = [], wasCreated: Bool = false
    ) -> String {
        if row.isOfAgent { return itemWords(isDryRun: row.isDryRun) }
        return switch (self, row.isDryRun) {
        case (.corrected, false): "The file's value was taken."
        case (.corrected, true): "The file's value would be taken."
        case (.created, false): "The service was not there and was created."
        case (.created, true): "The service is not there and would be created."
        case (.held, false):
            "\(Self.why(reasons)): the whole row waits for review"
                + (row.reviewID.map { " as change \($0)." } ?? ".")
        case (.held, true):
            "\(Self.why(reasons)): the whole row would wait for review."
        case (.newer, false) where row.isOfRevert:
            "Somebody has touched it since the run that is reverted: it was left as it is."
        case (.newer, true) where row.isOfRevert:
            "Somebody has touched it since the run that is reverted: it would be left as it is."
        case (.rejected, _): "A person refused these very values before: nothing is changed."
        case (.newer, _): "An event newer than the file was decided: the file does not undo it."
        case (.orphaned, false) where row.reviewID != nil:
            "The file lacks the service, and active orders use it: its deprecation waits for review"
                + (row.reviewID.map { " as change \($0)." } ?? ".")
        case (.orphaned, false) where row.field != nil:
            "The file lacks the service: it was deprecated."
        case (.orphaned, true) where row.field != nil:
            "The file lacks the service: it would be deprecated, or wait for review if active "
                + "orders use it."
        case (.orphaned, _): "The service is active here, and the file lacks it."
        case (.reverted, false) where row.field == nil && wasCreated:
            "The service had been created by the run that is reverted: it was removed."
        case (.reverted, true) where row.field == nil && wasCreated:
            "The service was created by the run that is reverted: a revert removes it."
        case (.reverted, false) where row.field == nil:
            "The change that waited for review was closed; the service stays as it is."
        case (.reverted, true) where row.field == nil:
            "The change that waits for review would be closed; the service stays as it is."
        case (.reverted, false): "A revert gave the service this value back."
        case (.reverted, true): "A revert would give the service this value back."
        }
    }

    /// Of a vendor's item: the ERP is always right, and nothing of it waits for review.
    private func itemWords(isDryRun: Bool) -> String {
        switch self {
        case .corrected: isDryRun ? "The ERP's value would be taken." : "The ERP's value was taken."
        case .created:
            isDryRun
                ? "The item is not here and would be created."
                : "The item was not here and was created."
        case .orphaned:
            isDryRun
                ? "The agent does not have it: it would be removed here."
                : "The agent does not have it: it was removed here."
        case .newer: "It came anew while it was compared: it was left as it is."
        case .rejected: "The agent's item cannot be taken: it was left as it is."
        case .held, .reverted: rawValue
        }
    }

    /// Why a change is held.
    private static func why(_ reasons: [String]) -> String {
        guard !reasons.isEmpty else { return "It is a breaking change" }
        let words = reasons.map(ReviewReason.words).joined(separator: ", ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
