import Testing

@testable import Demo

@Suite("Demo model of runs")
struct DemoModelFilesTests {
    static let start = ExportFileTests.start

    /// All events of the exporting system taken, and the files that come after them.
    static func told(seed: UInt64 = 7) -> (DemoModel, [ExportFile]) {
        var ledger = ExportLedger(seed: seed, start: start)
        var generator = TrafficGenerator(
            seed: seed, start: start, rate: 80, openingServices: 60, exported: ledger.events)
        var model = DemoModel()
        for offset in 0..<1_500 {
            model.take(
                Delivery(
                    message: generator.next(),
                    position: Position(partition: 0, offset: Int64(offset))))
        }
        return (model, ledger.export(at: ExportLedger.firstExport(start: start)))
    }

    @Test(
        "finds in every whole file what was made to differ, whatever the seed",
        arguments: [0, 1, 7, 42, 1_234] as [UInt64])
    func whole(seed: UInt64) {
        var (model, files) = Self.told(seed: seed)
        for file in files where file.country != "PL" {
            let run = model.reconcile(file)
            #expect(run.state == "partial_success")
            #expect(run.fetched == file.rows.count)
            #expect(run.fetched == run.matched + run.created + run.failed)
            #expect(run.drifted == run.updated + run.held)
            #expect(run.created == ExportLedger.untoldPerCountry)
            // One is spoilt in each way, one stands twice, one is another system's.
            #expect(run.failed == RowFault.allCases.count + 2)
            #expect(run.badRows.count == run.failed)
            #expect((4...8).contains(run.updated))
            #expect((3...5).contains(run.held))
            #expect(run.orphaned == 3)
            #expect(run.newer == 1)
        }
    }

    @Test("leaves a catalog that a second run over the same file finds nothing more in")
    func again() throws {
        var (model, files) = Self.told()
        let file = try #require(files.first { $0.country == "FR" })
        let first = model.reconcile(file)
        let before = model.services.mapValues(\.columns)
        let second = model.reconcile(file)
        #expect(second.created == 0 && second.updated == 0)
        #expect(second.held == first.held && second.newer == first.newer)
        #expect(model.services.mapValues(\.columns) == before)
        #expect(
            model.services.values.count { $0.openItem != nil && $0.openItem?.position == nil }
                == first.held)
    }

    @Test("asks about the half file, and changes nothing")
    func half() throws {
        var (model, files) = Self.told()
        let file = try #require(files.first { $0.country == "PL" })
        let before = model.services.mapValues(\.columns)
        let run = model.reconcile(file)
        #expect(run.state == "awaiting_decision")
        #expect(run.orphaned > 60)
        #expect(run.drift == [])
        #expect(model.services.mapValues(\.columns) == before)
    }

    @Test("keeps the languages that a file has no columns for")
    func languages() throws {
        var (model, files) = Self.told()
        let file = try #require(files.first { $0.country == "IT" })
        let run = model.reconcile(file)
        for drift in run.drift where drift.outcome == "CORRECTED" {
            let names = model.services[drift.serviceCode]?.columns["name_i18n"]
            #expect(names?["en"] != nil && names?["it"] != nil)
        }
        let created = try #require(run.drift.first { $0.outcome == "CREATED" })
        let names = model.services[created.serviceCode]?.columns["name_i18n"]
        #expect(names?["en"] == nil && names?["it"] != nil)
    }
}
