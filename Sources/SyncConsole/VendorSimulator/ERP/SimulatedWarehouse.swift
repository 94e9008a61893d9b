import FoundationEssentials
import Hashing

/// A warehouse as the ERP has it, and as it is sent.
package struct SimulatedWarehouse: Sendable, Encodable, Equatable {
    package let id: String
    package var name: String
    package var address: String
    /// Milliseconds since 1970.
    package var changedAt: Int64

    package var contentHash: String {
        SHA256.hexadecimal(Array([id, name, address].joined(separator: "\u{1F}").utf8))
    }

    private enum Keys: String, CodingKey {
        case erpWarehouseId, name, address, isActive, contentHash, timestamp
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        try fields.encode(id, forKey: .erpWarehouseId)
        try fields.encode(name, forKey: .name)
        try fields.encode(address, forKey: .address)
        try fields.encode(true, forKey: .isActive)
        try fields.encode(contentHash, forKey: .contentHash)
        try fields.encode(WireTime.text(changedAt), forKey: .timestamp)
    }
}

/// How much of an item lies in one warehouse, as it is sent.
package struct SimulatedStock: Sendable, Encodable, Equatable {
    package let sku: String
    package var quantity: Int
    package var reserved: Int
    /// Milliseconds since 1970.
    package var changedAt: Int64

    package var contentHash: String {
        SHA256.hexadecimal(Array("\(sku)\u{1F}\(quantity)\u{1F}\(reserved)".utf8))
    }

    private enum Keys: String, CodingKey {
        case sku, quantity, reserved, contentHash, timestamp
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Keys.self)
        try fields.encode(sku, forKey: .sku)
        try fields.encode(quantity, forKey: .quantity)
        try fields.encode(reserved, forKey: .reserved)
        try fields.encode(contentHash, forKey: .contentHash)
        try fields.encode(WireTime.text(changedAt), forKey: .timestamp)
    }
}
