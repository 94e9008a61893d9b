import Probes

/// What a run with an agent remembers after each answer, in the column `checkpoint`: where the next
/// engine goes on.
struct AgentCheckpoint: Sendable, Equatable {
    /// What was asked and answered since the run began.
    struct Traffic: Sendable, Equatable {
        var requests: Int64 = 0
        var bytesSent: Int64 = 0
        var bytesReceived: Int64 = 0
        /// Ranges whose sums were asked for.
        var ranges: Int64 = 0
        /// Items that were given.
        var items: Int64 = 0
    }

    /// When the agent answered last, by the database's clock, as the run's row says.
    private(set) var answeredAt: Timestamp?
    /// From 1: each begins with the sum of all.
    var pass = 1
    /// Nil before the sum of all has been asked for in this pass.
    var narrowing: Narrowing?
    var traffic = Traffic()
    var counts = AgentCounts()
    /// Items that could not be taken, and the agent's content hash of each.
    var failed: [Sku: String] = [:]
    /// How many items ours were when the run began.
    var ours: Int64 = 0
    /// How many items the agent said last that it has.
    var theirs: Int64 = 0
    /// Questions in a row that were not answered.
    var failures: Int64 = 0
    /// Something was answered and written down since the run was taken.
    var hasGotOn = false

    /// More that cannot be taken than this are not remembered one by one.
    static let mostFailed = 10_000

    init() {}

    /// What a run that is taken up goes on with: what the agent said long ago is asked again.
    func takenUp(at now: Timestamp, rememberingFor period: Duration) -> AgentCheckpoint {
        var copy = self
        copy.narrowing = narrowing?.takenUp
        if answeredAt.map({ now.since($0) > period }) ?? true { copy.narrowing = nil }
        return copy
    }

    /// More could not be taken than are remembered.
    var hasForgottenFailures: Bool { counts.failed > Int64(Self.mostFailed) }
}

/// How many items of each.
struct AgentCounts: Sendable, Equatable {
    /// Compared one by one and equal: their ranges differed, or they are equal by now.
    var equal: Int64 = 0
    var corrected: Int64 = 0
    var created: Int64 = 0
    var orphaned: Int64 = 0
    var newer: Int64 = 0
    var failed: Int64 = 0

    /// What has differed.
    var drift: Int64 { corrected + created + orphaned + failed }
    /// What has been written, or in a dry run would be.
    var settled: Int64 { corrected + created + orphaned }
}

// MARK: JSON

extension AgentCheckpoint {
    var json: JSONValue {
        [
            "pass": .integer(Int64(pass)),
            "splits": Self.list(narrowing?.splits), "leaves": Self.list(narrowing?.leaves),
            "page": narrowing?.page.map(\.json) ?? .null,
            "requests": .integer(traffic.requests), "bytes_sent": .integer(traffic.bytesSent),
            "bytes_received": .integer(traffic.bytesReceived),
            "ranges": .integer(traffic.ranges), "items": .integer(traffic.items),
            "ours": .integer(ours), "theirs": .integer(theirs),
            "failures": .integer(failures), "counts": counts.json,
            "failed": .array(
                failed.sorted { $0.key < $1.key }.map { [.string($0.key.text), .string($0.value)] }),
        ]
    }

    init(_ root: JSONCursor, rules: NarrowingRules) {
        answeredAt = root.member("at")?.int64.map(Timestamp.init(microseconds:))
        pass = Int(root.member("pass")?.int64 ?? 1)
        if let splits = root.member("splits"), splits.kind == .array {
            narrowing = Narrowing(
                rules: rules, splits: Self.opens(splits),
                leaves: root.member("leaves").map(Self.opens) ?? [],
                page: root.member("page").flatMap(Narrowing.Page.init))
        }
        traffic.requests = root.member("requests")?.int64 ?? 0
        traffic.bytesSent = root.member("bytes_sent")?.int64 ?? 0
        traffic.bytesReceived = root.member("bytes_received")?.int64 ?? 0
        traffic.ranges = root.member("ranges")?.int64 ?? 0
        traffic.items = root.member("items")?.int64 ?? 0
        ours = root.member("ours")?.int64 ?? 0
        theirs = root.member("theirs")?.int64 ?? 0
        failures = root.member("failures")?.int64 ?? 0
        counts = root.member("counts").map(AgentCounts.init) ?? AgentCounts()
        for pair in root.member("failed").map({ Array($0.elements) }) ?? [] {
            let texts = pair.elements.compactMap(\.string)
            if texts.count == 2 { failed[Sku(texts[0])] = texts[1] }
        }
    }

    private static func list(_ opens: [Narrowing.Open]?) -> JSONValue {
        guard let opens else { return .null }
        return .array(
            opens.map {
                [
                    .string(orNull: $0.range.from?.text), .string(orNull: $0.range.to?.text),
                    .integer($0.theirs),
                ]
            })
    }

    private static func opens(_ list: JSONCursor) -> [Narrowing.Open] {
        list.elements.compactMap { element in
            let parts = Array(element.elements)
            guard parts.count == 3, let theirs = parts[2].int64 else { return nil }
            return Narrowing.Open(
                range: SkuRange(
                    from: parts[0].string.map(Sku.init), to: parts[1].string.map(Sku.init)),
                theirs: theirs)
        }
    }
}

extension Narrowing.Page {
    fileprivate var json: JSONValue {
        [
            "ranges": .array(
                ranges.map { [.string(orNull: $0.from?.text), .string(orNull: $0.to?.text)] }),
            "after": .string(orNull: after?.text), "expected": .integer(expected),
            "received": .integer(received),
        ]
    }

    fileprivate init?(_ page: JSONCursor) {
        guard page.kind == .object, let ranges = page.member("ranges") else { return nil }
        self.init(
            ranges: ranges.elements.map { element in
                let ends = Array(element.elements)
                return SkuRange(
                    from: ends.first?.string.map(Sku.init), to: ends.last?.string.map(Sku.init))
            },
            after: page.member("after")?.string.map(Sku.init),
            expected: page.member("expected")?.int64 ?? 0,
            received: page.member("received")?.int64 ?? 0)
    }
}

extension AgentCounts {
    var json: JSONValue {
        [
            "equal": .integer(equal), "corrected": .integer(corrected),
            "created": .integer(created), "orphaned": .integer(orphaned),
            "newer": .integer(newer), "failed": .integer(failed),
        ]
    }

    fileprivate init(_ counts: JSONCursor) {
        equal = counts.member("equal")?.int64 ?? 0
        corrected = counts.member("corrected")?.int64 ?? 0
        created = counts.member("created")?.int64 ?? 0
        orphaned = counts.member("orphaned")?.int64 ?? 0
        newer = counts.member("newer")?.int64 ?? 0
        failed = counts.member("failed")?.int64 ?? 0
    }

    /// As a run of any kind counts (docs/reconciliation.md).
    ///
    /// - Parameters:
    ///   - items: that were compared, by sums or one by one: the agent's.
    func runCounts(compared items: Int64) -> RunCounts {
        var counts = RunCounts()
        counts.fetched = items
        counts.created = created
        counts.failed = failed
        counts.matched = max(items - created - failed, 0)
        counts.updated = corrected
        counts.newer = newer
        counts.orphaned = orphaned
        return counts
    }
}
