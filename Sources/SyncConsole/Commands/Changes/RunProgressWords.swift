import Glibc
import Probes

/// What a command says of a run that it waits for: a line a change, on standard error.
struct RunProgressWords {
    /// Between two lines about the same phase.
    private static let least: Duration = .seconds(2)

    private let id: Int64
    /// Whether progress is shown: to people, not in logs.
    private let isWatched: Bool
    private var lastSaid: (words: String, phase: String?, at: ContinuousClock.Instant)?

    init(id: Int64, isWatched: Bool = isatty(STDERR_FILENO) == 1) {
        self.id = id
        self.isWatched = isWatched
    }

    /// What is new: what it waits for, always; how far it is, on a terminal and not too often.
    mutating func lines(for row: RunRow, at now: ContinuousClock.Instant) -> [String] {
        let isWaiting = row.state == .waiting && row.phase?.hasPrefix("waiting_for_") == true
        guard isWaiting || (isWatched && row.state == .running) else { return [] }
        let words = isWaiting ? Self.waiting(row) : Self.progress(row)
        if let last = lastSaid {
            let isSoon = last.phase == row.phase && now - last.at < Self.least
            guard words != last.words, !isSoon else { return [] }
        }
        lastSaid = (words, row.phase, now)
        return ["run \(id) \(words)"]
    }

    private static func waiting(_ row: RunRow) -> String {
        let what = row.phase == "waiting_for_agent" ? "its agent" : row.object ?? "its file"
        var words = "waits for \(what)"
        if let until = row.waitUntil { words += " until \(until.iso8601Seconds)" }
        if let error = row.error { words += ": \(error)" }
        return words
    }

    /// `is applying: 42 %, 12000 rows/s, 40 s left`
    private static func progress(_ row: RunRow) -> String {
        let progress = row.progress
        var parts: [String] = []
        if let fraction = progress?.fraction { parts.append("\(Int(fraction * 100)) %") }
        if progress?.waitsForEvents == true { parts.append("waits for events") }
        if let rate = progress?.rowsPerSecond { parts.append("\(Int(rate)) rows/s") }
        if let left = progress?.secondsLeft { parts.append("\(Int(left.rounded(.up))) s left") }
        let phase = progress?.phase ?? row.phase ?? "starting"
        return "is \(phase)" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }
}

extension Timestamp {
    /// `2025-01-17T10:30:00Z`
    fileprivate var iso8601Seconds: String {
        iso8601.prefix { $0 != "." } + "Z"
    }
}
