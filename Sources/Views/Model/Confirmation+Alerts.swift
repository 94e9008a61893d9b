import Probes

extension Confirmation {
    static func alerts(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let rows: [AlertRow]
        if case .alert(let id) = model.detail?.subject {
            guard let detail = model.alertDetail(id) else {
                return .obstacle("The alert is still being read; look at it first.")
            }
            rows = [detail.row]
        } else {
            rows = model.targetRows(AlertList.self)
        }
        guard !rows.isEmpty else { return .obstacle("No alert is selected.") }
        return switch command {
        case .acknowledgeAlert: acknowledging(rows, model)
        case .silenceAlert: silencing(rows, model)
        default: unsilencing(rows, model)
        }
    }

    private static func acknowledging(_ rows: [AlertRow], _ model: ConsoleModel) -> Confirmation {
        let open = rows.filter { $0.state == .firing && $0.acknowledgement == nil }
        guard !open.isEmpty else {
            if let by = rows.first?.acknowledgement?.by, rows.count == 1 {
                return .obstacle("\(by) has acknowledged it already.")
            }
            return .obstacle("Only what fires, and nobody has acknowledged, can be acknowledged.")
        }
        return dialog(
            .acknowledgeAlerts(open.map(\.id), reason: ""),
            lines: [
                Span(names(open.map(\.name)), Style(.title)),
                Span("Others see that you look after it, and it is not repeated."),
                Span("It ends by itself when its cause does."),
            ] + leftOut(rows.count - open.count, "not firing, or acknowledged"),
            reason: .optional, model)
    }

    private static func silencing(_ rows: [AlertRow], _ model: ConsoleModel) -> Confirmation {
        let open = rows.filter { $0.state != .resolved }
        guard !open.isEmpty else { return .obstacle("It is over: there is nothing to silence.") }
        return dialog(
            .silenceAlerts(open.map(\.id), seconds: 3_600, reason: ""),
            lines: [
                Span(names(open.map(\.name)), Style(.title)),
                Span("Nobody is told of it until then, even if it ends and comes back."),
                Span("It stays in this list."),
            ] + leftOut(rows.count - open.count, "over"),
            reason: .needed, others: [.duration(TextField("1h"))], model)
    }

    private static func unsilencing(_ rows: [AlertRow], _ model: ConsoleModel) -> Confirmation {
        let silent = rows.filter { $0.silence != nil }
        guard !silent.isEmpty else { return .obstacle("It is not silenced.") }
        return dialog(
            .unsilenceAlerts(silent.map(\.id), reason: ""),
            lines: [
                Span(names(silent.map(\.name)), Style(.title)),
                Span("Whoever has not been told of it is told, if it still fires."),
            ] + leftOut(rows.count - silent.count, "not silenced"),
            reason: .optional, model)
    }
}

extension AlertRow {
    /// `consumer_lag_high service-catalog`
    var name: String { subject.isEmpty ? rule : "\(rule) \(subject)" }
}
