import Probes

/// From a row to what there is to know of it, and back.
extension ConsoleModel {
    mutating func openRow() {
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

    mutating func showNeighbour(_ step: Int) {
        guard let noun else { return }
        update(noun) { $0.state.moveCursor(by: step) }
        keepListInView()
        guard let subject = cursorSubject(noun.list), let last = details[pane]?.indices.last else {
            return
        }
        details[pane]?[last] = OpenDetail(subject: subject)
    }

    /// Escape undoes one thing at a time, the one that is most in the way first.
    mutating func goBack() {
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
        } else if jumpBack() {
            return
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
}
