import Testing

@testable import Demo

@Suite("Traffic of an incident")
struct IncidentTrafficTests {
    private static let start: Int64 = 1_795_230_600_000

    private static func generator() -> TrafficGenerator {
        TrafficGenerator(
            seed: 7, start: start, rate: 80, openingServices: 60, isCalm: true)
    }

    @Test("is calm but for the fault: nothing that fails, waits or is refused")
    func calm() {
        var generator = Self.generator()
        let kinds = Set((0..<3_000).map { _ in generator.next().kind })
        #expect(kinds == [.creation, .fullUpdate, .partialUpdate])
    }

    @Test("poisons one service for good, and sends good updates behind it")
    func poison() {
        var generator = Self.generator()
        for _ in 0..<500 { _ = generator.next() }
        generator.poison()
        generator.poison()
        let sent = (0..<11).map { _ in generator.next() }
        #expect(
            sent.map(\.kind) == [
                .creation, .refusedForGood, .partialUpdate, .partialUpdate, .partialUpdate,
                .partialUpdate, .refusedForGood, .partialUpdate, .partialUpdate, .partialUpdate,
                .partialUpdate,
            ])
        #expect(Set(sent.map(\.key)).count == 1)
        for message in sent {
            guard case .tree(let tree) = message.body else { continue }
            var minutes: Int64?
            if case .integer(let number)? = tree["data"]?["estimatedDuration"] { minutes = number }
            // What comes behind says nothing of it, or it would put the refused one right.
            #expect((minutes == nil) == (message.kind == .partialUpdate))
            #expect(
                RefusalRule.refuses(durationMinutes: minutes)
                    == (message.kind == .refusedForGood))
        }
        // All at once: the traffic's own clock stands still meanwhile.
        #expect(Set(sent.map(\.plannedAt)).count == 1)
    }

    @Test("spoils as many updates as a flood needs, all in the same way")
    func spoil() {
        var generator = Self.generator()
        for _ in 0..<500 { _ = generator.next() }
        generator.spoil(1_600)
        let sent = (0..<1_600).map { _ in generator.next() }
        #expect(sent.allSatisfy { $0.kind == MessageFault.durationAsText.kind })
        var perPartition: [Int32: Int] = [:]
        for message in sent { perPartition[message.partition(of: 8), default: 0] += 1 }
        #expect(perPartition.values.contains { $0 > 100 })
    }

    @Test("cuts one country's first file short, or none")
    func cutShort() {
        func rows(_ country: String?) -> [String: Int] {
            var ledger = ExportLedger(seed: 7, start: Self.start, cutShort: country)
            let files = ledger.export(at: ExportLedger.firstExport(start: Self.start))
            return Dictionary(uniqueKeysWithValues: files.map { ($0.country, $0.rows.count) })
        }
        let whole = rows(nil)
        let half = rows("ES")
        #expect(half["FR"] == whole["FR"])
        #expect((half["ES"] ?? 0) < (whole["ES"] ?? 0) * 6 / 10)
    }

    @Test("changes between a tenth and less than a third of a country's services untold")
    func drift() {
        func file(_ percent: Int) -> ExportFile? {
            var ledger = ExportLedger(seed: 7, start: Self.start, cutShort: nil)
            ledger.changeUntold(percent: percent, in: "ES")
            return ledger.export(at: ExportLedger.firstExport(start: Self.start))
                .first { $0.country == "ES" }
        }
        let before = file(0)?.rows ?? []
        let after = file(12)?.rows ?? []
        #expect(before.count == after.count)
        let changed = zip(before, after).filter { $0.service.data.bytes != $1.service.data.bytes }
            .count
        #expect(changed * 100 > before.count * 7)
        #expect(changed * 100 < before.count * 24)
    }
}
