/// Remembers which log ids a live tail has seen, and where others may still appear.
///
/// Ids are drawn when a transaction writes and become visible when it commits, so a smaller id can
/// appear after a larger one. The holes between seen ids are therefore looked at again for a while;
/// what has not appeared by then was rolled back.
struct TailCursor: Sendable, Equatable {
    /// Ids that have not been seen, while larger ones have.
    struct Hole: Sendable, Equatable {
        var ids: ClosedRange<Int64>
        var since: Timestamp
    }

    /// How long a transaction may take to commit before its events are missed.
    static let patience: Duration = .seconds(30)
    /// Beyond this the oldest holes are given up.
    static let maximumHoles = 64

    private(set) var newestID: Int64
    private(set) var holes: [Hole] = []

    /// - Parameter id: everything up to this is taken as seen.
    init(after id: Int64) {
        newestID = id
    }

    /// The stretches to look at: the holes, and everything newer.
    var stretches: [ClosedRange<Int64>] {
        holes.map(\.ids) + (newestID < .max ? [(newestID + 1)...Int64.max] : [])
    }

    /// Notes the ids that were found in the stretches, in any order.
    ///
    /// - Parameter isCutShort: true if only the newest were fetched; what is older is given up.
    /// - Returns: how many ids were passed over, so far as can be told: rolled back ones count too.
    mutating func absorb(
        _ found: [Int64], isCutShort: Bool = false, now: Timestamp
    ) -> Int {
        holes.removeAll { now.since($0.since) > Self.patience }
        let ids = found.sorted()
        guard let oldest = ids.first, let newest = ids.last else { return 0 }
        var passedOver = 0
        if isCutShort, oldest > newestID {
            passedOver = Int(clamping: oldest - newestID - 1)
            newestID = oldest - 1
            holes = []
        }
        fill(ids.filter { $0 <= newestID })
        for id in ids where id > newestID {
            if id > newestID + 1 { holes.append(Hole(ids: (newestID + 1)...(id - 1), since: now)) }
            newestID = id
        }
        newestID = max(newestID, newest)
        if holes.count > Self.maximumHoles {
            holes.removeFirst(holes.count - Self.maximumHoles)
        }
        return passedOver
    }

    /// Takes ids that have appeared out of their holes.
    private mutating func fill(_ ids: [Int64]) {
        guard !ids.isEmpty, !holes.isEmpty else { return }
        var rest: [Hole] = []
        for hole in holes {
            var low = hole.ids.lowerBound
            for id in ids where hole.ids.contains(id) {
                if id > low { rest.append(Hole(ids: low...(id - 1), since: hole.since)) }
                low = id + 1
            }
            if low <= hole.ids.upperBound {
                rest.append(Hole(ids: low...hole.ids.upperBound, since: hole.since))
            }
        }
        holes = rest
    }
}
