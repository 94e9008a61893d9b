import Foundation
import Probes

@testable import SyncEngine

/// Writes contents as rows of a file, in the many ways in which that can be done.
struct RowWriter {
    let columns: [String]
    let calendar: SourceCalendar
    var random: RandomCatalog

    /// The seed's columns, some more languages, in the seed's order.
    static let seedColumns =
        ("external_service_code,country_code,business_unit,type,category,name_es,name_fr,name_it,"
        + "name_pl,description_es,scope_included,scope_excluded,worksite_requirements,"
        + "product_prerequisites,contract_type,estimated_duration,complexity,requires_tv,"
        + "effective_from,effective_to,version").split(separator: ",").map(String.init)

    static let allLanguages =
        seedColumns + ["name_pt-BR", "description_zh-Hant", "short_description_es"]

    var layout: FileLayout { FileLayout(header: columns) }

    mutating func row(code: String, _ content: ServiceContent) -> String {
        columns.map { cell(field($0, code, content)) }.joined(separator: ",")
    }

    private mutating func field(
        _ column: String, _ code: String, _ content: ServiceContent
    ) -> String {
        switch column {
        case "external_service_code": return code
        case "country_code": return content.countryCode ?? ""
        case "business_unit": return content.businessUnit ?? ""
        case "type": return content.sourceType ?? ""
        case "category": return content.sourceCategory ?? ""
        case "contract_type": return content.sourceContractType ?? ""
        case "complexity": return content.estimatedComplexity ?? ""
        case "scope_included": return list(content.scopeIncluded)
        case "scope_excluded": return list(content.scopeExcluded)
        case "worksite_requirements": return list(content.worksiteRequirements)
        case "product_prerequisites": return list(content.productPrerequisites)
        case "estimated_duration": return content.estimatedDurationMinutes.map(String.init) ?? ""
        case "requires_tv":
            return content.requiresTechnicalVisit
                ? random.pick(["true", "TRUE", "1"]) : random.pick(["false", "False", "0", ""])
        case "effective_from": return moment(content.effectiveFrom)
        case "effective_to": return moment(content.effectiveTo)
        case "version": return content.version ?? ""
        default: return text(column, content)
        }
    }

    private func text(_ column: String, _ content: ServiceContent) -> String {
        for (prefix, texts) in [
            ("short_description_", content.shortDescriptionI18n),
            ("description_", content.descriptionI18n), ("name_", content.nameI18n),
        ] where column.hasPrefix(prefix) {
            return texts[String(column.dropFirst(prefix.count))] ?? ""
        }
        return ""
    }

    private mutating func moment(_ moment: Timestamp?) -> String {
        guard let moment else { return "" }
        if random.chance(30) { return moment.iso8601 }
        var bytes: [UInt8] = []
        moment.appendCalendarDate(
            secondsFromUTC: calendar.secondsFromUTC(moment), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func list(_ list: [String]) -> String {
        if list.isEmpty { return random.pick(["", "[]", " [ ] "]) }
        let separator = random.pick([",", ", ", " ,\n"])
        return "[" + list.map { json($0) }.joined(separator: separator) + "]"
    }

    private mutating func json(_ text: String) -> String {
        var json = "\""
        let escapesAll = random.chance(20)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\n": json += "\\n"
            case let other where other.value < 0x20 || (escapesAll && other.value > 0x7E):
                for unit in String(other).utf16 {
                    json += "\\u" + String(format: "%04x", unit)
                }
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    private mutating func cell(_ text: String) -> String {
        let mustQuote =
            text.utf8.contains { [0x0A, 0x0D, 0x2C].contains($0) } || text.utf8.first == 0x22
        guard mustQuote || random.chance(50) else { return text }
        // By scalar: an accent behind a quote makes one character of both.
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
