import Probes

/// An item of a vendor's catalog, as its agent sends it.
struct ItemRow: IngestRow {
    /// The whole part of `numeric(16, 4)`.
    private static let largestPrice = 999_999_999_999.0

    var key: ExactText
    var name: String
    var description: String?
    var barcode: String?
    /// The ERP's codes.
    var unit: String
    var vat: String
    var family: String?
    var subfamily: String?
    /// A decimal number.
    var unitPrice: String?
    var currency: String?
    var isActive: Bool
    var contentHash: String
    var timestamp: Timestamp

    init(_ object: JSONCursor) throws(IngestFault) {
        let fields = Fields(object)
        key = ExactText(try IngestField.text(fields.sku, "sku", most: 100))
        name = try IngestField.text(fields.name, "name", most: 500)
        unit = try IngestField.text(fields.unit, "unit", most: 100)
        vat = try IngestField.text(fields.vat, "vat", most: 100)
        contentHash = try IngestField.hash(fields.contentHash, "contentHash")
        timestamp = try IngestField.timestamp(fields.timestamp, "timestamp")
        family = try IngestField.text(ifPresent: fields.family, "family", most: 100)
        subfamily = try IngestField.text(ifPresent: fields.subfamily, "subfamily", most: 100)
        description = try IngestField.text(
            ifPresent: fields.description, "description", most: 10_000, hasLines: true)
        barcode = try IngestField.text(ifPresent: fields.barcode, "barcode", most: 100)
        unitPrice = try IngestField.decimal(
            ifPresent: fields.unitPrice, "unitPrice", largest: Self.largestPrice)
        currency = try IngestField.text(ifPresent: fields.currency, "currency", most: 3)
        if let currency, !Self.isCurrency(currency) {
            throw .invalid("currency", "not three capital letters")
        }
        isActive = try IngestField.flag(ifPresent: fields.isActive, "isActive") ?? true
    }

    /// ISO 4217's form.
    private static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }

    /// The members that are read, found in one pass; of duplicates the last.
    private struct Fields {
        var sku, name, description, barcode, unit, vat, family, subfamily: JSONCursor?
        var unitPrice, currency, isActive, contentHash, timestamp: JSONCursor?

        init(_ object: JSONCursor) {
            for (key, value) in object.pairs {
                switch key.string {
                case "sku": sku = value
                case "name": name = value
                case "unit": unit = value
                case "vat": vat = value
                case "contentHash": contentHash = value
                case "timestamp": timestamp = value
                case "family": family = value
                case "subfamily": subfamily = value
                case "description": description = value
                case "barcode": barcode = value
                case "unitPrice": unitPrice = value
                case "currency": currency = value
                case "isActive": isActive = value
                default: break
                }
            }
        }
    }
}
