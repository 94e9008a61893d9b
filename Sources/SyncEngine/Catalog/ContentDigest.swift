import Probes

/// What a service's content digests to: enough to tell whether a row of a file says the same,
/// without reading the content.
///
/// | bytes | what |
/// |---|---|
/// | 1 | version |
/// | 8 | hash of the core: the fields that every file of the seed's layout carries whole |
/// | 8 + 8 | `effective_from` and `effective_to` in microseconds since 1970, `Int64.min` for none |
/// | 12 each | per text in a language: tag of field and language, hash of the text; sorted by tag |
///
/// All numbers are little-endian. The dates stand as moments because which calendar date they are
/// depends on the source's time zone. Texts are hashed in NFC, lists in order; absent, null and
/// empty are the same. The content's version, `deprecated_reason` and `replacement_service_code`
/// are left out: no file has a column for them.
///
/// Equal digests are final: the service and the row are equal. Unequal ones only mean that the
/// values must be looked at.
package enum ContentDigest {
    /// Raised when anything of the form changes: digests of another version are not compared.
    static let version: UInt8 = 1
    static let noDate = Int64.min

    static let coreOffset = 1
    static let effectiveFromOffset = 9
    static let effectiveToOffset = 17
    static let textsOffset = 25
    static let textLength = 12

    /// The digest of a content, to be stored beside it: 25 bytes and 12 for each text.
    package static func bytes(of content: ServiceContent) -> [UInt8] {
        var texts: [(tag: UInt32, hash: UInt64)] = []
        for (field, values) in [
            (ServiceField.nameI18n, content.nameI18n),
            (.descriptionI18n, content.descriptionI18n),
            (.shortDescriptionI18n, content.shortDescriptionI18n),
        ] {
            for (language, text) in values where !text.utf8.isEmpty {
                let key = ContentDigestKey(field: field, language: language)
                texts.append((key.tag, ContentDigestText.hash(text, seed: key.seed)))
            }
        }
        texts.sort { $0.tag < $1.tag }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(textsOffset + texts.count * textLength)
        // Two languages with one tag cannot be told apart: such a content has no usable digest.
        let isAmbiguous = zip(texts, texts.dropFirst()).contains { $0.tag == $1.tag }
        bytes.append(isAmbiguous ? 0 : version)
        append(core(of: content), to: &bytes)
        append(content.effectiveFrom?.microseconds ?? noDate, to: &bytes)
        append(content.effectiveTo?.microseconds ?? noDate, to: &bytes)
        for text in texts {
            append(text.tag, to: &bytes)
            append(text.hash, to: &bytes)
        }
        return bytes
    }

    private static func core(of content: ServiceContent) -> UInt64 {
        var core = ContentDigestCore()
        core[.status] = ContentDigestCore.status(content.status)
        core[.sourceType] = hash(content.sourceType)
        core[.sourceCategory] = hash(content.sourceCategory)
        core[.sourceContractType] = hash(content.sourceContractType)
        core[.countryCode] = hash(content.countryCode)
        core[.businessUnit] = hash(content.businessUnit)
        core[.scopeIncluded] = hash(content.scopeIncluded)
        core[.scopeExcluded] = hash(content.scopeExcluded)
        core[.worksiteRequirements] = hash(content.worksiteRequirements)
        core[.productPrerequisites] = hash(content.productPrerequisites)
        core[.estimatedDurationMinutes] = ContentDigestCore.minutes(
            content.estimatedDurationMinutes)
        core[.estimatedComplexity] = hash(content.estimatedComplexity)
        core[.requiresTechnicalVisit] = content.requiresTechnicalVisit ? 1 : 0
        return core.hash
    }

    private static func hash(_ text: String?) -> UInt64 {
        guard let text, !text.utf8.isEmpty else { return 0 }
        return ContentDigestText.hash(text, seed: 0)
    }

    private static func hash(_ list: [String]) -> UInt64 {
        var hash = ContentDigestList()
        for text in list { hash.append(ContentDigestText.hash(text, seed: 0)) }
        return hash.value
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
