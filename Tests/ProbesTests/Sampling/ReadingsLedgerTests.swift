import Testing

@testable import Probes

@Suite("Readings ledger")
struct ReadingsLedgerTests {
    private let later = SampleRows.now.advanced(by: .seconds(1))

    private func ledger() -> ReadingsLedger {
        var ledger = ReadingsLedger(
            ConsoleReadings(
                database: .ready(since: SampleRows.now), kafka: .ready(since: SampleRows.now)))
        _ = ledger.takeChanged()
        return ledger
    }

    private func overview(_ engine: EngineRow) -> OverviewReading {
        OverviewReading(
            engines: [engine], lagMessages: nil, lagByTopic: [], pausedPartitions: [],
            unacknowledgedGaps: [], reviewOpen: 0, reviewOldestAt: nil,
            reviewImpactActiveOrders: 0, deadLettersOpen: 0, deadLettersRetrying: 0,
            deadLettersLastHour: 0, deadLetterClusters: [], parkedEvents: 0, retryingEvents: 0,
            parkedEntities: 0, outboxUnpublished: 0, outboxOldestAt: nil,
            breakers: .init(open: 0, halfOpen: 0, closed: 0), openBreakers: [], runsRunning: 0,
            services: .init(active: 0, deprecated: 0), receivedTotal: 0, duplicateTotal: 0)
    }

    @Test("gives readings out once, and again only when they say something else")
    func changes() {
        var ledger = ledger()
        let page = Page(rows: [SampleRows.event], matching: 1)
        ledger.set(\.events, page, at: SampleRows.now)
        #expect(ledger.takeChanged()?.events?.value == page)
        #expect(ledger.takeChanged() == nil)
        ledger.set(\.events, page, at: later)
        #expect(ledger.takeChanged() == nil)
        ledger.set(\.problem, "too broad")
        let readings = ledger.takeChanged()
        #expect(readings?.problem == "too broad")
        #expect(readings?.events?.takenAt == later)
    }

    @Test("takes an engine's heartbeat for no change, its state for one")
    func pulse() {
        var ledger = ledger()
        ledger.set(overview: overview(SampleRows.engine), at: SampleRows.now)
        #expect(ledger.takeChanged() != nil)
        var engine = SampleRows.engine
        engine.heartbeatAt = later
        engine.lastPollAt = later
        engine.memoryBytes = 60_000_000
        ledger.set(overview: overview(engine), at: later)
        #expect(ledger.takeChanged() == nil)
        engine.state = .silent
        ledger.set(overview: overview(engine), at: later)
        #expect(ledger.takeChanged() != nil)
    }

    @Test("lets a flat graph stay flat without a change")
    func graphs() {
        var ledger = ledger()
        ledger.append(0, to: \.lagMessages, seconds: 1)
        #expect(ledger.takeChanged() != nil)
        ledger.append(0, to: \.lagMessages, seconds: 1)
        #expect(ledger.takeChanged() == nil)
        ledger.append(7, to: \.lagMessages, seconds: 2)
        #expect(ledger.takeChanged()?.lagMessages == [0, 0, 7, 7])
        ledger.append(7, to: \.lagMessages, seconds: 1)
        #expect(ledger.takeChanged() != nil)
        ledger.append(0, to: \.lagMessages, seconds: 100_000)
        #expect(ledger.takeChanged()?.lagMessages.count == 300)
    }
}
