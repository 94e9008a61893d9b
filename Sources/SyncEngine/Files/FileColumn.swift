/// A column of a file, as its header names it.
package struct FileColumn: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case code
        case version
        /// One whole field.
        case field(ServiceField)
        /// One language of one of the fields in languages.
        case text(ServiceField, language: String)
        /// A name that means nothing here: not read.
        case unknown
        /// A name that stands further left already: not read.
        case repeated
    }

    /// Trimmed, and in lower case as far as the case means nothing.
    package let name: String
    package let kind: Kind

    /// - Parameter name: as it stands in the file.
    init(_ name: String) {
        let trimmed = Self.trimmed(name)
        let lowered = trimmed.lowercased()
        if let kind = Self.fixed[lowered] {
            self.init(name: lowered, kind: kind)
        } else if let (prefix, field, language) = Self.language(of: trimmed) {
            self.init(name: prefix + language, kind: .text(field, language: language))
        } else {
            self.init(name: trimmed, kind: .unknown)
        }
    }

    private init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    var asRepeated: FileColumn { FileColumn(name: name, kind: .repeated) }

    /// The columns of the seed's files that are no language (seed 000, section 2.1), in its order.
    static let fixedNames = [
        "external_service_code", "country_code", "business_unit", "type", "category",
        "scope_included", "scope_excluded", "worksite_requirements", "product_prerequisites",
        "contract_type", "estimated_duration", "complexity", "requires_tv", "effective_from",
        "effective_to", "version",
    ]

    private static let fixed: [String: Kind] = [
        "external_service_code": .code,
        "country_code": .field(.countryCode),
        "business_unit": .field(.businessUnit),
        "type": .field(.sourceType),
        "category": .field(.sourceCategory),
        "scope_included": .field(.scopeIncluded),
        "scope_excluded": .field(.scopeExcluded),
        "worksite_requirements": .field(.worksiteRequirements),
        "product_prerequisites": .field(.productPrerequisites),
        "contract_type": .field(.sourceContractType),
        "estimated_duration": .field(.estimatedDurationMinutes),
        "complexity": .field(.estimatedComplexity),
        "requires_tv": .field(.requiresTechnicalVisit),
        "effective_from": .field(.effectiveFrom),
        "effective_to": .field(.effectiveTo),
        "version": .version,
    ]

    private static let languagePrefixes: [(String, ServiceField)] = [
        ("name_", .nameI18n), ("description_", .descriptionI18n),
        ("short_description_", .shortDescriptionI18n),
    ]

    /// `name_es`, `DESCRIPTION_FR`, `name_pt-BR`: a language of 2 to 35 bytes.
    ///
    /// A language without a region is in lower case; one with a region stays as it is written,
    /// since the catalog's languages differ by case.
    private static func language(of name: String) -> (String, ServiceField, String)? {
        for (prefix, field) in languagePrefixes {
            guard name.utf8.count > prefix.utf8.count,
                name.prefix(prefix.count).lowercased() == prefix
            else { continue }
            let written = String(name.dropFirst(prefix.count))
            guard (2...FieldReader.maximumLanguageBytes).contains(written.utf8.count),
                FieldReader.isWord(written)
            else { return nil }
            let isBare = written.utf8.count <= 3
            return (prefix, field, isBare ? written.lowercased() : written)
        }
        return nil
    }

    private static func trimmed(_ name: String) -> String {
        var name = Substring(name)
        while let first = name.first, first.isWhitespace || first == "\u{FEFF}" {
            name.removeFirst()
        }
        while let last = name.last, last.isWhitespace { name.removeLast() }
        return String(name)
    }
}
