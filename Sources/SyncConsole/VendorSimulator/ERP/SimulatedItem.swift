import FoundationEssentials
import Hashing

/// An item as the ERP has it, and as it is sent.
package struct SimulatedItem: Sendable, Encodable, Equatable {
    package let sku: String
    package var name: String
    package var description: String?
    package var barcode: String?
    /// The ERP's codes.
    package var unit: String
    package var vat: String
    package var family: String?
    package var subfamily: String?
    /// In hundredths of `currency`.
    package var priceCents: Int
    package var currency: String
    package var isActive: Bool
    /// When the ERP changed it: milliseconds since 1970, by the ERP's own clock.
    package var changedAt: Int64

    /// SHA-256 of all that a change could touch. The engine takes it as it is.
    package var contentHash: String {
        let fields = [
            sku, name, description ?? "", barcode ?? "", unit, vat, family ?? "", subfamily ?? "",
            String(priceCents), currency, String(isActive),
        ]
        return SHA256.hexadecimal(Array(fields.joined(separator: "\u{1F}").utf8))
    }

    private enum Keys: String, CodingKey {
        case sku, name, description, barcode, unit, vat, family, subfamily, unitPrice, currency
        case isActive, contentHash, timestamp
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        try fields.encode(sku, forKey: .sku)
        try fields.encode(name, forKey: .name)
        try fields.encodeIfPresent(description, forKey: .description)
        try fields.encodeIfPresent(barcode, forKey: .barcode)
        try fields.encode(unit, forKey: .unit)
        try fields.encode(vat, forKey: .vat)
        try fields.encodeIfPresent(family, forKey: .family)
        try fields.encodeIfPresent(subfamily, forKey: .subfamily)
        try fields.encode(Decimal(priceCents) / 100, forKey: .unitPrice)
        try fields.encode(currency, forKey: .currency)
        try fields.encode(isActive, forKey: .isActive)
        try fields.encode(contentHash, forKey: .contentHash)
        try fields.encode(WireTime.text(changedAt), forKey: .timestamp)
    }
}
