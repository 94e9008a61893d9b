import Probes

@testable import SyncEngine

/// One step of a service's life, for the comparison of the fold with a naive model.
enum HistoryStep {
    case event(HistoryEvent)
    /// The retry of the event that blocks the service is due.
    case drain
    case approve
    case reject
}

/// An event in the simplest form, from which both the engine's and the model's are made.
///
/// Values are texts: a list is joined with `|`, an empty text empties the field.
struct HistoryEvent {
    var logID: Int64
    var type: String
    var time: Int64
    var partition: Int32
    var offset: Int64
    var source: String?
    var version: String?
    var fields: [String: String] = [:]
    var reason: String?
    var overridesStale = false

    var eventID: String { "evt_\(logID)" }

    var pending: PendingEvent {
        var patch = ServicePatch()
        for (name, value) in fields { Self.set(name, value, in: &patch) }
        return PendingEvent(
            logID: logID,
            position: EventPosition(topic: "service-catalog", partition: partition, offset: offset),
            event: CatalogEvent(
                eventID: eventID, eventType: CatalogEventType(name: type),
                eventTimestamp: Timestamp(microseconds: time * 1_000_000), source: source,
                version: version, externalServiceCode: "SVC", patch: patch, reason: reason),
            overrideStale: overridesStale)
    }

    private static func set(_ name: String, _ value: String, in patch: inout ServicePatch) {
        let list = value.isEmpty ? [] : value.split(separator: "|").map(String.init)
        let text = value.isEmpty ? nil : value
        switch name {
        case "country_code": patch.set(.countryCode) { $0.countryCode = text }
        case "name_i18n": patch.set(.nameI18n) { $0.nameI18n = text.map { ["es": $0] } ?? [:] }
        case "scope_included": patch.set(.scopeIncluded) { $0.scopeIncluded = list }
        case "scope_excluded": patch.set(.scopeExcluded) { $0.scopeExcluded = list }
        case "worksite_requirements":
            patch.set(.worksiteRequirements) { $0.worksiteRequirements = list }
        case "product_prerequisites":
            patch.set(.productPrerequisites) { $0.productPrerequisites = list }
        case "source_type": patch.set(.sourceType) { $0.sourceType = text }
        case "source_category": patch.set(.sourceCategory) { $0.sourceCategory = text }
        case "source_contract_type": patch.set(.sourceContractType) { $0.sourceContractType = text }
        case "requires_technical_visit":
            patch.set(.requiresTechnicalVisit) { $0.requiresTechnicalVisit = value == "true" }
        case "effective_to":
            patch.set(.effectiveTo) {
                $0.effectiveTo = Int64(value).map { Timestamp(microseconds: $0 * 1_000_000) }
            }
        case "business_unit": patch.set(.businessUnit) { $0.businessUnit = text }
        default: break
        }
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Makes histories that visit every rule: small vocabularies, so that values collide and return.
struct HistoryGenerator {
    private var numbers: SeededNumbers
    private var time: Int64 = 1000
    private var offsets: [Int64] = [10, 10]
    /// What the source said last; it often says it again.
    private var lastFields: [String: String] = [:]

    init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

    mutating func history(steps: Int) -> [HistoryStep] {
        var steps: [HistoryStep] = (1...steps).map { step(logID: Int64($0)) }
        // Enough drains at the end to bring every waiting event to its end.
        for _ in 0..<6 { steps.append(.drain) }
        return steps
    }

    private mutating func step(logID: Int64) -> HistoryStep {
        switch Int.random(in: 0..<100, using: &numbers) {
        case ..<8: .drain
        case ..<14: .approve
        case ..<20: .reject
        default: .event(event(logID: logID))
        }
    }

    private mutating func event(logID: Int64) -> HistoryEvent {
        time += Int64.random(in: -2...4, using: &numbers)
        let partition = numbers.chance(80) ? 0 : 1
        offsets[partition] += Int64.random(in: -2...4, using: &numbers)
        var event = HistoryEvent(
            logID: logID, type: "service.updated", time: time, partition: Int32(partition),
            offset: offsets[partition])
        event.source = numbers.chance(60) ? "PYXIS" : numbers.chance(10) ? "TEMPO" : nil
        event.version = numbers.chance(70) ? "\(Int.random(in: 1...9, using: &numbers))" : nil
        event.overridesStale = numbers.chance(5)
        switch Int.random(in: 0..<100, using: &numbers) {
        case ..<16:
            event.type = "service.deprecated"
            event.reason = numbers.chance(50) ? "gone \(event.time % 3)" : nil
        case ..<19: event.type = "service.renamed"
        case ..<45:
            event.type = "service.created"
            event.fields = fields(keepingEach: 90)
        case ..<60: event.fields = lastFields
        default: event.fields = fields(keepingEach: numbers.chance(40) ? 95 : 25)
        }
        if !event.fields.isEmpty { lastFields = event.fields }
        return event
    }

    private mutating func fields(keepingEach percent: Int) -> [String: String] {
        let choices: [(String, [String])] = [
            ("country_code", ["ES", "ES", "ES", "ES", "FR"]),
            ("name_i18n", ["uno", "dos", "tres", ""]),
            ("scope_included", ["a|b|c", "a|b|c", "a|b|c|d", "c|b|a", "a|b", ""]),
            ("scope_excluded", ["x", "x", "x|y", ""]),
            ("worksite_requirements", ["r", "r", "r", "r|s"]),
            ("product_prerequisites", ["p", "p", "p", "q"]),
            ("source_type", ["installation", "installation", "installation", "rework", ""]),
            ("source_category", ["hvac", "hvac", "hvac", "hvac", "plumbing"]),
            ("source_contract_type", ["pre_service", "pre_service", "post_service", ""]),
            ("requires_technical_visit", ["false", "false", "true", ""]),
            // Whole days: a refusal is remembered by its canonical form, which knows only dates.
            ("effective_to", ["", "", "777600000", "777600000", "691200000"]),
            ("business_unit", ["LM_ES", "LM_FR"]),
        ]
        var fields: [String: String] = [:]
        for (name, values) in choices where numbers.chance(percent) {
            fields[name] = values.randomElement(using: &numbers)
        }
        return fields
    }
}
