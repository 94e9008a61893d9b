/// Invents services and changes to them that take nothing away from a customer.
struct ServiceWriter: Sendable {
    private var random: SplitMix64
    private var lastNumber = 0

    /// `numbersAbove` keeps the codes of two writers apart.
    init(seed: UInt64, numbersAbove: Int = 0) {
        random = SplitMix64(seed: seed)
        lastNumber = numbersAbove
    }

    /// A new service with every field set, valid from the first of a month near `milliseconds`.
    mutating func invent(
        at milliseconds: Int64, in wantedMarket: Market? = nil, of wantedSystem: SalesSystem? = nil
    ) -> SourceService {
        let market = wantedMarket ?? pick(Market.all)
        let system = wantedSystem ?? pick(SalesSystem.all)
        let type = pick(SourceWords.types)
        let category = pick(SourceWords.categories)
        lastNumber += 1
        let digits = String(lastNumber)
        let number = String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
        let code = "\(system.prefix)_\(market.country)_\(category.uppercased())_\(number)"
        let day = milliseconds / CalendarText.millisecondsPerDay
        let phrases = market.phrases
        var service = SourceService(
            code: code, system: system, market: market, type: type, category: category, name: [],
            description: [], shortDescription: [],
            scopeIncluded: random.sample(phrases.scopeIncluded, count: 3 + random.below(3)),
            scopeExcluded: random.sample(phrases.scopeExcluded, count: 1 + random.below(3)),
            worksiteRequirements: random.sample(
                phrases.worksiteRequirements, count: 1 + random.below(3)),
            productPrerequisites: random.sample(
                phrases.productPrerequisites, count: 1 + random.below(3)),
            contractType: random.chance(percent: 70) ? "pre_service" : "post_service",
            estimatedDurationMinutes: pick(SourceWords.durations),
            complexity: pick(SourceWords.complexities),
            requiresTechnicalVisit: random.chance(percent: 40),
            effectiveFrom: (day - Int64(random.below(60))) * CalendarText.millisecondsPerDay,
            effectiveTo: random.chance(percent: 15)
                ? (day + 200 + Int64(random.below(400))) * CalendarText.millisecondsPerDay : nil)
        write(&service)
        return service
    }

    /// Changes one to three fields and names their keys in `data`.
    mutating func revise(_ service: inout SourceService) -> [String] {
        var keys: [String] = []
        for _ in 0...random.below(3) {
            let key = reviseOne(&service)
            if let key, !keys.contains(key) { keys.append(key) }
        }
        if keys.isEmpty {
            service.estimatedDurationMinutes += 5
            keys = ["estimatedDuration"]
        }
        service.revision += 1
        return keys
    }

    private mutating func reviseOne(_ service: inout SourceService) -> String? {
        let phrases = service.market.phrases
        switch random.below(9) {
        case 0:
            let old = service.name
            write(&service)
            return old == service.name ? nil : "name"
        case 1:
            let unused = phrases.scopeIncluded.filter { !service.scopeIncluded.contains($0) }
            guard let item = random.pick(unused) else { return nil }
            service.scopeIncluded.append(item)
            return "scopeIncluded"
        case 2:
            guard service.scopeExcluded.count > 1 else { return nil }
            service.scopeExcluded.removeLast()
            return "scopeExcluded"
        case 3:
            guard !service.worksiteRequirements.isEmpty else { return nil }
            service.worksiteRequirements.removeFirst()
            return "worksiteRequirements"
        case 4:
            guard !service.productPrerequisites.isEmpty else { return nil }
            service.productPrerequisites.removeFirst()
            return "productPrerequisites"
        case 5:
            service.complexity = pick(SourceWords.complexities)
            return "complexity"
        case 6:
            guard service.requiresTechnicalVisit else { return nil }
            service.requiresTechnicalVisit = false
            return "requiresTechnicalVisit"
        case 7:
            guard let end = service.effectiveTo else { return nil }
            service.effectiveTo =
                random.chance(percent: 50) ? nil : end + 30 * CalendarText.millisecondsPerDay
            return "effectiveTo"
        default:
            service.estimatedDurationMinutes = pick(SourceWords.durations) + 5 * random.below(4)
            return "estimatedDuration"
        }
    }

    /// Writes the three texts in the market's language and in English.
    private mutating func write(_ service: inout SourceService) {
        let number = random.below(24)
        service.name = []
        service.description = []
        service.shortDescription = []
        for phrases in [service.market.phrases, Phrasebook.english] {
            let qualifier = phrases.qualifiers[number % phrases.qualifiers.count]
            let name = phrases.name(
                type: service.type, category: service.category, qualifier: qualifier)
            service.name.append(JSONMember(phrases.language, .string(name)))
            service.description.append(
                JSONMember(phrases.language, .string(phrases.description(number, of: name))))
            service.shortDescription.append(
                JSONMember(
                    phrases.language,
                    .string(phrases.shortName(type: service.type, category: service.category))))
        }
    }

    /// The lists that choices are made from are constants and never empty.
    private mutating func pick<Item>(_ items: [Item]) -> Item {
        items[random.below(items.count)]
    }
}
