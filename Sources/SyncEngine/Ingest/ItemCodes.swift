/// An item's codes in our words.
struct ItemCodes: Sendable, Equatable {
    var unit: String
    var vat: String
    var family: String?
    var subfamily: String?

    /// Unit and VAT are required; an unknown family is no family.
    static func resolve(
        _ row: ItemRow, _ mappings: [ERPCode: CodeMapping]
    ) -> Result<ItemCodes, IngestFault> {
        let unit = ERPCode(.unit, row.unit)
        let vat = ERPCode(.vat, row.vat)
        guard let unitMapping = mappings[unit], let vatMapping = mappings[vat] else {
            let missing = [unit, vat].filter { mappings[$0] == nil }
            let first = missing.first ?? unit
            return .failure(
                IngestFault(
                    reason: "unmapped_\(first.type.rawValue): \(first.code.text)",
                    unmapped: missing))
        }
        func optional(_ type: MappingType, _ code: String?) -> String? {
            code.flatMap { mappings[ERPCode(type, $0)]?.restoCode }
        }
        return .success(
            ItemCodes(
                unit: unitMapping.restoCode, vat: vatMapping.restoCode,
                family: optional(.family, row.family),
                subfamily: optional(.subfamily, row.subfamily)))
    }

    /// Every code of the rows, once.
    static func codes(of rows: some Sequence<ItemRow>) -> Set<ERPCode> {
        var codes: Set<ERPCode> = []
        for row in rows {
            codes.insert(ERPCode(.unit, row.unit))
            codes.insert(ERPCode(.vat, row.vat))
            if let family = row.family { codes.insert(ERPCode(.family, family)) }
            if let subfamily = row.subfamily { codes.insert(ERPCode(.subfamily, subfamily)) }
        }
        return codes
    }
}
