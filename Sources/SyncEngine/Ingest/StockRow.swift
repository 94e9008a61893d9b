import Probes

/// How much of an item lies in a warehouse, as an agent sends it. A quantity may be negative: ERPs book
/// before goods arrive.
struct StockRow: IngestRow {
    /// The whole part of `numeric(18, 4)`.
    private static let largestQuantity = 99_999_999_999_999.0

    /// The item's sku.
    var key: ExactText
    /// Decimal numbers.
    var quantity: String
    var reserved: String
    var contentHash: String
    var timestamp: Timestamp

    init(_ object: JSONCursor) throws(IngestFault) {
        key = ExactText(try IngestField.text(object.member("sku"), "sku", most: 100))
        guard let quantity = try Self.quantity(object.member("quantity"), "quantity") else {
            throw .invalid("quantity", "missing")
        }
        self.quantity = quantity
        reserved = try Self.quantity(object.member("reserved"), "reserved") ?? "0"
        contentHash = try IngestField.hash(object.member("contentHash"), "contentHash")
        timestamp = try IngestField.timestamp(object.member("timestamp"), "timestamp")
    }

    private static func quantity(
        _ value: JSONCursor?, _ field: String
    ) throws(IngestFault) -> String? {
        try IngestField.decimal(ifPresent: value, field, largest: largestQuantity)
    }
}
