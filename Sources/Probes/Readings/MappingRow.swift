/// A vendor's code in our words, or one that has none yet.
package struct MappingRow: Sendable, Equatable, Identifiable {
    /// Of the mapping; nil for a code that has none.
    package var mappingID: Int64?
    package var vendor: String
    package var type: CodeType
    package var erpCode: String
    package var ourCode: String?
    package var label: String?
    package var state: MappingState
    /// Of an unmapped code: how many rows were refused, or kept without a word of ours, for it.
    package var seen: Int64?
    package var createdAt: Timestamp
    /// Of a mapping its last change, of an unmapped code when it was seen last.
    package var updatedAt: Timestamp

    package init(
        mappingID: Int64?, vendor: String, type: CodeType, erpCode: String, ourCode: String?,
        label: String?, state: MappingState, seen: Int64? = nil, createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.mappingID = mappingID
        self.vendor = vendor
        self.type = type
        self.erpCode = erpCode
        self.ourCode = ourCode
        self.label = label
        self.state = state
        self.seen = seen
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The same before and after a code gets its mapping.
    package var id: String { "\(vendor) \(type.rawValue) \(erpCode)" }
}

/// Unit and VAT are required for an item, the families are not.
package enum CodeType: String, Sendable, CaseIterable, Codable {
    case unit, vat, family, subfamily

    package var isRequired: Bool { self == .unit || self == .vat }
}

package enum MappingState: String, Sendable, CaseIterable, Codable {
    /// Somebody has to say what it means.
    case unmapped
    case active
    /// Kept, and not applied.
    case inactive
}

extension MappingRow {
    /// As `mappings list --json` prints it: the documented keys first.
    package var json: JSONValue {
        .object([
            .init("id", .integer(orNull: mappingID)),
            .init("vendor", .string(vendor)),
            .init("type", .string(type.rawValue)),
            .init("erp_code", .string(erpCode)),
            .init("our_code", .string(orNull: ourCode)),
            .init("label", .string(orNull: label)),
            .init("state", .string(state.rawValue)),
            .init("seen", .integer(orNull: seen)),
            .init("created_at", .timestamp(createdAt)),
            .init("updated_at", .timestamp(updatedAt)),
        ])
    }
}

extension MappingRow: Filterable {
    /// Over `mapping_list.sql`: `m` is the mapping, or the code without one.
    package static let filterFields: [FilterField<MappingRow>] = [
        .choice("state", "status", of: MappingState.self, sql: "m.state") { $0.state },
        .key("vendor", sql: "m.vendor_id") { $0.vendor },
        .choice("type", of: CodeType.self, sql: "m.mapping_type", casing: .lower) { $0.type },
        .code("erp_code", "code", sql: "m.erp_code") { $0.erpCode },
        .code("our_code", "resto_code", sql: "m.resto_code") { $0.ourCode },
        .prose("label", sql: "m.resto_label") { $0.label },
        .number("id", sql: "m.id") { $0.mappingID },
        .number("seen", sql: "m.seen") { $0.seen },
        .age("age", sql: "m.updated_at") { $0.updatedAt },
        .time("created_at", sql: "m.created_at") { $0.createdAt },
        .time("updated_at", sql: "m.updated_at") { $0.updatedAt },
    ]
}
