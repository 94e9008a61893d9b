import Probes

extension Confirmation {
    static func breaker(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        var row = model.cursorRow(BreakerList.self)
        if case .breaker(let id) = model.detail?.subject {
            row = model.row(BreakerList.self, id: id)
        }
        guard let row else { return .obstacle("No breaker is selected.") }
        if command == .resetBreaker {
            guard row.state != .closed || row.isForced else {
                return .obstacle("This breaker is closed already.")
            }
            return dialog(
                .resetBreaker(key: row.key, reason: ""),
                lines: [
                    Span("Calls to \(row.key) go through again, in every engine."),
                    Span("Its window is cleared: it opens again if they keep failing."),
                ], reason: .optional, model)
        }
        if row.state == .open, row.isForced {
            return .obstacle("This breaker is held open already.")
        }
        return dialog(
            .openBreaker(key: row.key, reason: ""),
            lines: [
                Span("No call to \(row.key) is made until somebody resets it.", Style(.warning)),
                Span("It does not close by itself."),
            ], reason: .needed, model)
    }

    static func partitions(_ command: Command, _ model: ConsoleModel) -> Confirmation {
        var rows = lagRows(model)
        guard !rows.isEmpty else { return .obstacle("No partition is selected.") }
        let all = rows.count
        rows.removeAll { !$0.isOurs }
        guard !rows.isEmpty else {
            return .obstacle("Another system consumes this group: it can only be watched.")
        }
        let isPause = command == .pausePartition
        let ours = rows.count
        rows.removeAll { ($0.pausedReason != nil) == isPause }
        guard !rows.isEmpty else {
            return .obstacle(
                isPause ? "Paused already." : "Not paused: there is nothing to resume.")
        }
        let names = names(rows.map { "\($0.topic)/\($0.partition)" })
        let choices = rows.map { PartitionChoice(topic: $0.topic, partition: $0.partition) }
        var lines = [Span(names, Style(.title))]
        lines.append(
            Span(
                isPause
                    ? "Events wait in Kafka, unread, until the partition is resumed. Its lag grows."
                    : "Consuming goes on where it stopped; nothing was skipped."))
        lines += leftOut(all - ours, "not this engine's group")
        lines += leftOut(ours - rows.count, isPause ? "paused already" : "not paused")
        return dialog(
            isPause
                ? .pausePartitions(choices, reason: "") : .resumePartitions(choices, reason: ""),
            lines: lines, reason: isPause ? .needed : .optional, model)
    }

    static func gaps(_ model: ConsoleModel) -> Confirmation {
        let rows = lagRows(model)
        guard !rows.isEmpty else { return .obstacle("No partition is selected.") }
        let gaps = model.gaps(of: rows)
        guard !gaps.isEmpty else {
            return .obstacle("There is no unacknowledged gap in this partition.")
        }
        let lost = gaps.reduce(into: Int64(0)) { $0 += $1.lostEvents ?? 0 }
        let isCounted = gaps.allSatisfy { $0.lostEvents != nil }
        let skipper = gaps.allSatisfy { $0.kind == .skipped } ? gaps.first?.skippedBy : nil
        let what =
            if let skipper {
                "\(Count.of(lost, "event was", "events were")) skipped by \(skipper)."
            } else if isCounted {
                "\(Count.of(lost, "event was", "events were")) gone before being read."
            } else {
                "Events were gone before being read; how many is not known."
            }
        return dialog(
            .acknowledgeGaps(gaps.map(\.id), reason: ""),
            lines: [
                Span(names(gaps.map { "\($0.topic)/\($0.partition)" }), Style(.title)),
                Span(what),
                Span(
                    skipper == nil
                        ? "Acknowledging does not bring them back: a reconciliation does."
                        : "Acknowledging does not read them: a seek back does."),
            ], reason: .optional, model)
    }

    static func lagRows(_ model: ConsoleModel) -> [LagRow] {
        if case .lag(let id) = model.detail?.subject {
            return model.row(LagList.self, id: id).map { [$0] } ?? []
        }
        return model.targetRows(LagList.self)
    }
}

extension ConsoleModel {
    /// The unacknowledged gaps of partitions that this engine's group consumes.
    func gaps(of rows: [LagRow]) -> [GapRow] {
        (readings.overview?.value.unacknowledgedGaps ?? []).filter { gap in
            rows.contains {
                $0.partition == gap.partition && $0.isOurs && $0.topic == gap.topic
            }
        }
    }
}
