import Probes

extension Confirmation {
    /// Has to be typed before one person applies what needs two.
    static let glassWord = "break glass"

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
        if moved, command != .reject {
            return .obstacle(
                "The service has moved since this change was held: what you see is not what "
                    + "would be applied.")
        }
        let needsTwo = rows.filter { $0.impactActiveOrders >= model.facts.twoPeopleFrom }
        if command == .breakGlass, needsTwo.isEmpty {
            return .obstacle(
                "One person is enough here: \(model.keys.name(of: .approve)) approves it.")
        }
        let choices = rows.map {
            ReviewChoice(id: $0.id, serviceRowVersion: $0.serviceRowVersion)
        }
        let orders = rows.reduce(0) { $0 + $1.impactActiveOrders }
        var lines = [Span(names(rows.map(\.serviceCode)), Style(.title))]
        if command != .reject {
            lines.append(
                Span(
                    rows.count == 1
                        ? "The proposed state is applied to the service."
                        : "The proposed states are applied to \(rows.count) services."))
            if orders > 0 {
                lines.append(
                    Span("\(Count.of(orders, "active order")) use what changes.", Style(.warning)))
            }
            if !needsTwo.isEmpty { lines.append(twoPeople(needsTwo, command, model)) }
        } else {
            lines.append(
                Span(
                    "The current state stays. The same content is skipped from now on, until the "
                        + "source changes it again."))
        }
        lines += leftOut(all - rows.count, "decided already")
        lines += extent(of: all, .review, model)
        let action: Action =
            switch command {
            case .approve: .approve(choices, reason: "")
            case .breakGlass: .breakGlass(choices, reason: "")
            default: .reject(choices, reason: "")
            }
        guard command == .breakGlass else {
            return dialog(action, lines: lines, reason: .needed, model)
        }
        return dialog(
            action, lines: lines, reason: .needed,
            others: [.word(TextField(), expected: glassWord)], model)
    }

    private static func twoPeople(
        _ rows: [ReviewRow], _ command: Command, _ model: ConsoleModel
    ) -> Span {
        if command == .breakGlass {
            return Span(
                "It needs two people. Applied by you alone, everybody is told, and somebody else "
                    + "is asked to look tomorrow. For admins.", Style(.critical))
        }
        let first = rows.compactMap(\.firstApprover)
        guard rows.count == 1 else {
            return Span(
                "\(Count.full(rows.count)) of them need two people, of which "
                    + "\(Count.full(first.count)) have a first approval.", Style(.warning))
        }
        guard let name = first.first else {
            return Span(
                "It needs two people: yours is the first approval, and applies nothing yet.",
                Style(.warning))
        }
        return Span(
            name == model.facts.operatorName
                ? "You have approved it already: somebody else must too."
                : "It needs two people: \(name) has approved it, yours applies it.",
            Style(.warning))
    }

    static func secondLook(_ model: ConsoleModel) -> Confirmation {
        let rows: [ReviewRow]
        if case .review(let id) = model.detail?.subject {
            rows = model.reviewDetail(id).map { [$0.row] } ?? []
        } else if model.detail == nil {
            rows = model.targetRows(ReviewList.self)
        } else {
            return .obstacle("Esc first: the change is not in view.")
        }
        let due = rows.filter(\.needsSecondLook)
        guard !due.isEmpty else {
            return .obstacle("Nobody has applied this alone, or a second person has looked.")
        }
        let by = Set(due.compactMap(\.decidedBy)).sorted()
        var lines = [
            Span(names(due.map(\.serviceCode)), Style(.title)),
            Span("Applied by \(names(by)) alone. Say what you found; it is applied already."),
        ]
        lines += leftOut(rows.count - due.count, "no second look is due")
        return dialog(
            .lookAgain(due.map(\.id), reason: ""), lines: lines, reason: .needed, model)
    }

    static func leftOut(_ count: Int, _ why: String) -> [Span] {
        guard count > 0 else { return [] }
        return [Span("\(Count.full(count)) of them \(count == 1 ? "is" : "are") left out: \(why).")]
    }
}
