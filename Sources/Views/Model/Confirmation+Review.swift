import Probes

extension Confirmation {
    static func review(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        var rows: [ReviewRow]
        var moved = false
        switch model.detail?.subject {
        case .review(let id):
            guard let detail = model.reviewDetail(id) else {
                return .obstacle("The change is still being read; look at it first.")
            }
            rows = [detail.row]
            moved = detail.hasServiceMoved
        case nil: rows = model.targetRows(ReviewList.self)
        default: return .obstacle("Esc first: the change is not in view.")
        }
        guard let first = rows.first else { return .obstacle("No change is selected.") }
        let all = rows.count
        rows.removeAll { $0.state != .open }
        guard !rows.isEmpty else {
            return .obstacle(
                all > 1
                    ? "None of these changes is open any more."
                    : "This change is \(first.state.rawValue); only open ones can be decided.")
        }
        if moved, command == .approve {
            return .obstacle(
                "The service has moved since this change was held: what you see is not what "
                    + "would be applied.")
        }
        let choices = rows.map {
            ReviewChoice(id: $0.id, serviceRowVersion: $0.serviceRowVersion)
        }
        let orders = rows.reduce(0) { $0 + $1.impactActiveOrders }
        var lines = [Span(names(rows.map(\.serviceCode)), Style(.title))]
        if command == .approve {
            lines.append(
                Span(
                    rows.count == 1
                        ? "The proposed state is applied to the service."
                        : "The proposed states are applied to \(rows.count) services."))
            if orders > 0 {
                lines.append(
                    Span("\(Count.of(orders, "active order")) use what changes.", Style(.warning)))
            }
        } else {
            lines.append(
                Span(
                    "The current state stays. The same content is skipped from now on, until the "
                        + "source changes it again."))
        }
        lines += leftOut(all - rows.count, "decided already")
        lines += extent(of: all, .review, model)
        let action: Action =
            command == .approve ? .approve(choices, reason: "") : .reject(choices, reason: "")
        return dialog(action, lines: lines, reason: .needed, model)
    }

    static func leftOut(_ count: Int, _ why: String) -> [Span] {
        guard count > 0 else { return [] }
        return [Span("\(Count.full(count)) marked \(count == 1 ? "is" : "are") left out: \(why).")]
    }
}
