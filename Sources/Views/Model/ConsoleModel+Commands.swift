import Probes

/// What the commands do inside the screen.
extension ConsoleModel {
    mutating func perform(_ command: Command) -> ScreenDirective {
        if let pane = command.pane {
            show(pane)
            return .redraw
        }
        switch command {
        case .nextPane: show(neighbour(1))
        case .previousPane: show(neighbour(-1))
        case .palette: openPrompt(.palette)
        case .help: overlay = .help(top: 0)
        case .theme: return useTheme((themeIndex + 1) % themes.count)
        case .result: if let lastReport { overlay = .result(lastReport, top: 0) }
        case .mouse:
            hasMouse.toggle()
            say(hasMouse ? "The mouse is on; Shift selects text." : "The mouse is off.")
            return .request(.mouse(hasMouse))
        case .repaint: return .request(.repaint)
        case .suspend: return .request(.suspend)
        case .leave: return leave()
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: move(by: -max(1, layout.listRows - 1))
        case .pageDown: move(by: max(1, layout.listRows - 1))
        case .first: move(by: -1_000_000)
        case .last:
            move(by: 1_000_000)
            if place == .eventList { follow() }
            if place == .logList { followLog() }
        case .open: openRow()
        case .back: goBack()
        case .next: showNeighbour(1)
        case .previous: showNeighbour(-1)
        case .mark: toggleMark()
        case .markAll: if let noun { update(noun) { $0.state.toggleAllMarks() } }
        case .sort: sortByNext()
        case .reverseSort: reverseSort()
        case .filter: if let noun { openPrompt(.filter(noun)) }
        case .copy: return copy()
        case .blame:
            if let code = serviceCode { push(.blame(serviceCode: code)) }
        case .related: if let related { push(related) }
        case .follow where noun == .logs: if pausedLog == nil { pauseLog() } else { followLog() }
        case .follow: if stream.isPaused { follow() } else { pauseTail() }
        case .toggleClusters:
            showsClusters.toggle()
            keepListInView()
        case .toggleAlertGroups: toggleAlertGroups()
        case .groupDrift: groupDrift()
        case .showRunDrift: if let runID { showDrift(filter: "run:\(runID)") }
        case .showRun: if let runID { push(.run(runID)) }
        case .showServiceEvents: if let code = serviceCode { showEvents(of: code) }
        case .openRunbook: if let name = runbookInView { push(.runbook(name)) }
        case .accept: return acceptPrompt()
        case .complete: completePrompt()
        case .nextChoice: choose(by: 1)
        case .previousChoice: choose(by: -1)
        case .nextField: focusNextField()
        case .confirm: return confirm()
        case .cancel: overlay = nil
        case .approve, .reject, .breakGlass, .lookAgain, .reveal, .retry, .resolve, .replay,
            .resetBreaker,
            .openBreaker,
            .pausePartition,
            .resumePartition, .seekPartition, .acknowledgeGaps, .acknowledgeAlert,
            .silenceAlert, .unsilenceAlert, .startRun, .dryRun, .cancelRun, .acceptRun,
            .abandonRun, .useFileBefore, .revertRun, .runSchedule, .pauseSchedule, .resumeSchedule:
            propose(command)
        case .showOverview, .showLag, .showEvents, .showRuns, .showDrift, .showReview,
            .showDeadLetters, .showBreakers, .showAlerts:
            break
        }
        return .redraw
    }

    /// Shows a pane as it was left.
    package mutating func show(_ pane: Pane) {
        self.pane = pane
        awaitedBulk = nil
        if pane == .health, details[.health, default: []].isEmpty {
            details[.health] = [OpenDetail(subject: .health)]
        }
        keepListInView()
    }

    private func neighbour(_ step: Int) -> Pane {
        let panes = Pane.allCases
        let index = panes.firstIndex(of: pane) ?? 0
        return panes[(index + step + panes.count) % panes.count]
    }

    mutating func useTheme(_ index: Int) -> ScreenDirective {
        themeIndex = index
        say("Theme \(theme.name).")
        return .request(.theme(theme))
    }

    private mutating func leave() -> ScreenDirective {
        guard facts.carriesEngine else { return .leave }
        overlay = .dialog(Confirmation.leaving(self))
        return .redraw
    }

    // MARK: Moving

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

    private mutating func toggleMark() {
        guard let noun else { return }
        update(noun) {
            $0.state.toggleMark()
            $0.state.moveCursor(by: 1)
        }
        if noun == .events { pauseTail() }
        keepListInView()
    }

    private mutating func pauseTail() {
        guard !view(.events).state.ids.isEmpty else { return }
        stream.pause()
    }

    private mutating func follow() {
        stream.follow()
        arrange(EventList.self)
        keepListInView()
    }

    private mutating func pauseLog() {
        guard pausedLog == nil, let rows = readings.log?.value.rows, !rows.isEmpty else { return }
        pausedLog = rows
    }

    private mutating func followLog() {
        pausedLog = nil
        arrange(LogList.self)
        keepListInView()
    }

    // MARK: Sorting

    private mutating func sortByNext() {
        guard let noun else { return }
        let columns = noun.sortableColumns
        let next = view(noun).sort.flatMap { sort in columns.firstIndex(of: sort.column) } ?? -1
        let sort: ListSort? =
            next + 1 < columns.count ? ListSort(column: columns[next + 1], isReversed: false) : nil
        update(noun) { $0.sort = sort }
        arrange(noun.list)
        keepListInView()
    }

    private mutating func reverseSort() {
        guard let noun else { return }
        update(noun) { $0.sort?.isReversed.toggle() }
        arrange(noun.list)
        keepListInView()
    }

    // MARK: Details

    private mutating func openRow() {
        guard let noun else { return }
        if noun == .clusters {
            guard let cluster = cursorRow(ClusterList.self) else { return }
            showLetters(of: cluster)
        } else if noun == .driftGroups {
            guard let group = cursorRow(DriftGroupList.self) else { return }
            showDrift(filter: FilterLanguage.narrowing(view(.driftGroups).filter, to: group))
        } else if noun == .alertGroups {
            guard let group = cursorRow(AlertGroupList.self) else { return }
            open(group)
        } else if let subject = cursorSubject(noun.list) {
            if noun == .events { pauseTail() }
            push(subject)
        }
    }

    func cursorSubject<List: RowList>(_ list: List.Type) -> DetailSubject? {
        cursorRow(list).map { List.subject(of: $0) }
    }

    mutating func push(_ subject: DetailSubject) {
        details[pane, default: []].append(OpenDetail(subject: subject))
    }

    mutating func showLetters(of cluster: LetterCluster) {
        showsClusters = false
        update(.dlq) {
            $0.filter = "fingerprint:\(cluster.fingerprint) !state:resolved"
            $0.state.unmarkAll()
        }
        keepListInView()
    }

    private mutating func showNeighbour(_ step: Int) {
        guard let noun else { return }
        update(noun) { $0.state.moveCursor(by: step) }
        keepListInView()
        guard let subject = cursorSubject(noun.list), let last = details[pane]?.indices.last else {
            return
        }
        details[pane]?[last] = OpenDetail(subject: subject)
    }

    /// Escape undoes one thing at a time, the one that is most in the way first.
    private mutating func goBack() {
        if details[pane]?.isEmpty == false {
            details[pane]?.removeLast()
            // There is no list behind it.
            if pane == .health { show(.overview) }
            return
        }
        awaitedBulk = nil
        guard let noun else { return }
        if view(noun).state.hasMarks {
            update(noun) { $0.state.unmarkAll() }
        } else if alertGroupInView != nil {
            toggleAlertGroups()
        } else if !view(noun).filter.isEmpty {
            apply(filter: "", to: noun)
        } else if noun == .dlq {
            showsClusters = true
        } else if noun == .alerts {
            toggleAlertGroups()
        } else if noun == .events, stream.isPaused {
            follow()
        } else if noun == .logs, pausedLog != nil {
            followLog()
        }
        keepListInView()
    }

    mutating func apply(filter: String, to noun: Noun) {
        update(noun) {
            $0.filter = filter
            $0.state.unmarkAll()
        }
        guard noun == .runbooks else { return }
        // Nobody has to be asked for them.
        update(noun) { $0.takenFilter = filter }
        arrange(RunbookList.self)
    }

    private mutating func copy() -> ScreenDirective {
        guard let text = copyText else { return .redraw }
        // Terminals take some 75 kB at once (OSC 52).
        let most = 74_000
        guard text.utf8.count <= most else {
            say("Too long to copy: \(Count.bytes(Int64(text.utf8.count))).", .warning)
            return .redraw
        }
        let first = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? text
        say("Copied \(first.count > 60 ? first.prefix(60) + "..." : first[...]).")
        return .request(.copy(text))
    }
}
