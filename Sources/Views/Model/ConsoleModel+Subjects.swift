import Probes

/// What the keys of a row are about, wherever that row is in view.
extension ConsoleModel {
    /// The service of the detail or of the row under the cursor.
    var serviceCode: String? {
        switch detail?.subject {
        case .event(let id):
            return eventDetail(id)?.row.serviceCode
                ?? row(EventList.self, id: .number(id))?.serviceCode
        case .drift(let id):
            return driftDetail(id)?.row.serviceCode
                ?? row(DriftList.self, id: .number(id))?.serviceCode
        case .review(let id):
            return reviewDetail(id)?.row.serviceCode
                ?? row(ReviewList.self, id: .number(id))?.serviceCode
        case .letter(let id):
            return (letterDetail(id)?.row ?? row(LetterList.self, id: .number(id)))
                .flatMap { LetterList.serviceCode(of: $0) }
        case .audit(let id):
            return row(AuditList.self, id: id).flatMap { AuditList.serviceCode(of: $0) }
        case .blame(let code): return code
        case .lag, .breaker, .engine, .run, .schedule, .runbook, .alert, .log, .health, .job,
            .agent,
            .mapping:
            return nil
        case nil: return noun.flatMap { cursorServiceCode($0.list) }
        }
    }

    private func cursorServiceCode<List: RowList>(_ list: List.Type) -> String? {
        cursorRow(list).flatMap { List.serviceCode(of: $0) }
    }

    /// The run of the detail or of the row under the cursor; of a difference, the one that found it.
    var runID: Int64? {
        switch detail?.subject {
        case .run(let id): id
        case .drift(let id):
            driftDetail(id)?.row.runID ?? row(DriftList.self, id: .number(id))?.runID
        case nil where noun == .runs: cursorRow(RunList.self)?.id
        case nil where noun == .drift: cursorRow(DriftList.self)?.runID
        default: nil
        }
    }

    /// What `o` leads on to.
    var related: DetailSubject? {
        switch detail?.subject {
        case .event(let id):
            let event = eventDetail(id)
            if let letter = event?.letterID { return .letter(letter) }
            return event?.reviewID.map { .review($0) }
        case .review(let id): return reviewDetail(id)?.logID.map { .event($0) }
        case .drift(let id):
            return (driftDetail(id)?.row ?? row(DriftList.self, id: .number(id)))?
                .reviewID.map { .review($0) }
        case .job(let id):
            return (jobDetail(id)?.row ?? row(JobList.self, id: .number(id)))?
                .letterID.map { .letter($0) }
        case .letter(let id):
            return (letterDetail(id)?.row ?? row(LetterList.self, id: .number(id)))?
                .jobID.map { .job($0) }
        default: return nil
        }
    }

    /// The runbook of the alert in view, or, on the overview, of what is worst.
    var runbookInView: String? {
        if case .alert(let id) = detail?.subject { return alertDetail(id)?.row.runbook }
        guard detail == nil else { return nil }
        if noun == .alertGroups { return cursorRow(AlertGroupList.self)?.newest.runbook }
        if noun == .alerts { return cursorRow(AlertList.self)?.runbook }
        guard pane == .overview else { return nil }
        return Problems(readings: readings, context: context).all.compactMap(\.runbook).first
    }

    /// The details in hand, if they are of the thing asked for.
    func eventDetail(_ id: Int64) -> EventDetail? {
        readings.eventDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func reviewDetail(_ id: Int64) -> ReviewDetail? {
        readings.reviewDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func runDetail(_ id: Int64) -> RunDetail? {
        readings.runDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func driftDetail(_ id: Int64) -> DriftDetail? {
        readings.driftDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func letterDetail(_ id: Int64) -> LetterDetail? {
        readings.letterDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func alertDetail(_ id: Int64) -> AlertDetail? {
        readings.alertDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func jobDetail(_ id: Int64) -> JobDetail? {
        readings.jobDetail.flatMap { $0.value.row.id == id ? $0.value : nil }
    }

    func agentDetail(_ vendor: String) -> AgentDetail? {
        readings.agentDetail.flatMap { $0.value.row.vendor == vendor ? $0.value : nil }
    }

    func blame(_ serviceCode: String) -> BlameReading? {
        readings.blame.flatMap { $0.value.serviceCode == serviceCode ? $0.value : nil }
    }

    /// What `y` copies: from a detail its content, from a list the row's id or code.
    var copyText: String? {
        switch detail?.subject {
        case .event(let id): eventDetail(id)?.payload
        case .letter(let id): letterDetail(id)?.payload
        case .run(let id): "\(id)"
        case .drift(let id): driftDetail(id)?.row.after
        case .review(let id): reviewDetail(id)?.proposedJSON
        case .alert(let id): "\(id)"
        case .job(let id): jobDetail(id)?.payload
        case .agent(let vendor): vendor
        case .mapping(let id): row(MappingList.self, id: id).map { MappingList.copyText(of: $0) }
        case .blame(let code): code
        case .lag(let id): row(LagList.self, id: id).map { LagList.copyText(of: $0) }
        case .breaker(let id): row(BreakerList.self, id: id).map { BreakerList.copyText(of: $0) }
        case .engine(let id): row(EngineList.self, id: id).map { EngineList.copyText(of: $0) }
        case .schedule(let id): row(ScheduleList.self, id: id).map { ScheduleList.copyText(of: $0) }
        case .audit(let id): row(AuditList.self, id: id)?.detailsJSON
        case .log(let id): row(LogList.self, id: id).map { LogList.copyText(of: $0) }
        case .health: HealthPage(model: self).copyText
        case .runbook(let name): RunbookLibrary.runbook(name)?.commands.joined(separator: "\n")
        case nil: noun.flatMap { cursorCopyText($0.list) }
        }
    }

    private func cursorCopyText<List: RowList>(_ list: List.Type) -> String? {
        cursorRow(list).map { List.copyText(of: $0) }
    }
}

extension Noun {
    /// The titles of the columns that the list can be sorted by.
    var sortableColumns: [String] { Self.sortable(list) }

    private static func sortable<List: RowList>(_ list: List.Type) -> [String] {
        List.columns.filter { $0.isBefore != nil }.map(\.title)
    }
}
