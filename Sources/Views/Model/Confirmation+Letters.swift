import Probes

extension Confirmation {
    static func letters(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        var rows: [LetterRow]
        var warning: String?
        switch model.detail?.subject {
        case .letter(let id):
            guard let detail = model.letterDetail(id) else {
                return .obstacle("The letter is still being read; look at it first.")
            }
            rows = [detail.row]
            warning = detail.staleWarning
        case nil where model.noun == .clusters:
            guard let cluster = model.cursorRow(ClusterList.self) else {
                return .obstacle("No cluster is selected.")
            }
            return .awaitsLetters(cluster)
        case nil: rows = model.targetRows(LetterList.self)
        default: return .obstacle("Esc first: the letter is not in view.")
        }
        guard let first = rows.first else { return .obstacle("No letter is selected.") }
        let all = rows.count
        rows.removeAll { $0.state != .open }
        guard !rows.isEmpty else {
            return .obstacle(
                all > 1
                    ? "None of these letters is open."
                    : first.state == .retrying
                        ? "This letter is being retried already." : "This letter is resolved.")
        }
        let ids = rows.map(\.id)
        var lines = [
            Span(names(rows.map { $0.entityID ?? $0.key ?? "letter \($0.id)" }), Style(.title))
        ]
        lines += leftOut(all - rows.count, "not open")
        lines += extent(of: all, .dlq, model)
        guard command == .retry else {
            lines.insert(
                Span(
                    "\(rows.count == 1 ? "The letter is" : "The letters are") closed without being "
                        + (rows.allSatisfy { $0.jobID != nil } ? "sent." : "applied.")), at: 1)
            return dialog(
                .resolveLetters(ids, reason: ""), lines: lines, reason: .needed, model)
        }
        lines.insert(Span(whatRetries(rows)), at: 1)
        var others: [Dialog.Field] = ids.count > 1 ? [.inStages(false)] : []
        if let warning {
            lines.append(Span(warning, Style(.warning)))
            others.append(.overrideStale(false))
        }
        return dialog(
            .retryLetters(ids, overrideStale: false), lines: lines, reason: .none,
            others: others, model)
    }

    private static func whatRetries(_ rows: [LetterRow]) -> String {
        let orders = rows.filter { $0.jobID != nil }
        let isOne = rows.count == 1
        if orders.isEmpty {
            return isOne
                ? "The event is applied again, in its service's order."
                : "The events are applied again, each in its service's order."
        }
        let vendors = Set(orders.compactMap(\.vendor)).sorted().joined(separator: ", ")
        let sent =
            isOne
            ? "The order is sent to \(vendors) again"
            : "\(Count.of(orders.count, "order is", "orders are")) sent to \(vendors) again"
        return sent + " under the same key, with all attempts."
            + (orders.count < rows.count ? " The events are applied again." : "")
    }
}

extension ConsoleModel {
    /// Goes on with a cluster's bulk action once its letters are listed.
    mutating func continueBulk(_ command: Command) {
        guard noun == .dlq, !view(.dlq).isLoading else { return }
        awaitedBulk = nil
        guard !view(.dlq).state.ids.isEmpty else {
            say("The cluster has no letters any more.")
            return
        }
        update(.dlq) { view in
            view.state.unmarkAll()
            view.state.toggleAllMarks()
        }
        propose(command)
    }

    /// How many rows match the filter of a list; nil if that is not known.
    func matching(_ noun: Noun) -> Int? { Self.matching(noun.list, readings) }

    private static func matching<List: RowList>(
        _ list: List.Type, _ readings: ConsoleReadings
    ) -> Int? {
        List.reading(in: readings)?.value.matching
    }
}
