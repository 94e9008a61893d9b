/// The ways in which a change takes something away from a customer or asks more of one.
package enum BreakingChange: Hashable, Sendable, CaseIterable {
    case scopeReduced, requirementAdded, prerequisiteAdded, exclusionAdded
    case contractType, type, category, country
    case technicalVisitRequired, endsEarlier

    /// Makes the change and names the keys of `data` that it touches; nil where the service is
    /// such that this change is impossible.
    func make(
        to service: inout SourceService, random: inout SplitMix64
    ) -> [String]? {
        let phrases = service.market.phrases
        func unused(_ all: [String], _ used: [String]) -> [String] {
            all.filter { !used.contains($0) }
        }
        switch self {
        case .scopeReduced:
            guard service.scopeIncluded.count > 1 else { return nil }
            service.scopeIncluded.remove(at: random.below(service.scopeIncluded.count))
            return ["scopeIncluded"]
        case .requirementAdded:
            let items = unused(phrases.worksiteRequirements, service.worksiteRequirements)
            guard let item = random.pick(items) else { return nil }
            service.worksiteRequirements.append(item)
            return ["worksiteRequirements"]
        case .prerequisiteAdded:
            let items = unused(phrases.productPrerequisites, service.productPrerequisites)
            guard let item = random.pick(items) else { return nil }
            service.productPrerequisites.append(item)
            return ["productPrerequisites"]
        case .exclusionAdded:
            let items = unused(phrases.scopeExcluded, service.scopeExcluded)
            guard let item = random.pick(items) else { return nil }
            service.scopeExcluded.append(item)
            return ["scopeExcluded"]
        case .contractType:
            service.contractType =
                service.contractType == "pre_service" ? "post_service" : "pre_service"
            return ["contractType"]
        case .type:
            let others = SourceWords.types.filter { $0 != service.type }
            guard let type = random.pick(others) else { return nil }
            service.type = type
            return ["type"]
        case .category:
            let others = SourceWords.categories.filter { $0 != service.category }
            guard let category = random.pick(others) else { return nil }
            service.category = category
            return ["category"]
        case .country:
            let others = Market.all.filter { $0.country != service.market.country }
            guard let market = random.pick(others) else { return nil }
            service.market = market
            return ["countryCode", "businessUnit"]
        case .technicalVisitRequired:
            guard !service.requiresTechnicalVisit else { return nil }
            service.requiresTechnicalVisit = true
            return ["requiresTechnicalVisit"]
        case .endsEarlier:
            let days = CalendarText.millisecondsPerDay
            let end = service.effectiveTo.map { $0 - 30 * days }
            service.effectiveTo = end ?? service.effectiveFrom + 120 * days
            return ["effectiveTo"]
        }
    }
}
