import Probes

/// The cursor, marks and order of lists, and the two that grow at their end while one looks.
extension ConsoleModel {
    mutating func move(by rows: Int) {
        switch overlay {
        case .help(let top):
            overlay = .help(top: clampedTop(top + rows, HelpOverlay(model: self).lineCount))
        case .result(let report, let top):
            overlay = .result(report, top: clampedTop(top + rows, report.lines.count + 8))
        case .prompt, .dialog: break
        case nil:
            if let detail {
                scrollDetail(to: detail.top + rows)
            } else if let noun {
                update(noun) { $0.state.moveCursor(by: rows) }
                if noun == .events, rows < 0 { pauseTail() }
                if noun == .logs, rows < 0 { pauseLog() }
                keepListInView()
            }
        }
    }

    private func clampedTop(_ top: Int, _ lines: Int) -> Int { max(0, min(top, lines)) }

    private mutating func scrollDetail(to top: Int) {
        guard let last = details[pane]?.indices.last else { return }
        let document = DetailPage(model: self).document(width: layout.pane.columns - 3)
        let clamped = document.clamped(top, rows: layout.pane.rows)
        details[pane]?[last].top = clamped
    }

    mutating func toggleMark() {
        guard let noun else { return }
        update(noun) {
            $0.state.toggleMark()
            $0.state.moveCursor(by: 1)
        }
        if noun == .events { pauseTail() }
        keepListInView()
    }

    mutating func pauseTail() {
        guard !view(.events).state.ids.isEmpty else { return }
        stream.pause()
    }

    mutating func follow() {
        stream.follow()
        arrange(EventList.self)
        keepListInView()
    }

    mutating func pauseLog() {
        guard pausedLog == nil, let rows = readings.log?.value.rows, !rows.isEmpty else { return }
        pausedLog = rows
    }

    mutating func followLog() {
        pausedLog = nil
        arrange(LogList.self)
        keepListInView()
    }

    // MARK: Sorting

    mutating func sortByNext() {
        guard let noun else { return }
        let columns = noun.sortableColumns
        let next = view(noun).sort.flatMap { sort in columns.firstIndex(of: sort.column) } ?? -1
        let sort: ListSort? =
            next + 1 < columns.count ? ListSort(column: columns[next + 1], isReversed: false) : nil
        update(noun) { $0.sort = sort }
        arrange(noun.list)
        keepListInView()
    }

    mutating func reverseSort() {
        guard let noun else { return }
        update(noun) { $0.sort?.isReversed.toggle() }
        arrange(noun.list)
        keepListInView()
    }
}
