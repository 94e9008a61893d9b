import Postgres
import Probes

/// What a person may do about the words for vendors' codes. Every engine hears of it at once, by the
/// table's own triggers.
extension Operations {
    /// Changes of a mapping; what is nil stays.
    package struct MappingChange: Sendable {
        package var restoCode: String?
        package var restoLabel: String?
        package var isActive: Bool?

        package init(restoCode: String?, restoLabel: String?, isActive: Bool?) {
            self.restoCode = restoCode
            self.restoLabel = restoLabel
            self.isActive = isActive
        }
    }

    /// Adds a mapping, or switches one on again that was switched off. One that holds is not
    /// overwritten: that is an update.
    package func addMapping(
        _ draft: MappingDraft, of vendor: String, reason: String? = nil
    ) async throws -> OperationReport {
        try await each(
            [(Self.words(draft.code, of: vendor), draft)], action: "mapping.add", type: "mapping",
            reason: reason
        ) { connection, draft, _ in
            let code: [PostgresValue] = [
                .text(vendor), .text(draft.code.type.rawValue), .text(draft.code.code.text),
            ]
            let words: [PostgresValue] = [
                .text(draft.mapping.restoCode), .text(draft.mapping.restoLabel),
            ]
            let rows = try await connection.query(EngineSQL.mappingInsert, code + words)
            guard let row = rows.first else {
                let standing = try await connection.query(EngineSQL.mappingFind, code).only()
                let id = try standing.int(0)
                return .refused(
                    "it is mapped to \(try standing.string(1)) already: update \(id)",
                    entityID: String(id))
            }
            let id = try row.int(0)
            return Verdict(
                result: .done, message: "\(draft.mapping.restoCode), mapping \(id)",
                entityID: String(id), details: Self.details(nil, draft.mapping))
        }
    }

    /// Changes what codes are called here, or switches mappings off and on.
    package func updateMappings(
        _ ids: [Int64], _ change: MappingChange, reason: String? = nil
    ) async throws -> OperationReport {
        try await each(
            ids.map { (String($0), $0) }, action: "mapping.update", type: "mapping", reason: reason
        ) { connection, id, _ in
            guard let row = try await connection.query(EngineSQL.mappingLock, [.int(id)]).first
            else { return .refused("there is no mapping \(id)") }
            let before = CodeMapping(
                restoCode: try row.string(3), restoLabel: try row.string(4))
            let wasActive = try row.bool(5)
            let after: CodeMapping
            do throws(MappingDraft.Fault) {
                after = try MappingDraft.mapping(
                    restoCode: change.restoCode ?? before.restoCode,
                    restoLabel: change.restoLabel ?? before.restoLabel)
            } catch { return .refused(error.message) }
            let isActive = change.isActive ?? wasActive
            guard before != after || wasActive != isActive else {
                return .refused("it is so already", entityID: String(id))
            }
            try await connection.query(
                EngineSQL.mappingUpdate,
                [.int(id), .text(after.restoCode), .text(after.restoLabel), .bool(isActive)])
            let code = "\(try row.string(0)) \(try row.string(1)) \(try row.string(2))"
            return Verdict(
                result: .done,
                message: isActive ? "\(code): \(after.restoCode)" : "\(code) is mapped no more",
                entityID: String(id), details: Self.details(before, after, isActive: isActive))
        }
    }

    /// Switches mappings off; items with their codes are refused from then on, or lose their family.
    package func removeMappings(
        _ ids: [Int64], reason: String? = nil
    ) async throws -> OperationReport {
        try await updateMappings(
            ids, MappingChange(restoCode: nil, restoLabel: nil, isActive: false), reason: reason)
    }

    /// Adds mappings, or changes those that stand otherwise; what is not named stays as it is.
    ///
    /// - Parameter drafts: each code once.
    package func seedMappings(
        _ drafts: [MappingDraft], of vendor: String, reason: String? = nil
    ) async throws -> OperationReport {
        try await each(
            [(vendor, drafts)], action: "mapping.seed", type: "mapping", reason: reason
        ) { connection, drafts, _ in
            let row = try await connection.query(
                EngineSQL.mappingSeed,
                [
                    .text(vendor), .textArray(drafts.map(\.code.type.rawValue)),
                    .textArray(drafts.map(\.code.code.text)),
                    .textArray(drafts.map(\.mapping.restoCode)),
                    .textArray(drafts.map(\.mapping.restoLabel)),
                ]
            ).only()
            let (added, changed) = (try row.int(0), try row.int(1))
            return Verdict(
                result: .done,
                message: "\(added) added, \(changed) changed, "
                    + "\(Int64(drafts.count) - added - changed) as they were",
                entityID: vendor,
                details: [
                    "added": .integer(added), "changed": .integer(changed),
                    "named": .integer(Int64(drafts.count)),
                ])
        }
    }

    private static func words(_ code: ERPCode, of vendor: String) -> String {
        "\(vendor) \(code.type.rawValue) \(code.code.text)"
    }

    private static func details(
        _ before: CodeMapping?, _ after: CodeMapping, isActive: Bool = true
    ) -> JSONValue {
        func json(_ mapping: CodeMapping) -> JSONValue {
            ["resto_code": .string(mapping.restoCode), "resto_label": .string(mapping.restoLabel)]
        }
        return [
            "before": before.map(json) ?? .null, "after": json(after),
            "is_active": .bool(isActive),
        ]
    }
}
