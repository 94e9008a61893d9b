import Probes

/// What is personal is masked before anything is drawn, copied or sorted, until it is revealed.
extension ConsoleModel {
    /// Makes what is drawn from what came.
    mutating func mask() {
        readings = unmasked.masked(facts.personalFields, except: revealed)
    }

    /// Whether something of the open detail is masked.
    var hidesPersonal: Bool {
        guard !facts.personalFields.isEmpty, let subject = detail?.subject else { return false }
        return switch subject {
        case .event: readings.eventDetail != unmasked.eventDetail
        case .letter: readings.letterDetail != unmasked.letterDetail
        case .review: readings.reviewDetail != unmasked.reviewDetail
        case .run: readings.runDetail != unmasked.runDetail
        case .drift: readings.driftDetail != unmasked.driftDetail
        case .blame: readings.blame != unmasked.blame
        case .audit(let id):
            row(AuditList.self, id: id) != unmasked.auditEntry(id)
        case .job: readings.jobDetail != unmasked.jobDetail
        case .alert, .lag, .breaker, .engine, .schedule, .log, .health, .runbook, .agent, .mapping:
            false
        }
    }

    /// Shows what was asked for, once it is on record.
    mutating func take(revealed report: ActionReport) {
        guard case .reveal(let subject, _) = report.action, report.count(.done) == 1 else { return }
        revealed.insert(subject)
        mask()
    }
}

extension ConsoleReadings {
    /// With what is personal masked, but in what was revealed.
    func masked(_ personal: PersonalFields, except revealed: Set<DetailSubject>) -> ConsoleReadings
    {
        guard !personal.isEmpty else { return self }
        func fields(of subject: DetailSubject) -> PersonalFields {
            revealed.contains(subject) ? .none : personal
        }
        var copy = self
        copy.eventDetail = eventDetail?.map { $0.masked(fields(of: .event($0.row.id))) }
        copy.letterDetail = letterDetail?.map { $0.masked(fields(of: .letter($0.row.id))) }
        copy.reviewDetail = reviewDetail?.map { $0.masked(fields(of: .review($0.row.id))) }
        copy.jobDetail = jobDetail?.map { $0.masked(fields(of: .job($0.row.id))) }
        copy.runDetail = runDetail?.map { $0.masked(fields(of: .run($0.row.id))) }
        copy.driftDetail = driftDetail?.map { $0.masked(fields(of: .drift($0.row.id))) }
        copy.blame = blame?.map { $0.masked(fields(of: .blame(serviceCode: $0.serviceCode))) }
        copy.drift = drift?.map { page in
            page.map { $0.masked(fields(of: .drift($0.id))) }
        }
        copy.audit = audit?.map { page in
            page.map { $0.masked(fields(of: .audit(AuditList.id(of: $0)))) }
        }
        return copy
    }

    fileprivate func auditEntry(_ id: RowID) -> AuditRow? {
        audit?.value.rows.first { AuditList.id(of: $0) == id }
    }
}

extension Confirmation {
    static func reveal(_ model: ConsoleModel) -> Confirmation {
        guard let subject = model.detail?.subject, model.hidesPersonal else {
            return .obstacle("Nothing is masked here.")
        }
        return dialog(
            .reveal(subject, reason: ""),
            lines: [
                Span(
                    "What is masked is shown on this screen. Who looked, at what and why goes into "
                        + "the audit trail.")
            ], reason: .needed, model)
    }
}
