import Probes

/// From runs to what they found, and on to the events.
extension ConsoleModel {
    /// What the key of the groups leads to next; nil: row by row.
    var nextDriftGrouping: DriftGrouping? {
        let all = DriftGrouping.allCases
        guard let driftGrouping else { return all.first }
        let next = (all.firstIndex(of: driftGrouping) ?? 0) + 1
        return all.indices.contains(next) ? all[next] : nil
    }

    /// Groups what is listed by the next thing; the filter stays.
    mutating func groupDrift() {
        let filter = view(driftGrouping == nil ? .drift : .driftGroups).filter
        driftGrouping = nextDriftGrouping
        let noun: Noun = driftGrouping == nil ? .drift : .driftGroups
        if view(noun).filter != filter { apply(filter: filter, to: noun) }
        if noun == .driftGroups { arrange(DriftGroupList.self) }
        keepListInView()
    }

    /// Lists drift row by row.
    mutating func showDrift(filter: String) {
        driftGrouping = nil
        details[.drift] = nil
        apply(filter: filter, to: .drift)
        update(.drift) { $0.state.moveCursor(to: 0) }
        show(.drift)
    }

    mutating func showEvents(of serviceCode: String) {
        details[.events] = nil
        apply(filter: "service_code:\(FilterLanguage.quoted(serviceCode))", to: .events)
        show(.events)
    }

    // MARK: Sources of runs

    /// The configured sources, or, where none is known, those that have had runs; each with what
    /// is known of its last run.
    var sourceChoices: [Prompt.Choice] {
        let overview = readings.overview?.value
        let last = overview?.lastRuns ?? []
        let files = last.map(\.run).filter { !$0.isOfAgent }.map(\.source)
        let names =
            (facts.sources.isEmpty ? files : facts.sources)
            + (overview?.vendors.agents.map(\.vendor).sorted() ?? [])
        return names.map { name in
            if let run = unfinishedRun(of: name) {
                return Prompt.Choice(text: name, hint: "run \(run.id) \(run.state.predicate)")
            }
            guard let run = last.first(where: { $0.run.source == name })?.run else {
                return Prompt.Choice(text: name, hint: "no run yet")
            }
            let words =
                "the last one \(run.state.predicate), \(context.near(run.completedAt ?? run.startedAt))"
            let percent =
                run.counts.matched > 0 ? run.driftPercent.map { ", \(Count.share($0)) drift" } : nil
            return Prompt.Choice(text: name, hint: words + (percent ?? ""))
        }
    }

    /// Whether it is a vendor with an agent, and no country's files.
    func isVendor(_ source: String) -> Bool {
        readings.overview?.value.vendors.agents.contains { $0.vendor == source } ?? false
    }

    /// The run that a source has now: there is never more than one.
    func unfinishedRun(of source: String) -> RunRow? {
        readings.overview?.value.unfinishedRuns.first { $0.source == source }
    }
}
