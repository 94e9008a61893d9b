import Probes

extension FieldReader {
    /// The synchronised fields that `data` names.
    func patch() throws(FieldFault) -> ServicePatch {
        var patch = ServicePatch()
        try readWords(into: &patch)
        try readTexts(into: &patch)
        try readLists(into: &patch)
        try readRest(into: &patch)
        return patch
    }

    private func readWords(into patch: inout ServicePatch) throws(FieldFault) {
        if let value = object.member("type") {
            let word = try word("type", at: value)
            patch.set(.sourceType) { $0.sourceType = word }
        }
        if let value = object.member("category") {
            let word = try word("category", at: value)
            patch.set(.sourceCategory) { $0.sourceCategory = word }
        }
        if let value = object.member("contractType") {
            let word = try word("contractType", at: value)
            patch.set(.sourceContractType) { $0.sourceContractType = word }
        }
        if let value = object.member("businessUnit") {
            let word = try word("businessUnit", at: value)
            patch.set(.businessUnit) { $0.businessUnit = word }
        }
        if let value = object.member("complexity") {
            let word = try word("complexity", at: value)
            patch.set(.estimatedComplexity) { $0.estimatedComplexity = word }
        }
        if let value = object.member("countryCode") {
            let country = try country("countryCode", at: value)
            patch.set(.countryCode) { $0.countryCode = country }
        }
    }

    private func readTexts(into patch: inout ServicePatch) throws(FieldFault) {
        if let value = object.member("name") {
            let texts = try languages("name", at: value)
            patch.set(.nameI18n) { $0.nameI18n = texts }
        }
        if let value = object.member("description") {
            let texts = try languages("description", at: value)
            patch.set(.descriptionI18n) { $0.descriptionI18n = texts }
        }
        if let value = object.member("shortDescription") {
            let texts = try languages("shortDescription", at: value)
            patch.set(.shortDescriptionI18n) { $0.shortDescriptionI18n = texts }
        }
    }

    private func readLists(into patch: inout ServicePatch) throws(FieldFault) {
        if let value = object.member("scopeIncluded") {
            let list = try texts("scopeIncluded", at: value)
            patch.set(.scopeIncluded) { $0.scopeIncluded = list }
        }
        if let value = object.member("scopeExcluded") {
            let list = try texts("scopeExcluded", at: value)
            patch.set(.scopeExcluded) { $0.scopeExcluded = list }
        }
        if let value = object.member("worksiteRequirements") {
            let list = try texts("worksiteRequirements", at: value)
            patch.set(.worksiteRequirements) { $0.worksiteRequirements = list }
        }
        if let value = object.member("productPrerequisites") {
            let list = try texts("productPrerequisites", at: value)
            patch.set(.productPrerequisites) { $0.productPrerequisites = list }
        }
    }

    private func readRest(into patch: inout ServicePatch) throws(FieldFault) {
        if let value = object.member("estimatedDuration") {
            let minutes = try minutes("estimatedDuration", at: value)
            patch.set(.estimatedDurationMinutes) { $0.estimatedDurationMinutes = minutes }
        }
        if let value = object.member("requiresTechnicalVisit") {
            let flag = try flag("requiresTechnicalVisit", at: value)
            patch.set(.requiresTechnicalVisit) { $0.requiresTechnicalVisit = flag }
        }
        if let value = object.member("effectiveFrom") {
            let moment = try moment("effectiveFrom", at: value)
            patch.set(.effectiveFrom) { $0.effectiveFrom = moment }
        }
        if let value = object.member("effectiveTo") {
            let moment = try moment("effectiveTo", at: value)
            patch.set(.effectiveTo) { $0.effectiveTo = moment }
        }
    }
}
