/// How many events of a transaction came to which end.
struct DecisionCounts: Sendable, Equatable {
    var processed = 0
    var skipped = 0
    var held = 0
    var deadLettered = 0
    var duplicates = 0
    /// Not decided yet: to be tried again, or behind one that is.
    var retrying = 0
    var parked = 0

    /// Those that have come to an end; a held one has, as far as applying goes.
    var final: Int { processed + skipped + held + deadLettered + duplicates }
    var postponed: Int { retrying + parked }

    mutating func count(_ disposition: Disposition) {
        switch disposition {
        case .processed: processed += 1
        case .skipped: skipped += 1
        case .held: held += 1
        case .deadLettered: deadLettered += 1
        case .retrying: retrying += 1
        case .parked: parked += 1
        }
    }

    mutating func add(_ other: DecisionCounts) {
        processed += other.processed
        skipped += other.skipped
        held += other.held
        deadLettered += other.deadLettered
        duplicates += other.duplicates
        retrying += other.retrying
        parked += other.parked
    }

    /// Each final end by the word that the events' list uses.
    var byStatus: [(status: String, events: Int)] {
        [
            ("processed", processed), ("skipped", skipped), ("held", held),
            ("dead_lettered", deadLettered), ("duplicate", duplicates),
        ]
    }
}
