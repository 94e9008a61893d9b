/// What the exporting system knows of its services, and how its files come to differ from what its
/// events have said: events that were never sent, services that a query left out, rows that were
/// written badly.
struct ExportLedger: Sendable {
    /// Services of each country that events tell of.
    static let toldPerCountry = 200
    /// Services of each country that only the files know of.
    static let untoldPerCountry = 60
    /// A demo may run for days.
    private static let mostPerCountry = 1_000

    /// What was told before the first file, and shortly after it.
    private(set) var events: [ExportedEvent] = []
    private var random: SplitMix64
    private var writer: ServiceWriter
    /// The rows of the next file, by country.
    private var rows: [String: [ExportRow]] = [:]
    private var exports = 0
    /// The country whose first file lacks its second half.
    private let cutShort: String?

    static let usuallyCutShort = "PL"

    /// `start` is that of the traffic, in milliseconds since 1970.
    init(seed: UInt64, start: Int64, cutShort: String? = Self.usuallyCutShort) {
        self.cutShort = cutShort
        random = SplitMix64(seed: seed ^ 0xF11E)
        writer = ServiceWriter(seed: seed ^ 0xCA7A, numbersAbove: 90_000)
        for market in Market.all { begin(market, start: start) }
    }

    /// When the first files are written: between what they know and what they cannot know.
    static func firstExport(start: Int64) -> Int64 { start - 60_000 }

    /// Every country's file. Of one country's first file almost half is missing.
    mutating func export(at milliseconds: Int64) -> [ExportFile] {
        if exports > 0 { for market in Market.all { goOn(market, at: milliseconds) } }
        exports += 1
        return Market.all.map { market in
            var rows = rows[market.country] ?? []
            if exports == 1, market.country == cutShort { rows.removeLast(rows.count * 45 / 100) }
            return ExportFile(
                country: market.country, exportedAt: milliseconds, rows: rows,
                style: Self.style(of: market))
        }
    }

    /// Changes that share of a country's services without an event.
    mutating func changeUntold(percent: Int, in country: String) {
        var rows = rows[country] ?? []
        for index in rows.indices where random.chance(percent: percent) {
            guard case .service(var service) = rows[index] else { continue }
            _ = writer.revise(&service)
            rows[index] = .service(service)
        }
        self.rows[country] = rows
    }

    private static func style(of market: Market) -> ExportFile.Style {
        let own = market.phrases.language
        return switch market.country {
        case "ES": ExportFile.Style(languages: [own, "en"], hasShortDescriptions: true)
        case "FR": ExportFile.Style(languages: [own, "en"], isFromSpreadsheet: true)
        // One that knows its own language only: the others stay as they are.
        case "IT": ExportFile.Style(languages: [own])
        default: ExportFile.Style(languages: [own, "en"])
        }
    }
}

// MARK: How files come to differ

extension ExportLedger {
    /// What has become of a service by the time of the first file.
    private enum Fate: CaseIterable {
        case changedUntold, brokenUntold, leftOut, deprecatedAndListed, changedAfterwards
        case ofAnotherSystem, listedTwice

        var count: Int {
            switch self {
            case .changedUntold: 8
            case .brokenUntold: 4
            case .leftOut: 3
            default: 1
            }
        }
    }

    private mutating func begin(_ market: Market, start: Int64) {
        var fates = Fate.allCases.flatMap { Array(repeating: $0, count: $0.count) }
        var marked = random.sample(Array(0..<Self.toldPerCountry), count: fates.count)
        var listed: [ExportRow] = []
        for number in 0..<Self.toldPerCountry {
            let isMarked = marked.first == number
            if isMarked { marked.removeFirst() }
            let fate = isMarked ? fates.remove(at: random.below(fates.count)) : nil
            let time = start - 7_200_000 + Int64(number) * 1_000
            let system = fate == .ofAnotherSystem ? SalesSystem.all.first : .exporting
            let service = writer.invent(at: start, in: market, of: system)
            events.append(ExportedEvent(kind: .creation, service: service, time: time))
            listed += rows(for: service, fate, start: start)
        }
        for _ in 0..<Self.untoldPerCountry {
            listed.append(.service(writer.invent(at: start, in: market, of: .exporting)))
        }
        for fault in RowFault.allCases {
            listed.append(.spoilt(writer.invent(at: start, in: market, of: .exporting), fault))
        }
        rows[market.country] = shuffled(listed)
    }

    private mutating func rows(
        for told: SourceService, _ fate: Fate?, start: Int64
    ) -> [ExportRow] {
        var service = told
        switch fate {
        case nil, .ofAnotherSystem: break
        case .changedUntold: _ = writer.revise(&service)
        case .brokenUntold: breakSomething(in: &service)
        case .leftOut: return []
        case .deprecatedAndListed:
            events.append(
                ExportedEvent(kind: .deprecation, service: service, time: start - 3_700_000))
        case .changedAfterwards:
            var changed = service
            changed.estimatedDurationMinutes += 25
            changed.revision += 1
            events.append(
                ExportedEvent(kind: .fullUpdate, service: changed, time: start - 30_000))
        case .listedTwice: return [.service(service), .service(service)]
        }
        return [.service(service)]
    }

    /// A change that a person has to decide, other than a move to another country's file.
    private mutating func breakSomething(in service: inout SourceService) {
        let changes = BreakingChange.allCases.filter { $0 != .country }
        for _ in 0..<20 {
            guard let change = random.pick(changes),
                change.make(to: &service, random: &random) != nil
            else { continue }
            service.revision += 1
            return
        }
    }

    /// What happens until the next file, in a demo that somebody watches.
    private mutating func goOn(_ market: Market, at milliseconds: Int64) {
        var next = rows[market.country] ?? []
        for _ in 0..<4 + random.below(8) {
            let index = random.below(next.count)
            guard case .service(var service) = next[index] else { continue }
            if random.chance(percent: 15) {
                breakSomething(in: &service)
            } else {
                _ = writer.revise(&service)
            }
            next[index] = .service(service)
        }
        for _ in 0..<1 + random.below(4) where next.count < Self.mostPerCountry {
            next.append(.service(writer.invent(at: milliseconds, in: market, of: .exporting)))
        }
        if random.chance(percent: 50) { next.remove(at: random.below(next.count)) }
        rows[market.country] = next
    }

    private mutating func shuffled(_ rows: [ExportRow]) -> [ExportRow] {
        var rest = rows
        var mixed: [ExportRow] = []
        while !rest.isEmpty { mixed.append(rest.remove(at: random.below(rest.count))) }
        return mixed
    }
}
