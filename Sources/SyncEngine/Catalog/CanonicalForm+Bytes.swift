import Foundation
import Probes

extension CanonicalForm {
    /// The canonical bytes of `content`, of `fields` only, and of `languages` only if given.
    package func bytes(
        of content: ServiceContent, fields: ServiceFieldSet = .all, languages: Set<String>? = nil
    ) -> [UInt8] {
        var writer = CanonicalWriter()
        for field in Self.sortedFields where fields.contains(field) {
            append(field, of: content, languages: languages, to: &writer)
        }
        return writer.finished()
    }

    /// Fields by their column names, bytewise.
    private static let sortedFields = ServiceField.allCases.sorted { $0.rawValue < $1.rawValue }

    private func append(
        _ field: ServiceField, of content: ServiceContent, languages: Set<String>?,
        to writer: inout CanonicalWriter
    ) {
        let key = field.rawValue
        switch field {
        case .status: writer.append(key, content.status.rawValue)
        case .sourceType: writer.append(key, content.sourceType)
        case .sourceCategory: writer.append(key, content.sourceCategory)
        case .sourceContractType: writer.append(key, content.sourceContractType)
        case .countryCode: writer.append(key, content.countryCode)
        case .businessUnit: writer.append(key, content.businessUnit)
        case .nameI18n: writer.append(key, content.nameI18n, languages)
        case .descriptionI18n: writer.append(key, content.descriptionI18n, languages)
        case .shortDescriptionI18n: writer.append(key, content.shortDescriptionI18n, languages)
        case .scopeIncluded: writer.append(key, content.scopeIncluded)
        case .scopeExcluded: writer.append(key, content.scopeExcluded)
        case .worksiteRequirements: writer.append(key, content.worksiteRequirements)
        case .productPrerequisites: writer.append(key, content.productPrerequisites)
        case .estimatedDurationMinutes:
            if let minutes = content.estimatedDurationMinutes {
                writer.append(key, raw: "\(minutes)")
            }
        case .estimatedComplexity: writer.append(key, content.estimatedComplexity)
        case .requiresTechnicalVisit:
            // False is what absence means.
            if content.requiresTechnicalVisit { writer.append(key, raw: "true") }
        case .effectiveFrom: append(key, content.effectiveFrom, to: &writer)
        case .effectiveTo: append(key, content.effectiveTo, to: &writer)
        case .deprecatedReason: writer.append(key, content.deprecatedReason)
        case .replacementServiceCode: writer.append(key, content.replacementServiceCode)
        }
    }

    private func append(_ key: String, _ moment: Timestamp?, to writer: inout CanonicalWriter) {
        guard let moment else { return }
        writer.append(key, date: moment, secondsFromUTC: secondsFromUTC(moment))
    }
}

/// Writes the members of the canonical object.
private struct CanonicalWriter {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    init() {
        bytes.reserveCapacity(1024)
    }

    consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    mutating func append(_ key: String, _ text: String?) {
        guard let text, !text.utf8.isEmpty else { return }
        begin(key)
        appendNormalised(text)
    }

    mutating func append(_ key: String, raw text: String) {
        begin(key)
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(_ key: String, date moment: Timestamp, secondsFromUTC: Int) {
        begin(key)
        bytes.append(UInt8(ascii: "\""))
        moment.appendCalendarDate(secondsFromUTC: secondsFromUTC, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func append(_ key: String, _ list: [String]) {
        guard !list.isEmpty else { return }
        begin(key)
        var separator = UInt8(ascii: "[")
        for text in list {
            bytes.append(separator)
            appendNormalised(text)
            separator = UInt8(ascii: ",")
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func append(_ key: String, _ texts: [String: String], _ languages: Set<String>?) {
        let kept = texts.filter {
            !$0.value.utf8.isEmpty && (languages?.contains($0.key) ?? true)
        }
        guard !kept.isEmpty else { return }
        begin(key)
        var separator = UInt8(ascii: "{")
        for (language, text) in kept.sorted(by: { $0.key < $1.key }) {
            bytes.append(separator)
            appendNormalised(language)
            bytes.append(UInt8(ascii: ":"))
            appendNormalised(text)
            separator = UInt8(ascii: ",")
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func begin(_ key: String) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        JSONText.appendQuoted(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Nothing below U+0300 changes under NFC, and its UTF-8 has no byte from 0xCC up: texts of
    /// most European languages need no look at the normalisation tables.
    private mutating func appendNormalised(_ text: String) {
        let isNormal = text.utf8.allSatisfy { $0 < 0xCC }
        JSONText.appendQuoted(
            isNormal ? text : text.precomposedStringWithCanonicalMapping, to: &bytes)
    }
}
