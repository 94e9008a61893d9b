import Probes

extension ServiceContent {
    /// One field's value as JSON: texts and times as strings, lists as arrays, languages as an
    /// object with sorted keys, null where there is nothing.
    package func json(of field: ServiceField) -> JSONValue {
        switch field {
        case .status: .string(status.rawValue)
        case .sourceType: .string(orNull: sourceType)
        case .sourceCategory: .string(orNull: sourceCategory)
        case .sourceContractType: .string(orNull: sourceContractType)
        case .countryCode: .string(orNull: countryCode)
        case .businessUnit: .string(orNull: businessUnit)
        case .nameI18n: Self.json(of: nameI18n)
        case .descriptionI18n: Self.json(of: descriptionI18n)
        case .shortDescriptionI18n: Self.json(of: shortDescriptionI18n)
        case .scopeIncluded: Self.json(of: scopeIncluded)
        case .scopeExcluded: Self.json(of: scopeExcluded)
        case .worksiteRequirements: Self.json(of: worksiteRequirements)
        case .productPrerequisites: Self.json(of: productPrerequisites)
        case .estimatedDurationMinutes: .integer(orNull: estimatedDurationMinutes)
        case .estimatedComplexity: .string(orNull: estimatedComplexity)
        case .requiresTechnicalVisit: .bool(requiresTechnicalVisit)
        case .effectiveFrom: .timestamp(orNull: effectiveFrom)
        case .effectiveTo: .timestamp(orNull: effectiveTo)
        case .deprecatedReason: .string(orNull: deprecatedReason)
        case .replacementServiceCode: .string(orNull: replacementServiceCode)
        }
    }

    /// An object of every field by its column name, and `sync_version`.
    package var json: JSONValue {
        var members = ServiceField.allCases.map { JSONMember($0.rawValue, json(of: $0)) }
        members.append(JSONMember("sync_version", .string(orNull: version)))
        return .object(members)
    }

    private static func json(of list: [String]) -> JSONValue {
        .array(list.map(JSONValue.string))
    }

    private static func json(of languages: [String: String]) -> JSONValue {
        .object(languages.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) })
    }
}

extension ServiceContent {
    /// Reads back what `json` wrote, possibly reordered by `jsonb`.
    ///
    /// Nil if it is not such an object: a value of another kind, a time that cannot be read. A key
    /// that is missing is empty.
    package init?(json object: JSONCursor) {
        guard object.kind == .object else { return nil }
        self.init()
        for (key, value) in object.members {
            if key == "sync_version" {
                guard value.kind == .null || value.kind == .string else { return nil }
                version = value.string
            } else if let field = ServiceField(rawValue: key) {
                guard read(field, from: value) else { return nil }
            }
        }
    }

    private mutating func read(_ field: ServiceField, from value: JSONCursor) -> Bool {
        switch field {
        case .status:
            guard let word = value.string, let read = ServiceStatus(rawValue: word) else {
                return false
            }
            status = read
            return true
        case .sourceType: return Self.read(&sourceType, from: value)
        case .sourceCategory: return Self.read(&sourceCategory, from: value)
        case .sourceContractType: return Self.read(&sourceContractType, from: value)
        case .countryCode: return Self.read(&countryCode, from: value)
        case .businessUnit: return Self.read(&businessUnit, from: value)
        case .nameI18n: return Self.read(&nameI18n, from: value)
        case .descriptionI18n: return Self.read(&descriptionI18n, from: value)
        case .shortDescriptionI18n: return Self.read(&shortDescriptionI18n, from: value)
        case .scopeIncluded: return Self.read(&scopeIncluded, from: value)
        case .scopeExcluded: return Self.read(&scopeExcluded, from: value)
        case .worksiteRequirements: return Self.read(&worksiteRequirements, from: value)
        case .productPrerequisites: return Self.read(&productPrerequisites, from: value)
        case .estimatedDurationMinutes:
            estimatedDurationMinutes = value.int64.flatMap { Int(exactly: $0) }
            return value.kind == .null || estimatedDurationMinutes != nil
        case .estimatedComplexity: return Self.read(&estimatedComplexity, from: value)
        case .requiresTechnicalVisit:
            requiresTechnicalVisit = value.bool ?? false
            return value.kind == .null || value.kind == .bool
        case .effectiveFrom: return Self.read(&effectiveFrom, from: value)
        case .effectiveTo: return Self.read(&effectiveTo, from: value)
        case .deprecatedReason: return Self.read(&deprecatedReason, from: value)
        case .replacementServiceCode: return Self.read(&replacementServiceCode, from: value)
        }
    }

    private static func read(_ text: inout String?, from value: JSONCursor) -> Bool {
        text = value.string
        return value.kind == .null || text != nil
    }

    private static func read(_ time: inout Timestamp?, from value: JSONCursor) -> Bool {
        time = value.string.flatMap { Timestamp(iso8601: $0) }
        return value.kind == .null || time != nil
    }

    private static func read(_ list: inout [String], from value: JSONCursor) -> Bool {
        guard value.kind == .array else { return value.kind == .null }
        list = value.elements.compactMap(\.string)
        return list.count == value.count
    }

    private static func read(_ languages: inout [String: String], from value: JSONCursor) -> Bool {
        guard value.kind == .object else { return value.kind == .null }
        for (language, text) in value.members {
            guard let text = text.string else { return false }
            languages[language] = text
        }
        return true
    }
}
