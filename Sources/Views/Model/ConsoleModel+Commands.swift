import Probes

/// What the commands do inside the screen.
extension ConsoleModel {
    mutating func perform(_ command: Command) -> ScreenDirective {
        if let pane = command.pane {
            jumps = []
            show(pane)
            return .redraw
        }
        switch command {
        case .nextPane, .previousPane:
            jumps = []
            show(neighbour(command == .nextPane ? 1 : -1))
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
        case .showAgent, .showVendorJobs, .showVendorBreakers, .showVendorMappings,
            .showVendorRuns:
            showVendor(command)
        case .accept: return acceptPrompt()
        case .complete: completePrompt()
        case .nextChoice: choose(by: 1)
        case .previousChoice: choose(by: -1)
        case .nextField: focusNextField()
        case .confirm: return confirm()
        case .cancel: overlay = nil
        case .approve, .reject, .breakGlass, .lookAgain, .reveal, .retry, .resolve, .replay,
            .resetBreaker, .openBreaker, .pausePartition, .resumePartition, .seekPartition,
            .acknowledgeGaps, .acknowledgeAlert, .silenceAlert, .unsilenceAlert, .startRun,
            .dryRun, .cancelRun, .acceptRun, .abandonRun, .useFileBefore, .revertRun,
            .runSchedule, .pauseSchedule, .resumeSchedule, .retryJob, .cancelJob, .removeAgent,
            .mapCode, .changeMapping, .deactivateMapping, .activateMapping:
            propose(command)
        case .showOverview, .showLag, .showEvents, .showRuns, .showDrift, .showReview,
            .showDeadLetters, .showBreakers, .showJobs, .showAlerts:
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
