import Probes

/// What is personal is masked wherever it would be drawn or copied, until it is revealed.
extension ConsoleModel {
    /// What is to be masked in a detail.
    func masks(_ subject: DetailSubject) -> PersonalFields {
        revealed.contains(subject) ? .none : facts.personalFields
    }

    /// An entry of the audit trail as it may be shown.
    func auditEntry(_ id: RowID) -> AuditRow? {
        row(AuditList.self, id: id)?.masked(masks(.audit(id)))
    }

    /// Whether something of the open detail is masked.
    var hidesPersonal: Bool {
        guard !facts.personalFields.isEmpty, let subject = detail?.subject else { return false }
        switch subject {
        case .event(let id):
            return readings.eventDetail.map { $0.value.row.id == id && $0.value != eventDetail(id) }
                ?? false
        case .letter(let id):
            return readings.letterDetail.map {
                $0.value.row.id == id && $0.value != letterDetail(id)
            } ?? false
        case .review(let id):
            return readings.reviewDetail.map {
                $0.value.row.id == id && $0.value != reviewDetail(id)
            } ?? false
        case .audit(let id): return row(AuditList.self, id: id) != auditEntry(id)
        default: return false
        }
    }

    /// Shows what was asked for, once it is on record.
    mutating func take(revealed report: ActionReport) {
        guard case .reveal(let subject, _) = report.action, report.count(.done) == 1 else { return }
        revealed.insert(subject)
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
