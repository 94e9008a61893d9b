import Testing

@testable import Demo

@Suite("Exported files")
struct ExportFileTests {
    static let start: Int64 = 1_763_700_000_000

    static func files(seed: UInt64 = 7) -> [String: ExportFile] {
        var ledger = ExportLedger(seed: seed, start: start)
        let files = ledger.export(at: ExportLedger.firstExport(start: start))
        return Dictionary(uniqueKeysWithValues: files.map { ($0.country, $0) })
    }

    static func lines(of file: ExportFile) -> [String] {
        String(decoding: file.bytes, as: UTF8.self).split(
            separator: file.style.isFromSpreadsheet ? "\r\n" : "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test("are the same for the same seed, and others for another")
    func seeds() {
        #expect(Self.files(seed: 7)["ES"]?.bytes == Self.files(seed: 7)["ES"]?.bytes)
        #expect(Self.files(seed: 7)["ES"]?.bytes != Self.files(seed: 8)["ES"]?.bytes)
    }

    @Test("have a few hundred rows each, but for the one that broke off")
    func rows() throws {
        let files = Self.files()
        for country in ["ES", "FR", "IT"] {
            let file = try #require(files[country])
            #expect((250...300).contains(file.rows.count))
        }
        let half = try #require(files["PL"])
        #expect((130...160).contains(half.rows.count))
    }

    @Test("carry the seed's names and columns")
    func layout() throws {
        let file = try #require(Self.files()["IT"])
        #expect(file.name == "services_IT_20251121.csv")
        let header = try #require(Self.lines(of: file).first)
        #expect(
            header == "external_service_code,country_code,business_unit,type,category,name_it,"
                + "description_it,scope_included,scope_excluded,worksite_requirements,"
                + "product_prerequisites,contract_type,estimated_duration,complexity,requires_tv,"
                + "effective_from,effective_to,version")
        #expect(Self.files()["ES"]?.style.hasShortDescriptions == true)
    }

    @Test("quote lists and commas, and end with a line end")
    func quoting() throws {
        let file = try #require(Self.files()["IT"])
        let lines = Self.lines(of: file)
        #expect(lines.count == file.rows.count + 2)
        #expect(lines.last?.isEmpty == true)
        #expect(lines[1].contains(#","[""#))
        #expect(lines[1].contains(#"""]","#))
    }

    @Test("come from a spreadsheet in France")
    func spreadsheet() throws {
        let file = try #require(Self.files()["FR"])
        #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(file.bytes.suffix(2) == [0x0D, 0x0A])
        #expect(Self.lines(of: file).count == file.rows.count + 2)
    }

    @Test("spoil one row in each way that there is")
    func faults() throws {
        let file = try #require(Self.files()["ES"])
        let lines = Self.lines(of: file)
        var faults: [RowFault] = []
        for (row, line) in zip(file.rows, lines.dropFirst()) {
            guard case .spoilt(_, let fault) = row else { continue }
            faults.append(fault)
            switch fault {
            case .oneCellTooMany: #expect(line.contains(",sobra,"))
            case .brokenList: #expect(line.ranges(of: "]\"").count == 3)
            case .impossibleDate: #expect(line.contains("2025-02-30"))
            }
        }
        #expect(Set(faults) == Set(RowFault.allCases))
    }

    @Test("differ from one export to the next, and the second Polish one is whole")
    func next() throws {
        var ledger = ExportLedger(seed: 7, start: Self.start)
        let first = ledger.export(at: Self.start)
        let second = ledger.export(at: Self.start + 120_000)
        for (before, after) in zip(first, second) {
            #expect(before.bytes != after.bytes)
            #expect((250...320).contains(after.rows.count))
        }
    }

    @Test("tell of services that the traffic never draws")
    func apart() {
        let ledger = ExportLedger(seed: 7, start: Self.start)
        let told = Set(ledger.events.map(\.service.code))
        var generator = TrafficGenerator(
            seed: 7, start: Self.start, rate: 80, exported: ledger.events)
        var sent: [String: Int] = [:]
        for _ in 0..<8_000 {
            let message = generator.next()
            if let key = message.key, told.contains(key) { sent[key, default: 0] += 1 }
        }
        #expect(sent.values.reduce(0, +) == ledger.events.count)
        #expect(told.count == 4 * ExportLedger.toldPerCountry)
    }
}
