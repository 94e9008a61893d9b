import Foundation
import Probes

@testable import SyncEngine

/// Contents as sources might send them, the same for the same seed.
struct RandomCatalog {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[number(below: values.count)] }

    mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
        var left = values
        return values.map { _ in left.remove(at: number(below: left.count)) }
    }

    private static let words = [
        "instalación", "Łódź", "żółć", "café", "l'été", "Überprüfung", "say \"hi\"", "a,b", "x\ny",
        "back\\slash", "\r\n", "\t", "🔧", "👩‍🔧", "ＦＵＬＬ", "≥ 5 m²", "“quoted”", "Å", "가", "ﬁ",
        "naïve", "\u{0301}", "e\u{0301}\u{0323}", "Ω", "\u{1F1EA}\u{1F1F8}", "plain", "x", "",
        "ą̈", "\u{2126}", "\u{FB1D}", "[]", "{\"a\":1}", "\u{85}", "日本語", "Привет", "ДЁ",
    ]

    mutating func text() -> String {
        (0..<1 + number(below: 4)).map { _ in pick(Self.words) }.joined(separator: pick([" ", ""]))
    }

    /// Without control characters, not too long; nil if nothing is left.
    mutating func word() -> String? {
        let word = text().unicodeScalars.filter {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        return word.isEmpty ? nil : String(String.UnicodeScalarView(word))
    }

    mutating func list() -> [String] { (0..<number(below: 4)).map { _ in text() } }

    mutating func texts(_ languages: [String]) -> [String: String] {
        var texts: [String: String] = [:]
        for language in languages where chance(70) {
            let text = text()
            // A stored content keeps nothing in two ways.
            texts[language] = text.isEmpty ? nil : text
        }
        return texts
    }

    mutating func moment() -> Timestamp? {
        guard chance(70) else { return nil }
        return Timestamp(
            microseconds: 1_700_000_000_000_000 + Int64(number(below: 90_000)) * 3_600_000_000)
    }

    static let languages = ["es", "fr", "it", "pl", "pt-BR", "zh-Hant"]

    mutating func content() -> ServiceContent {
        var content = ServiceContent()
        content.status = chance(90) ? .active : .deprecated
        content.sourceType = chance(80) ? word() : nil
        content.sourceCategory = chance(80) ? word() : nil
        content.sourceContractType = chance(50) ? word() : nil
        content.countryCode = pick(["ES", "FR"])
        content.businessUnit = chance(50) ? word() : nil
        content.nameI18n = texts(Self.languages)
        content.descriptionI18n = texts(Self.languages)
        content.shortDescriptionI18n = texts(Self.languages)
        content.scopeIncluded = list()
        content.scopeExcluded = list()
        content.worksiteRequirements = list()
        content.productPrerequisites = list()
        content.estimatedDurationMinutes = chance(70) ? number(below: 525_601) : nil
        content.estimatedComplexity = chance(50) ? word() : nil
        content.requiresTechnicalVisit = chance(50)
        content.effectiveFrom = moment()
        content.effectiveTo = moment()
        content.deprecatedReason = chance(20) ? text() : nil
        return content
    }

    /// The same text, canonically.
    mutating func respelled(_ text: String) -> String {
        switch number(below: 3) {
        case 0: text
        case 1: text.decomposedStringWithCanonicalMapping
        default: text.precomposedStringWithCanonicalMapping
        }
    }

    /// The same content in another spelling, with other dates of the same days in UTC.
    mutating func respelled(_ content: ServiceContent) -> ServiceContent {
        var copy = content
        for text in [
            \ServiceContent.sourceType, \.sourceCategory, \.sourceContractType, \.businessUnit,
            \.estimatedComplexity,
        ] {
            copy[keyPath: text] = content[keyPath: text].map { respelled($0) }
        }
        for texts in [
            \ServiceContent.nameI18n, \.descriptionI18n, \.shortDescriptionI18n,
        ] {
            copy[keyPath: texts] = content[keyPath: texts].mapValues { respelled($0) }
        }
        for list in [
            \ServiceContent.scopeIncluded, \.scopeExcluded, \.worksiteRequirements,
            \.productPrerequisites,
        ] {
            copy[keyPath: list] = content[keyPath: list].map { respelled($0) }
        }
        return copy
    }

    /// The content with one thing changed, or with something taken away that means nothing.
    mutating func changed(_ content: ServiceContent) -> ServiceContent {
        var copy = content
        switch number(below: 12) {
        case 0: copy.nameI18n[pick(Self.languages)] = text()
        case 1: copy.descriptionI18n[pick(Self.languages)] = nil
        case 2: copy.shortDescriptionI18n[pick(Self.languages)] = ""
        case 3: copy.scopeIncluded.append(text())
        case 4: copy.scopeExcluded.reverse()
        case 5: swap(&copy.worksiteRequirements, &copy.productPrerequisites)
        case 6: copy.effectiveFrom = copy.effectiveFrom?.advanced(by: .seconds(3_600 * 5))
        case 7: copy.effectiveTo = moment()
        case 8: copy.requiresTechnicalVisit.toggle()
        case 9: swap(&copy.sourceType, &copy.sourceCategory)
        case 10: copy.estimatedDurationMinutes = nil
        default: copy.status = .active
        }
        return copy
    }
}
