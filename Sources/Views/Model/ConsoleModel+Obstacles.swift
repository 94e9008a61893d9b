import Probes

/// Why a key can do nothing now. Each answer is a sentence that the operator reads.
extension ConsoleModel {
    var suspendObstacle: String? { facts.carriesEngine ? Self.frozenEngine : nil }

    var rowObstacle: String? {
        guard let noun else { return nil }
        return view(noun).state.ids.isEmpty ? "No row is selected: the list is empty." : nil
    }

    var markObstacle: String? {
        if let rowObstacle { return rowObstacle }
        switch noun {
        case .events, .review, .dlq, .lag, .runs, .schedule, .alerts, .alertGroups, .jobs, .agents,
            .mappings:
            return nil
        case .clusters: return "A cluster is acted on as a whole; Enter lists its letters."
        case .breakers: return "Breakers are reset one by one."
        default: return "Nothing can be done in bulk here, so there is nothing to mark."
        }
    }

    var sortObstacle: String? {
        noun == .events ? "Events stand in the order in which they came." : nil
    }

    var reverseSortObstacle: String? {
        if let sortObstacle { return sortObstacle }
        return noun.flatMap { view($0).sort } == nil
            ? "The list is in its own order; \(keys.name(of: .sort)) sorts it by a column first."
            : nil
    }

    var serviceObstacle: String? {
        serviceCode == nil ? "No service is known for this row." : nil
    }

    var runObstacle: String? { runID == nil ? "No run is selected." : nil }

    var blameObstacle: String? { serviceObstacle }

    var runbookObstacle: String? {
        runbookInView == nil ? "Nothing is wrong that a runbook would help with." : nil
    }

    var relatedObstacle: String? {
        if related != nil { return nil }
        switch detail?.subject {
        case .event: return "This event became neither a dead letter nor a held change."
        case .review: return "This change did not come from an event."
        case .job: return "This job has become no dead letter."
        case .letter: return "This letter was no job."
        case .drift: return "This difference is not held: there is no change to decide."
        default: return "There is nothing to go on to."
        }
    }

    var copyObstacle: String? { copyText == nil ? "There is nothing to copy here." : nil }

    func neighbourObstacle(_ step: Int) -> String? {
        guard let noun, (details[pane]?.count ?? 0) == 1 else {
            return "Esc first: this was opened from another detail."
        }
        let place = view(noun).state.cursorIndex + step
        return view(noun).state.ids.indices.contains(place)
            ? nil : step > 0 ? "This is the last row." : "This is the first row."
    }

    /// Why a changing command can do nothing now.
    func changeObstacle(_ command: Command) -> String? {
        if case .unreachable = readings.database {
            return "The database cannot be reached: nothing can be changed until it is back."
        }
        if detail == nil, let noun, view(noun).isLoading {
            return "The list is still being read; try again in a moment."
        }
        switch Confirmation.of(command, self) {
        case .dialog: return nil
        case .obstacle(let sentence): return sentence
        case .awaitsLetters, .asksSource, .asksPlace: return nil
        }
    }
}
