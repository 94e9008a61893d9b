import Probes

/// From where partitions are to be read: asked for first, then said what it means.
extension Confirmation {
    static func seek(_ model: ConsoleModel) -> Confirmation {
        let rows = lagRows(model)
        guard !rows.isEmpty else { return .obstacle("No partition is selected.") }
        let ours = rows.filter(\.isOurs)
        guard !ours.isEmpty else {
            return .obstacle("Another system consumes this group: it can only be watched.")
        }
        return .asksPlace(
            ours.map { PartitionChoice(topic: $0.topic, partition: $0.partition) })
    }

    static func seek(
        _ choices: [PartitionChoice], to target: SeekTarget, _ model: ConsoleModel
    ) -> Confirmation {
        let names = names(choices.map { "\($0.topic)/\($0.partition)" })
        var lines = [Span(names, Style(.title))]
        var skipped = 0
        for choice in choices {
            let (line, count) = forecast(choice, to: target, model)
            skipped += count
            if choices.count <= 4 { lines.append(line) }
        }
        if choices.count > 4, skipped > 0 {
            lines.append(Span("\(Count.of(skipped, "event")) are skipped.", Style(.warning)))
        }
        lines.append(
            Span(
                "Events that are known change nothing when they come again. Whoever reads the "
                    + "partition goes there within a second or two."))
        if skipped > 0 {
            lines.append(
                Span(
                    "What is skipped is never read; it stands as a gap, with your name.",
                    Style(.warning)))
        }
        return dialog(
            .seekPartitions(choices, to: target, reason: ""), lines: lines, reason: .needed,
            word: skipped > 0 ? "\(skipped)" : nil, model)
    }

    /// What it comes to for one partition, as far as the last reading tells.
    private static func forecast(
        _ choice: PartitionChoice, to target: SeekTarget, _ model: ConsoleModel
    ) -> (line: Span, skipped: Int) {
        let name = "\(choice.topic)/\(choice.partition): "
        guard let row = model.lagRow(of: choice), let next = row.currentOffset,
            let low = row.lowWatermark, let high = row.endOffset
        else { return (Span(name + "where it stands is not known.", Style(.warning)), 0) }
        let offset: Int64
        switch target {
        case .earliest: offset = low
        case .latest: offset = high
        case .offset(let wanted): offset = wanted
        case .time(let moment):
            return (Span("\(name)from \(next) to the first event of \(moment.iso8601) on."), 0)
        }
        switch SeekRule(next: next, reached: nil, low: low, high: high).outcome(of: offset) {
        case .refused(let why):
            return (Span("\(name)\(why): it will be refused.", Style(.warning)), 0)
        case .set(let repeated, let skipped):
            let words = SeekRule.words(repeated: repeated, skipped: skipped)
            return (
                Span(
                    "\(name)from \(next) to \(offset): \(words).",
                    skipped == nil ? Style.normal : Style(.warning)), skipped?.count ?? 0
            )
        }
    }
}

extension ConsoleModel {
    static let seekProblem =
        "Type an offset, a time such as 2025-01-17T10:30:00Z, earliest, latest."

    /// What can be chosen without typing a number.
    func seekChoices(_ partitions: [PartitionChoice]) -> [Prompt.Choice] {
        let rows = partitions.compactMap { lagRow(of: $0) }
        func hint(_ words: String, _ offset: (LagRow) -> Int64?) -> String {
            guard let only = rows.first, rows.count == 1, let place = offset(only) else {
                return words
            }
            return "\(words), offset \(place)"
        }
        return [
            Prompt.Choice(
                text: "earliest",
                hint: hint("everything that the broker still has") { $0.lowWatermark }),
            Prompt.Choice(
                text: "latest", hint: hint("skip what is there, read what comes") { $0.endOffset }),
        ]
    }

    func lagRow(of choice: PartitionChoice) -> LagRow? {
        LagList.rows(in: self)?.first {
            $0.isOurs && $0.topic == choice.topic && $0.partition == choice.partition
        }
    }
}
