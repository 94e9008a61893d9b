/// What must become of a service, one event at a time, with dictionaries of texts and no shared
/// code: written from the rules, not from the fold.
struct NaiveModel {
    struct Item: Equatable {
        var event: Int64
        var state: String
    }

    static let allFields = [
        "country_code", "name_i18n", "scope_included", "scope_excluded", "worksite_requirements",
        "product_prerequisites", "source_type", "source_category", "source_contract_type",
        "requires_technical_visit", "effective_to", "business_unit", "status", "deprecated_reason",
    ]

    var exists = false
    var owner = ""
    var fields: [String: String] = [:]
    var origins: [String: String] = [:]
    var version = ""
    var rowVersion = 0
    var decided: (time: Int64, partition: Int32, offset: Int64)?
    /// The source's newest state, while it waits.
    var proposal: (fields: [String: String], origins: [String: String], version: String)?
    var refused: [String: String]?
    var items: [Item] = []
    var dispositions: [Int64: String] = [:]

    private var waiting: [HistoryEvent] = []
    private var attempts: [Int64: Int] = [:]

    mutating func take(_ step: HistoryStep) {
        switch step {
        case .event(let event):
            if waiting.isEmpty {
                decide(event)
            } else {
                waiting.append(event)
                dispositions[event.logID] = "parked"
            }
        case .drain: drain()
        case .approve: approve()
        case .reject:
            guard let proposal, let last = items.indices.last else { return }
            refused = proposal.fields
            items[last].state = "rejected"
            dispositions[items[last].event] = "refused by a person"
            self.proposal = nil
        }
    }

    private mutating func approve() {
        guard let proposal, let last = items.indices.last else { return }
        if fields != proposal.fields { rowVersion += 1 }
        for name in Self.allFields where fields[name] != proposal.fields[name] {
            origins[name] = proposal.origins[name]
        }
        fields = proposal.fields
        version = proposal.version
        items[last].state = "approved"
        dispositions[items[last].event] = "processed approved"
        self.proposal = nil
    }

    private mutating func drain() {
        var queue = waiting
        waiting = []
        let createsLater = queue.contains {
            ($0.type == "service.created" || $0.type == "service.updated")
                && !($0.fields["country_code"] ?? "").isEmpty
                && !($0.fields["name_i18n"] ?? "").isEmpty
        }
        if !exists, queue.first?.type == "service.deprecated", createsLater {
            // Insertion sort by time: simple, and it keeps arrival order among equals.
            var sorted: [HistoryEvent] = []
            for event in queue {
                let place = sorted.firstIndex { $0.time > event.time } ?? sorted.count
                sorted.insert(event, at: place)
            }
            queue = sorted
        }
        for event in queue {
            if waiting.isEmpty {
                decide(event)
            } else {
                waiting.append(event)
                dispositions[event.logID] = "parked"
            }
        }
    }

    private mutating func decide(_ event: HistoryEvent) {
        dispositions[event.logID] = disposition(of: event)
    }

    private mutating func disposition(of event: HistoryEvent) -> String {
        guard ["service.created", "service.updated", "service.deprecated"].contains(event.type)
        else { return "skipped unknown_event_type" }
        if exists, let source = event.source, source != owner {
            return "dead_lettered source_mismatch"
        }
        if isStale(event), !event.overridesStale { return "skipped stale" }
        if event.type == "service.deprecated" {
            return exists ? deprecate(event) : missing(event)
        }
        return exists ? update(event) : create(event)
    }

    private func isStale(_ event: HistoryEvent) -> Bool {
        guard let decided else { return false }
        if event.time < decided.time { return true }
        return event.time == decided.time && event.partition == decided.partition
            && event.offset < decided.offset
    }

    private mutating func markDecided(_ event: HistoryEvent) {
        if !isStale(event) { decided = (event.time, event.partition, event.offset) }
    }

    private mutating func missing(_ event: HistoryEvent) -> String {
        attempts[event.logID, default: 0] += 1
        if attempts[event.logID] == 4 { return "dead_lettered not_found" }
        waiting = [event]
        return "retrying"
    }

    private mutating func create(_ event: HistoryEvent) -> String {
        let given = event.fields.filter { !$0.value.isEmpty && $0.value != "false" }
        if given["country_code"] == nil || given["name_i18n"] == nil {
            return "dead_lettered invalid"
        }
        exists = true
        owner = event.source ?? "PYXIS"
        fields = given
        fields["status"] = "ACTIVE"
        for name in Self.allFields { origins[name] = event.eventID }
        version = event.version ?? ""
        rowVersion = 1
        refused = nil
        markDecided(event)
        return "processed created"
    }

    private mutating func deprecate(_ event: HistoryEvent) -> String {
        supersede()
        refused = nil
        markDecided(event)
        version = event.version ?? version
        let before = fields
        if fields["status"] == "ACTIVE" {
            fields["status"] = "DEPRECATED"
            fields["effective_to"] = "\(event.time)"
            fields["deprecated_reason"] = event.reason ?? "Deprecated by external system"
        } else if let reason = event.reason {
            fields["deprecated_reason"] = reason
        }
        note(before, event.eventID)
        if before["status"] == "ACTIVE" { return "processed deprecated" }
        return before == fields ? "processed unchanged" : "processed updated"
    }

    private mutating func update(_ event: HistoryEvent) -> String {
        markDecided(event)
        let base = proposal?.fields ?? fields
        var next = base
        if next["status"] == "DEPRECATED" {
            next["status"] = "ACTIVE"
            next["deprecated_reason"] = nil
            next["effective_to"] = nil
        }
        for (name, value) in event.fields {
            next[name] = value.isEmpty || value == "false" ? nil : value
        }
        var nextOrigins = proposal?.origins ?? origins
        for name in Self.allFields where next[name] != base[name] {
            nextOrigins[name] = event.eventID
        }
        let nextVersion = event.version ?? proposal?.version ?? version

        supersede()
        if let refused, refused == next, next != fields { return "skipped rejected" }
        refused = nil
        let reasons = breaking(fields, next)
        if !reasons.isEmpty {
            proposal = (next, nextOrigins, nextVersion)
            items.append(Item(event: event.logID, state: "open"))
            return "held " + reasons.joined(separator: " ")
        }
        let before = fields
        fields = next
        version = nextVersion
        if before != next { rowVersion += 1 }
        for name in Self.allFields where before[name] != next[name] {
            origins[name] = nextOrigins[name]
        }
        return before == next ? "processed unchanged" : "processed updated"
    }

    private mutating func note(_ before: [String: String], _ eventID: String) {
        if before != fields { rowVersion += 1 }
        for name in Self.allFields where before[name] != fields[name] { origins[name] = eventID }
    }

    private mutating func supersede() {
        guard proposal != nil, let last = items.indices.last else { return }
        items[last].state = "superseded"
        dispositions[items[last].event] = "skipped superseded"
        proposal = nil
    }

    private func breaking(_ now: [String: String], _ next: [String: String]) -> [String] {
        var reasons: [String] = []
        func words(_ fields: [String: String], _ name: String) -> [Substring] {
            (fields[name] ?? "").split(separator: "|")
        }
        if words(now, "scope_included").contains(where: {
            !words(next, "scope_included").contains($0)
        }) {
            reasons.append("scope_reduced")
        }
        for (name, reason) in [
            ("worksite_requirements", "requirement_added"),
            ("product_prerequisites", "prerequisite_added"), ("scope_excluded", "exclusion_added"),
        ] where words(next, name).contains(where: { !words(now, name).contains($0) }) {
            reasons.append(reason)
        }
        for (name, reason) in [
            ("source_contract_type", "contract_type_changed"),
            ("source_type", "service_type_changed"), ("source_category", "category_changed"),
            ("country_code", "country_changed"),
        ] where now[name] != nil && next[name] != now[name] {
            reasons.append(reason)
        }
        if next["requires_technical_visit"] == "true", now["requires_technical_visit"] == nil {
            reasons.append("technical_visit_required")
        }
        if let end = next["effective_to"].flatMap(Int.init),
            end < now["effective_to"].flatMap(Int.init) ?? .max
        {
            reasons.append("ends_earlier")
        }
        if now["status"] == "DEPRECATED", next["status"] == "ACTIVE" {
            reasons.append("returns_after_deprecation")
        }
        return reasons
    }
}
