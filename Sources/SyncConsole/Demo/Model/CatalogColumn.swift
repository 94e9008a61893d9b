/// A key of the event's `data` and the column that it fills.
struct CatalogColumn: Sendable {
    enum Form: Sendable {
        case text, languages, list, number, flag, time
    }

    let key: String
    let column: String
    /// What a file calls it; languages stand behind it: `name_es`.
    let fileColumn: String
    let form: Form

    init(key: String, column: String, inFile fileColumn: String? = nil, form: Form) {
        self.key = key
        self.column = column
        self.fileColumn = fileColumn ?? column
        self.form = form
    }

    static let all: [CatalogColumn] = [
        CatalogColumn(key: "countryCode", column: "country_code", form: .text),
        CatalogColumn(key: "businessUnit", column: "business_unit", form: .text),
        CatalogColumn(key: "type", column: "source_type", inFile: "type", form: .text),
        CatalogColumn(key: "category", column: "source_category", inFile: "category", form: .text),
        CatalogColumn(key: "name", column: "name_i18n", inFile: "name", form: .languages),
        CatalogColumn(
            key: "description", column: "description_i18n", inFile: "description", form: .languages),
        CatalogColumn(
            key: "shortDescription", column: "short_description_i18n", inFile: "short_description",
            form: .languages),
        CatalogColumn(key: "scopeIncluded", column: "scope_included", form: .list),
        CatalogColumn(key: "scopeExcluded", column: "scope_excluded", form: .list),
        CatalogColumn(key: "worksiteRequirements", column: "worksite_requirements", form: .list),
        CatalogColumn(key: "productPrerequisites", column: "product_prerequisites", form: .list),
        CatalogColumn(
            key: "contractType", column: "source_contract_type", inFile: "contract_type",
            form: .text),
        CatalogColumn(
            key: "estimatedDuration", column: "estimated_duration_minutes",
            inFile: "estimated_duration", form: .number),
        CatalogColumn(
            key: "complexity", column: "estimated_complexity", inFile: "complexity", form: .text),
        CatalogColumn(
            key: "requiresTechnicalVisit", column: "requires_technical_visit",
            inFile: "requires_tv", form: .flag),
        CatalogColumn(key: "effectiveFrom", column: "effective_from", form: .time),
        CatalogColumn(key: "effectiveTo", column: "effective_to", form: .time),
    ]

    /// The column's value when the source says nothing.
    var empty: JSONTree {
        switch form {
        case .text, .number, .time: .null
        case .languages: .object([])
        case .list: .array([])
        case .flag: .bool(false)
        }
    }

    /// The column's value for what the source sent; nil if that is not of the column's form.
    func value(of sent: JSONTree) -> JSONTree? {
        switch (form, sent) {
        case (_, .null): return empty
        case (.text, .string(let text)): return text.isEmpty ? .null : sent
        case (.number, .integer), (.flag, .bool): return sent
        case (.time, .string(let text)):
            return CalendarText.milliseconds(text).map { .integer($0 * 1_000) }
        case (.list, .array(let items)):
            return items.allSatisfy { $0.string != nil } ? sent : nil
        case (.languages, .object(let members)):
            guard members.allSatisfy({ $0.value.string != nil }) else { return nil }
            return JSONTree.object(members.filter { $0.value != "" }).sorted
        default: return nil
        }
    }
}
