/// What the screen wants to be told: the only thing that flows down to the sampler.
package struct Interest: Sendable, Equatable {
    /// The list that is in view, with its filter; nil where the pane needs only the overview.
    package var list: ListInterest?
    /// The one thing whose details are open.
    package var detail: DetailInterest?
    /// True while the way to the servers is in view.
    package var looksAtHealth: Bool
    /// True while the live tail is in view: new events are then fetched as they come.
    package var tailsEvents: Bool

    package init(
        list: ListInterest? = nil, detail: DetailInterest? = nil, tailsEvents: Bool = false,
        looksAtHealth: Bool = false
    ) {
        self.list = list
        self.detail = detail
        self.tailsEvents = tailsEvents
        self.looksAtHealth = looksAtHealth
    }

    var tailsLog: Bool { list?.noun == .logs }
}

/// The nouns that have lists, on the screen and on the command line.
package enum Noun: String, Sendable, CaseIterable {
    case lag, events, runs, drift
    case driftGroups = "drift-groups"
    case review, dlq, clusters, breakers, jobs, alerts
    case alertGroups = "alert-groups"
    case engines, agents, mappings, schedule, audit
    /// They come with the program, and are never sampled.
    case runbooks, logs
}

package struct ListInterest: Sendable, Equatable {
    package var noun: Noun
    /// In the filter language; empty for everything.
    package var filter: String
    /// At most this many rows.
    package var limit: Int
    /// What the groups are made by; for `driftGroups` alone.
    package var grouping: DriftGrouping?

    package init(
        noun: Noun, filter: String, limit: Int = 1_000, grouping: DriftGrouping? = nil
    ) {
        self.noun = noun
        self.filter = filter
        self.limit = limit
        self.grouping = grouping
    }
}

package enum DetailInterest: Sendable, Hashable {
    case event(Int64)
    case run(Int64)
    case drift(Int64)
    case review(Int64)
    case letter(Int64)
    case alert(Int64)
    case job(Int64)
    case agent(vendor: String)
    case blame(serviceCode: String)
}
