import Probes

/// Alerts: what is wrong, or was.
enum AlertList: RowList {
    static let noun = Noun.alerts
    static let words = (one: "alert", many: "alerts")
    static let emptyWords = "No alerts. Nothing has been wrong for as long as anybody looked."

    static let columns: [ListColumn<AlertRow>] = [
        ListColumn(
            "state", width: 10, rank: 0, sort: { $0.urgency < $1.urgency },
            cell: { row, context in row.state(context.glyphs) }),
        ListColumn(
            severityTitle, width: 8, rank: 4, sort: { $0.severity > $1.severity },
            cell: { row, _ in
                [
                    Span(
                        row.severity.rawValue,
                        Style(row.state == .resolved ? .muted : row.severity.role))
                ]
            }),
        ListColumn(
            "since", width: 5, rank: 1, alignment: .right,
            sort: { $0.startedAt > $1.startedAt },
            cell: { row, context in [Span(context.shortAge(row.firedAt ?? row.startedAt))] }),
        ListColumn(
            nameTitle, width: 29, growth: 1, rank: 0, sort: { $0.rule < $1.rule },
            cell: { row, _ in [Span(row.rule)] }),
        ListColumn(
            "subject", width: 21, growth: 1, rank: 2, overflow: .middle,
            sort: { $0.subject < $1.subject },
            cell: { row, _ in [Span(row.subjectWords)] }),
        ListColumn(
            "what", width: 14, growth: 3, rank: 5, cell: { row, _ in row.whatOfSubject }),
        ListColumn(
            "told", width: 27, rank: 6,
            cell: { row, context in row.told(context.glyphs) }),
        ListColumn(
            "id", width: 5, rank: 7, alignment: .right, sort: { $0.id > $1.id },
            cell: { row, _ in [Span("\(row.id)", Style(.muted))] }),
    ]

    private static let severityTitle = "severity"
    private static let nameTitle = "alert"

    /// Of one rule's alerts nobody has to read in every line what is the same in all.
    static func columns(in model: ConsoleModel) -> [ListColumn<AlertRow>] {
        guard model.alertGroupInView != nil else { return columns }
        return columns.filter { $0.title != nameTitle && $0.title != severityTitle }
    }

    static func reading(in readings: ConsoleReadings) -> Reading<Page<AlertRow>>? {
        readings.alerts
    }

    static func id(of row: AlertRow) -> RowID { .number(row.id) }
    static func subject(of row: AlertRow) -> DetailSubject { .alert(row.id) }
    static func copyText(of row: AlertRow) -> String { "\(row.id)" }

    static func summary(of model: ConsoleModel) -> [Span] {
        guard let counts = model.readings.overview?.value.alerts, counts.firing > 0,
            model.alertGroupInView == nil
        else { return [] }
        let attended = counts.firing - counts.unattended
        var spans: [Span] = []
        if let worst = counts.rules.first {
            let subjects = Count.of(counts.unattended, "subject")
            spans.append(
                Span(
                    "\(Count.of(counts.rules.count, "rule fires", "rules fire")), \(subjects)",
                    Style(worst.severity.role)))
        }
        if attended > 0 {
            spans.append(
                Span(
                    "\(spans.isEmpty ? "" : "  ")\(Count.full(attended)) in hand",
                    Style(.accent)))
        }
        return spans
    }
}

extension AlertSeverity {
    var role: Role {
        switch self {
        case .info: .info
        case .warning: .warning
        case .critical: .critical
        }
    }

    func sign(_ glyphs: GlyphSet) -> String {
        switch self {
        case .info: glyphs.circleFull
        case .warning: "!"
        case .critical: glyphs.ballot
        }
    }
}

extension AlertRow {
    var role: Role {
        switch state {
        case .resolved: .muted
        case .pending: .muted
        case .firing: acknowledgement != nil || silence != nil ? .accent : severity.role
        }
    }

    /// One word: what to know first.
    var stateWords: String {
        guard state == .firing else { return state.rawValue }
        if silence != nil { return "silenced" }
        return acknowledgement == nil ? "firing" : "taken"
    }

    /// What fires and nobody looks after comes first.
    var urgency: Int {
        switch state {
        case .firing: acknowledgement == nil && silence == nil ? 0 : 1
        case .pending: 2
        case .resolved: 3
        }
    }

    func state(_ glyphs: GlyphSet) -> [Span] {
        [Span("\(sign(glyphs)) \(stateWords)", Style(role))]
    }

    /// What fires and nobody looks after shows how grave it is.
    private func sign(_ glyphs: GlyphSet) -> String {
        switch state {
        case .firing: urgency == 0 ? severity.sign(glyphs) : glyphs.circleFull
        case .pending: glyphs.circleHalf
        case .resolved: glyphs.circleEmpty
        }
    }

    /// `12.5 %`, `3,400 messages`, `failed`; nothing for a notice.
    var valueWords: String {
        if let valueWord { return valueWord.lowercased() }
        guard let value else { return "" }
        let number =
            value.rounded() == value && abs(value) < 1e15
            ? Count.full(Int64(value)) : "\((value * 10).rounded() / 10)"
        return unit.isEmpty ? number : "\(number) \(unit)"
    }

    /// The figure, and of what it is; of a notice its sentence.
    var what: [Span] { what(details ?? summary) }

    /// The figure and of what it is, without the rule's own sentence.
    var figure: [Span] { valueWords.isEmpty && details == nil ? [] : what(details ?? "") }

    /// The same as `what` beside the subject, which is not named again.
    var whatOfSubject: [Span] {
        let words = details ?? summary
        let start = subjectWords + " "
        return what(words.hasPrefix(start) ? String(words.dropFirst(start.count)) : words)
    }

    private func what(_ words: String) -> [Span] {
        valueWords.isEmpty
            ? [Span(words, details == nil ? Style(.muted) : .normal)]
            : [Span(valueWords), Span(words.isEmpty ? "" : "  \(words)", Style(.muted))]
    }

    /// Services are known by their codes alone.
    var subjectWords: String {
        let prefix = "service "
        return subject.hasPrefix(prefix) ? String(subject.dropFirst(prefix.count)) : subject
    }

    /// Of each channel the newest delivery.
    func told(_ glyphs: GlyphSet) -> [Span] {
        var newest: [(channel: String, delivery: AlertDelivery)] = []
        for delivery in deliveries where delivery.state != .withdrawn {
            newest.removeAll { $0.channel == delivery.channel }
            newest.append((delivery.channel, delivery))
        }
        var spans: [Span] = []
        for (channel, delivery) in newest.sorted(by: { $0.channel < $1.channel }) {
            if !spans.isEmpty { spans.append(Span("  ")) }
            let (sign, role) = delivery.mark(glyphs)
            spans += [Span(sign, Style(role)), Span(" \(channel)", Style(.muted))]
        }
        return spans
    }
}

extension AlertDelivery {
    func mark(_ glyphs: GlyphSet) -> (sign: String, role: Role) {
        switch state {
        case .sent: (glyphs.check, .ok)
        case .waiting: (glyphs.circleEmpty, .muted)
        case .retrying: (glyphs.circleHalf, .warning)
        case .givenUp: (glyphs.ballot, .critical)
        case .withdrawn: ("-", .muted)
        }
    }
}
