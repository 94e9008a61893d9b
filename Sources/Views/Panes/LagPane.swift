import Probes

/// The partitions, their sum, the gaps, and where there is room, a bar for each partition.
struct LagPane {
    let model: ConsoleModel

    func draw(into canvas: inout Canvas) {
        guard let rows = LagList.rows(in: model), !rows.isEmpty else {
            ListPaneView(model: model).draw(.lag, into: &canvas)
            return
        }
        let footer = footer(rows)
        let (upper, lower) = canvas.bounds.split(rows: canvas.rows - footer.count)
        let bars = canvas.columns >= 110 ? 26 : 0
        let (left, right) = upper.split(columns: canvas.columns - bars)
        canvas.inside(left) { ListPaneView(model: model).draw(.lag, into: &$0) }
        canvas.inside(right) { drawBars(rows, into: &$0) }
        canvas.inside(lower) { canvas in
            for (row, line) in footer.enumerated() {
                canvas.write(line, row: row, column: ListTable<LagRow>.margin)
            }
        }
    }

    /// Rows that the footer takes, so that scrolling knows what is in view.
    static func footerRows(_ model: ConsoleModel) -> Int {
        LagPane(model: model).footer(LagList.rows(in: model) ?? []).count
    }

    private func footer(_ rows: [LagRow]) -> [[Span]] {
        var lines: [[Span]] = [total(rows)]
        for row in rows where row.pausedReason != nil && lines.count < 4 {
            lines.append([
                Span("\(model.glyphs.pause) \(row.topic)/\(row.partition) ", Style(.warning)),
                Span("paused since \(model.context.near(row.pausedAt))\(row.pausedByWords): "),
                Span(row.pausedReason ?? ""),
            ])
        }
        for gap in model.gaps(of: rows).prefix(2) {
            let lost = gap.lostEvents.map { Count.of($0, "event") } ?? "events"
            let cause =
                switch gap.kind {
                case .retention: "deleted by retention before being read"
                case .topicRecreated: "lost when the topic was recreated"
                case .skipped: "skipped by \(gap.skippedBy ?? "somebody")"
                }
            lines.append([
                Span(
                    "\(model.glyphs.ballot) \(gap.topic)/\(gap.partition) ", Style(.critical)),
                Span("gap \(model.context.near(gap.detectedAt)): \(lost) \(cause)"),
            ])
        }
        return lines
    }

    private func total(_ rows: [LagRow]) -> [Span] {
        var (lag, unknown) = (Int64(0), 0)
        var (produced, consumed) = (0.0, 0.0)
        for row in rows {
            if let messages = row.lagMessages { lag += messages } else { unknown += 1 }
            produced += row.producedPerSecond ?? 0
            consumed += row.consumedPerSecond ?? 0
        }
        var spans = [
            Span("total ", Style(.header)), Span(Count.full(lag)),
            Span(" behind", Style(.muted)),
            Span("   in ", Style(.muted)), Span("\(Count.rate(produced))/s"),
            Span("   out ", Style(.muted)), Span("\(Count.rate(consumed))/s"),
        ]
        if unknown > 0 {
            spans.append(Span("   \(Count.full(unknown)) not known", Style(.warning)))
        }
        return spans
    }

    private func drawBars(_ rows: [LagRow], into canvas: inout Canvas) {
        guard canvas.columns > 4 else { return }
        let state = model.view(.lag).state
        let visible = canvas.rows - 1
        let top = state.visibleTop(rows: visible)
        let greatest = rows.compactMap(\.lagMessages).max() ?? 0
        canvas.write("share of the greatest", row: 0, column: 2, style: Style(.header))
        for line in 0..<visible where top + line < state.order.count {
            guard rows.indices.contains(state.order[top + line]) else { continue }
            let row = rows[state.order[top + line]]
            let share = greatest > 0 ? Double(row.lagMessages ?? 0) / Double(greatest) : 0
            ProgressBar(share: share, style: Style(row.lagRole == .normal ? .graph : row.lagRole))
                .draw(into: &canvas, row: line + 1, column: 2, width: canvas.columns - 3)
        }
    }
}
