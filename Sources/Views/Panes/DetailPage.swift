import Probes

/// Everything that is known of one thing, to scroll through.
struct DetailPage {
    let model: ConsoleModel

    /// Lines of a payload that are shown; the rest can be copied.
    static let payloadLines = 400
    /// Bytes of a payload that are looked at for showing.
    static let payloadBytes = 64 << 10

    func draw(into canvas: inout Canvas) {
        let document = document(width: canvas.columns - 3)
        canvas.inside(
            Rect(row: 0, column: 1, rows: canvas.rows, columns: canvas.columns - 1)
        ) { document.draw(into: &$0, top: model.detail?.top ?? 0) }
    }

    /// The page for a width; a line that says so while the detail is still being read.
    func document(width: Int) -> Document {
        var document = Document(width: width, glyphs: model.glyphs)
        if model.hidesPersonal {
            let key = model.keys.name(of: .reveal)
            document.paragraph(
                "Personal values are masked"
                    + (model.facts.isReadOnly ? "." : "; \(key) reveals them."), .muted)
            document.blank()
        }
        let isThere =
            switch model.detail?.subject {
            case .event(let id): write(model.eventDetail(id), EventPage.init, &document)
            case .run(let id): write(model.runDetail(id), RunPage.init, &document)
            case .drift(let id): write(model.driftDetail(id), DriftPage.init, &document)
            case .review(let id): write(model.reviewDetail(id), reviewPage, &document)
            case .letter(let id): write(model.letterDetail(id), LetterPage.init, &document)
            case .alert(let id): write(model.alertDetail(id), AlertPage.init, &document)
            case .job(let id): write(model.jobDetail(id), JobPage.init, &document)
            case .agent(let vendor):
                write(model.agentDetail(vendor), AgentPage.init, &document)
            case .mapping(let id):
                write(model.row(MappingList.self, id: id), MappingPage.init, &document)
            case .blame(let code): write(model.blame(code), BlamePage.init, &document)
            case .lag(let id): write(model.row(LagList.self, id: id), LagPage.init, &document)
            case .breaker(let id):
                write(model.row(BreakerList.self, id: id), breakerPage, &document)
            case .engine(let id):
                write(model.row(EngineList.self, id: id), EnginePage.init, &document)
            case .schedule(let id):
                write(model.row(ScheduleList.self, id: id), SchedulePage.init, &document)
            case .audit(let id): write(model.row(AuditList.self, id: id), AuditPage.init, &document)
            case .log(let id): write(model.row(LogList.self, id: id), LogPage.init, &document)
            case .health: write(model, { model, _ in HealthPage(model: model) }, &document)
            case .runbook(let name): write(runbook: name, &document)
            case nil: true
            }
        if !isThere { writeAbsence(&document) }
        return document
    }

    private func reviewPage(_ detail: ReviewDetail, _ context: DrawContext) -> ReviewPage {
        ReviewPage(detail: detail, context: context, twoPeopleFrom: model.facts.twoPeopleFrom)
    }

    private func breakerPage(_ row: BreakerRow, _ context: DrawContext) -> BreakerPage {
        let all = BreakerList.rows(in: model) ?? []
        return BreakerPage(
            row: row, others: all.filter { $0.key == row.key && $0.id != row.id },
            context: context)
    }

    private func write<Value, Page: DetailContent>(
        _ value: Value?, _ page: (Value, DrawContext) -> Page, _ document: inout Document
    ) -> Bool {
        guard let value else { return false }
        page(value, model.context).write(into: &document)
        return true
    }

    private func write(runbook name: String, _ document: inout Document) -> Bool {
        guard let runbook = RunbookLibrary.runbook(name) else { return false }
        RunbookPage(runbook: runbook, readings: CheckReadings(model.readings, now: model.now))
            .write(into: &document)
        return true
    }

    private func writeAbsence(_ document: inout Document) {
        switch model.readings.database {
        case .unreachable(let since, _):
            document.paragraph(
                "This cannot be read: the database has been unreachable since "
                    + "\(model.context.near(since)).", .critical)
        case .connecting, .ready:
            if model.detail?.subject.interest == nil {
                document.paragraph("This row is not listed any more. Esc leads back.", .muted)
            } else if let problem = model.readings.problem {
                document.paragraph(problem, .warning)
            } else {
                document.paragraph("Reading \(model.glyphs.ellipsis)", .muted)
            }
        }
    }
}

/// What a detail page is made of.
protocol DetailContent {
    func write(into document: inout Document)
}

extension Document {
    /// A payload: indented if it is JSON, otherwise as it is, cut off where it is long.
    mutating func payload(_ text: String) {
        guard !text.isEmpty else {
            paragraph("(empty)", .muted)
            return
        }
        let isWhole = text.utf8.count <= DetailPage.payloadBytes
        if isWhole, let value = JSONValue(displaying: text), !value.isScalar {
            for line in value.pretty(limit: DetailPage.payloadLines) {
                let indent = line.first.map { $0.text.utf8.count } ?? 0
                paragraph(line, hanging: min(indent + 4, width / 2), limit: 20)
            }
            return
        }
        let start =
            isWhole
            ? text : String(decoding: text.utf8.prefix(DetailPage.payloadBytes), as: UTF8.self)
        paragraph([Span(start)], limit: DetailPage.payloadLines)
        if !isWhole {
            let more = Int64(text.utf8.count - DetailPage.payloadBytes)
            paragraph("(\(Count.bytes(more)) more are not shown)", .muted)
        }
    }

    mutating func headers(_ headers: [Header]) {
        guard !headers.isEmpty else { return }
        heading("Headers")
        for header in headers.prefix(50) { field(header.name, header.value) }
        if headers.count > 50 { paragraph("(\(headers.count - 50) more)", .muted) }
    }
}

extension JSONValue {
    var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
