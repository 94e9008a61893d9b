import Probes

/// The events in view: the history that was read and the live tail behind it, oldest first.
struct EventStream: Sendable {
    /// Events kept while following, and again as many while paused.
    static let capacity = 2_000

    private(set) var rows: [EventRow] = []
    /// What came while the view was paused.
    private(set) var waiting: [EventRow] = []
    private(set) var isPaused = false
    /// Events that came faster than they could be shown, since the stream was last emptied.
    private(set) var dropped = 0

    /// Merges rows in any order: of an event that is there already the newer reading holds.
    mutating func merge(_ page: [EventRow]) {
        var updates = Dictionary(page.map { ($0.id, $0) }) { _, newer in newer }
        for index in rows.indices {
            if let update = updates.removeValue(forKey: rows[index].id) { rows[index] = update }
        }
        for index in waiting.indices {
            if let update = updates.removeValue(forKey: waiting[index].id) {
                waiting[index] = update
            }
        }
        guard !updates.isEmpty else { return }
        let new = updates.values.sorted { $0.id < $1.id }
        if isPaused {
            let newest = rows.last?.id ?? .min
            waiting += new.filter { $0.id > newest }
            waiting.sort { $0.id < $1.id }
            trimWaiting()
        } else {
            let isBehind = (rows.last?.id ?? .min) < (new.first?.id ?? .min)
            rows += new
            if !isBehind { rows.sort { $0.id < $1.id } }
            trimRows()
        }
    }

    mutating func noteDropped(_ count: Int) { dropped += count }

    mutating func pause() { isPaused = true }

    /// Goes on at the newest event.
    mutating func follow() {
        isPaused = false
        rows += waiting
        waiting = []
        trimRows()
    }

    /// Starts anew, for another filter.
    mutating func empty() { self = EventStream() }

    /// Old events scroll out of a stream that is followed.
    private mutating func trimRows() {
        if rows.count > Self.capacity { rows.removeFirst(rows.count - Self.capacity) }
    }

    /// Events that were never shown are counted when they make room.
    private mutating func trimWaiting() {
        let excess = waiting.count - Self.capacity
        guard excess > 0 else { return }
        waiting.removeFirst(excess)
        dropped += excess
    }
}
