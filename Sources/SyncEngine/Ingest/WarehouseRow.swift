import Probes

/// A warehouse of a vendor, as its agent sends it.
struct WarehouseRow: IngestRow {
    /// The ERP's id.
    var key: ExactText
    var name: String
    var address: String?
    var isActive: Bool
    var contentHash: String
    var timestamp: Timestamp

    init(_ object: JSONCursor) throws(IngestFault) {
        key = ExactText(
            try IngestField.text(object.member("erpWarehouseId"), "erpWarehouseId", most: 100))
        name = try IngestField.text(object.member("name"), "name", most: 500)
        contentHash = try IngestField.hash(object.member("contentHash"), "contentHash")
        timestamp = try IngestField.timestamp(object.member("timestamp"), "timestamp")
        address = try IngestField.text(
            ifPresent: object.member("address"), "address", most: 1_000, hasLines: true)
        isActive = try IngestField.flag(ifPresent: object.member("isActive"), "isActive") ?? true
    }
}
