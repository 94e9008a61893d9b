import Probes

/// From a vendor's agent to what belongs to it, and back.
extension ConsoleModel {
    /// A list that was opened from elsewhere: Escape leads back there.
    struct Jump: Sendable, Equatable {
        var from: Pane
        /// Those of the pane left, put back by the way home.
        var details: [OpenDetail]
        var to: Pane
        /// The list's filter before, and the one it was opened with: who changes it stays.
        var before: String
        var filter: String
    }

    /// The vendor of the detail or of the row under the cursor.
    var vendor: String? {
        switch detail?.subject {
        case .agent(let vendor): vendor
        case .job(let id):
            jobDetail(id)?.row.vendor ?? row(JobList.self, id: .number(id))?.vendor
        case .mapping(let id): row(MappingList.self, id: id)?.vendor
        case .breaker(let id): row(BreakerList.self, id: id)?.vendor
        case nil: noun.flatMap { cursorVendor($0.list) }
        default: nil
        }
    }

    private func cursorVendor<List: RowList>(_ list: List.Type) -> String? {
        cursorRow(list).flatMap { List.vendor(of: $0) }
    }

    var vendorObstacle: String? {
        guard vendor == nil else { return nil }
        return noun == .breakers
            ? "This breaker is not of a vendor's agent." : "No vendor is selected."
    }

    mutating func showVendor(_ command: Command) {
        guard let vendor else { return }
        let term = "vendor:\(FilterLanguage.quoted(vendor))"
        switch command {
        case .showAgent: push(.agent(vendor: vendor))
        case .showVendorJobs: jump(to: .jobs, .jobs, filter: term)
        case .showVendorBreakers: jump(to: .breakers, .breakers, filter: term)
        case .showVendorMappings: jump(to: .mappings, .mappings, filter: term)
        case .showVendorRuns:
            jump(to: .runs, .runs, filter: "source:\(FilterLanguage.quoted(vendor))")
        default: break
        }
    }

    private mutating func jump(to target: Pane, _ noun: Noun, filter: String) {
        jumps.append(
            Jump(
                from: pane, details: details[pane] ?? [], to: target, before: view(noun).filter,
                filter: filter))
        details[target] = nil
        apply(filter: filter, to: noun)
        update(noun) { $0.state.moveCursor(to: 0) }
        show(target)
    }

    /// Leads back to where the list in view was opened from; false if it was opened here.
    mutating func jumpBack() -> Bool {
        guard let jump = jumps.last, jump.to == pane, let noun, view(noun).filter == jump.filter
        else { return false }
        jumps.removeLast()
        apply(filter: jump.before, to: noun)
        details[jump.from] = jump.details
        show(jump.from)
        return true
    }
}
