import Postgres

extension Sampler {
    /// How many lines of the log are shown.
    private static let logLines = 500

    /// Every second or two while it is of use: what an engine of this machine knows.
    func askNeighbours() async {
        while !Task.isCancelled {
            let interest = interestBox.value
            if let ring = configuration.logRing, interest.tailsLog {
                store(log: ring.newest(Self.logLines))
            }
            if let neighbours = configuration.neighbours, isOfUse(interest) {
                store(await neighbours.look())
            } else if !isDatabaseAway {
                ledger.clear(\.neighbour)
            }
            publishChanges()
            try? await Task.sleep(for: .seconds(interest.tailsLog ? 0.5 : 1))
        }
    }

    /// Step by step to both servers: while somebody looks, and when the database is away and nobody
    /// of this machine knows anything.
    func walkWhenAsked() async {
        guard let walk = configuration.walk else { return }
        while !Task.isCancelled {
            let isAlone =
                isDatabaseAway && ledger.readings.neighbour == nil
                && ledger.readings.overview == nil
            if interestBox.value.looksAtHealth || isAlone {
                let steps = await walk.run()
                guard !Task.isCancelled else { return }
                ledger.set(\.walk, steps, at: .now)
                publishChanges()
                try? await Task.sleep(for: .seconds(4))
            } else {
                if !isDatabaseAway { ledger.clear(\.walk) }
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    private var isDatabaseAway: Bool {
        if case .unreachable = ledger.readings.database { true } else { false }
    }

    private func isOfUse(_ interest: Interest) -> Bool {
        isDatabaseAway || interest.looksAtHealth
            || (interest.tailsLog && configuration.logRing == nil)
    }

    private func store(_ neighbour: NeighbourReading?) {
        guard let neighbour else { return ledger.clear(\.neighbour) }
        ledger.set(\.neighbour, neighbour, at: .now)
        if configuration.logRing == nil { store(log: neighbour.log) }
        guard isDatabaseAway, let shared = neighbour.shared else { return }
        // What this console has read itself is as good until the neighbour's is newer.
        if let own = ledger.readings.overview, own.takenAt >= shared.takenAt { return }
        ledger.set(overview: shared.overview, at: shared.takenAt)
        ledger.set(lag: Page(rows: shared.lag, matching: shared.lag.count), at: shared.takenAt)
        let engines = shared.overview.engines
        ledger.set(\.engines, Page(rows: engines, matching: engines.count), at: shared.takenAt)
        let breakers = neighbour.breakers
        ledger.set(
            \.breakers, Page(rows: breakers, matching: breakers.count), at: neighbour.takenAt)
    }

    /// Lists what the filter lets through; all if it is not one.
    private func store(log entries: [LogEntry]) {
        guard let list = interestBox.value.list, list.noun == .logs else { return }
        let filter = (try? Filter<LogEntry>(list.filter)) ?? .all
        let now = Timestamp.now
        let rows = entries.filter { filter.matches($0, at: now) }
        ledger.set(\.log, Page(rows: rows, matching: rows.count), at: now)
        ledger.set(\.listTakenFor, list)
    }
}
