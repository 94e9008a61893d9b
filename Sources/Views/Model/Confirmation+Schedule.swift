import Probes

extension Confirmation {
    /// Starting a job now, pausing it, resuming it.
    static func schedule(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        let all = scheduleRows(model)
        guard !all.isEmpty else { return .obstacle("No job is selected.") }
        let rows = all.filter { row in
            switch command {
            case .pauseSchedule: row.state == .scheduled
            case .resumeSchedule: row.state == .paused
            default: row.state != .retired && row.requestedBy == nil
            }
        }
        guard !rows.isEmpty else { return .obstacle(why(command, all[0])) }
        let names = rows.map(\.name)
        var lines = [Span(Self.names(names), Style(.title))]
        let action: Action
        switch command {
        case .pauseSchedule:
            action = .pauseScheduled(names, reason: "")
            lines.append(
                Span("It is not started at its times until somebody resumes it.", Style(.warning)))
        case .resumeSchedule:
            action = .resumeScheduled(names, reason: "")
            lines.append(Span("It is started at its next time; nothing is caught up."))
        default:
            action = .runScheduled(names, reason: "")
            lines.append(Span("The engine that leads starts it within a second or two."))
            lines.append(Span("Its next time stays as it is."))
        }
        lines += leftOut(all.count - rows.count, "not in a state for it")
        return dialog(action, lines: lines, reason: .needed, model)
    }

    private static func why(_ command: Command, _ row: ScheduleRow) -> String {
        if row.state == .retired { return "This job is configured no more." }
        return switch command {
        case .pauseSchedule: "Paused already."
        case .resumeSchedule: "Not paused: there is nothing to resume."
        default: "\(row.requestedBy ?? "Somebody") has asked for it already."
        }
    }

    private static func scheduleRows(_ model: ConsoleModel) -> [ScheduleRow] {
        if case .schedule(let id) = model.detail?.subject {
            return model.row(ScheduleList.self, id: id).map { [$0] } ?? []
        }
        return model.targetRows(ScheduleList.self)
    }
}
