/// Where an operator wants a partition to be read from.
package enum SeekTarget: Sendable, Equatable {
    /// The oldest message that the broker still has.
    case earliest
    /// Behind the newest message: everything that is there is skipped.
    case latest
    case offset(Int64)
    /// The first message of this time or later.
    case time(Timestamp)

    /// Reads `earliest`, `latest`, an offset, or an ISO 8601 moment; nil for anything else.
    package init?(_ text: String) {
        switch text.lowercased() {
        case "earliest": self = .earliest
        case "latest": self = .latest
        default:
            if let offset = Int64(text) {
                guard offset >= 0 else { return nil }
                self = .offset(offset)
            } else if let moment = Timestamp(iso8601: text) {
                self = .time(moment)
            } else {
                return nil
            }
        }
    }

    /// As it is typed.
    package var text: String {
        switch self {
        case .earliest: "earliest"
        case .latest: "latest"
        case .offset(let offset): "\(offset)"
        case .time(let moment): moment.iso8601
        }
    }
}

/// Whether a partition's position may be set, and what that means for its events. Pure.
package struct SeekRule: Sendable, Equatable {
    /// The offset of the next event, as things stand.
    package var next: Int64
    /// Everything before it was applied or is recorded as gone; nil if nobody ever sought.
    package var reached: Int64?
    /// The oldest offset that the broker has.
    package var low: Int64
    /// One past the newest.
    package var high: Int64

    package init(next: Int64, reached: Int64?, low: Int64, high: Int64) {
        self.next = next
        self.reached = reached
        self.low = low
        self.high = high
    }

    /// What setting the position to an offset comes to.
    package enum Outcome: Sendable, Equatable {
        /// Events from `skipped.lowerBound` up to its end will never be read; `repeated` events are
        /// read again.
        case set(repeated: Int64, skipped: Range<Int64>?)
        case refused(String)
    }

    package func outcome(of offset: Int64) -> Outcome {
        guard offset >= low, offset <= high else {
            return .refused(
                "offset \(offset) is outside what the broker has, \(low) to \(high)")
        }
        guard offset != next else { return .refused("stands at offset \(next) already") }
        let known = max(next, reached ?? next)
        return .set(
            repeated: max(0, min(known, high) - offset),
            skipped: offset > known ? known..<offset : nil)
    }

    /// In words, for the report and the question before it.
    package static func words(repeated: Int64, skipped: Range<Int64>?) -> String {
        if let skipped {
            return "skips \(skipped.count == 1 ? "1 event" : "\(skipped.count) events") "
                + "(offsets \(skipped.lowerBound) to \(skipped.upperBound - 1))"
        }
        guard repeated > 0 else { return "reads on from there" }
        return "reads \(repeated == 1 ? "1 event" : "\(repeated) events") again; "
            + "those that are known change nothing"
    }
}
