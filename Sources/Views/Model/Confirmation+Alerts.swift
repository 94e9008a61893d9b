import Probes

extension Confirmation {
    static func alerts(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let targets: AlertTargets
        if case .alert(let id) = model.detail?.subject {
            guard let detail = model.alertDetail(id) else {
                return .obstacle("The alert is still being read; look at it first.")
            }
            targets = AlertTargets([detail.row])
        } else if model.noun == .alertGroups {
            targets = AlertTargets(model.targetRows(AlertGroupList.self))
        } else {
            targets = AlertTargets(model.targetRows(AlertList.self))
        }
        guard targets.count > 0 else { return .obstacle("No alert is selected.") }
        return switch command {
        case .acknowledgeAlert: acknowledging(targets, model)
        case .silenceAlert: silencing(targets, model)
        default: unsilencing(targets, model)
        }
    }

    private static func acknowledging(
        _ targets: AlertTargets, _ model: ConsoleModel
    ) -> Confirmation {
        let open = targets.unacknowledged
        guard !open.isEmpty else {
            if let by = targets.takenBy { return .obstacle("\(by) has acknowledged it already.") }
            return .obstacle("Only what fires, and nobody has acknowledged, can be acknowledged.")
        }
        return dialog(
            .acknowledgeAlerts(open.ids, reason: ""),
            lines: [
                Span(names(open.names), Style(.title)),
                Span("Others see that you look after it, and it is not repeated."),
                Span("It ends by itself when its cause does."),
            ] + leftOut(targets.count - open.ids.count, "not firing, or acknowledged"),
            reason: .optional, model)
    }

    private static func silencing(_ targets: AlertTargets, _ model: ConsoleModel) -> Confirmation {
        let open = targets.standing
        guard !open.isEmpty else { return .obstacle("It is over: there is nothing to silence.") }
        var lines = [
            Span(names(open.names), Style(.title)),
            Span("Nobody is told of it until then, even if it ends and comes back."),
            Span("It stays in this list."),
        ]
        if let rule = targets.wholeRule {
            lines.append(Span("New subjects of it are told of. To silence the rule as a whole:"))
            lines.append(Span("  syncconsole alerts silence --rule \(rule)", Style(.muted)))
        }
        return dialog(
            .silenceAlerts(open.ids, seconds: 3_600, reason: ""),
            lines: lines + leftOut(targets.count - open.ids.count, "over"),
            reason: .needed, others: [.duration(TextField("1h"))], model)
    }

    private static func unsilencing(
        _ targets: AlertTargets, _ model: ConsoleModel
    ) -> Confirmation {
        let silent = targets.silenced
        guard !silent.isEmpty else { return .obstacle("It is not silenced.") }
        return dialog(
            .unsilenceAlerts(silent.ids, reason: ""),
            lines: [
                Span(names(silent.names), Style(.title)),
                Span("Whoever has not been told of it is told, if it still fires."),
            ] + leftOut(targets.count - silent.ids.count, "not silenced"),
            reason: .optional, model)
    }
}

/// What a key of alerts is about: alerts, or all of some rules.
private struct AlertTargets {
    struct Part {
        var ids: [Int64] = []
        var names: [String] = []

        var isEmpty: Bool { ids.isEmpty }

        mutating func add(_ ids: [Int64], _ name: String) {
            guard !ids.isEmpty else { return }
            self.ids += ids
            names.append(name)
        }
    }

    var unacknowledged = Part()
    var standing = Part()
    var silenced = Part()
    /// Alerts.
    var count = 0
    /// Who looks after the only one.
    var takenBy: String?
    /// The only rule, where all of it is meant.
    var wholeRule: String?

    init(_ rows: [AlertRow]) {
        count = rows.count
        takenBy = rows.count == 1 ? rows.first?.acknowledgement?.by : nil
        for row in rows {
            let (ids, name) = ([row.id], row.name)
            if row.state == .firing, row.acknowledgement == nil { unacknowledged.add(ids, name) }
            if row.state != .resolved { standing.add(ids, name) }
            if row.silence != nil { silenced.add(ids, name) }
        }
    }

    init(_ groups: [AlertGroup]) {
        for group in groups {
            count += max(group.standingIDs.count, 1)
            unacknowledged.add(group.unattendedIDs, group.name(of: group.unattendedIDs))
            standing.add(group.standingIDs, group.name(of: group.standingIDs))
            silenced.add(group.silencedIDs, group.name(of: group.silencedIDs))
        }
        guard groups.count == 1, let only = groups.first else { return }
        takenBy = only.newest.acknowledgement?.by
        wholeRule = only.standingIDs.count > 1 ? only.rule : nil
    }
}

extension AlertGroup {
    /// `consumer_lag_high service-catalog`, or `review_opened, 45 subjects`
    fileprivate func name(of ids: [Int64]) -> String {
        ids == [newest.id] ? newest.name : "\(rule), \(Count.of(ids.count, "subject"))"
    }
}

extension AlertRow {
    /// `consumer_lag_high service-catalog`
    var name: String { subject.isEmpty ? rule : "\(rule) \(subject)" }
}
