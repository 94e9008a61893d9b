import Postgres
import Probes

/// A mapping as it stands.
package struct StoredMapping: Sendable, Equatable {
    package var id: Int64
    package var vendor: String
    package var type: String
    package var erpCode: String
    package var restoCode: String
    package var restoLabel: String
    package var isActive: Bool
    package var createdAt: Timestamp
    package var updatedAt: Timestamp

    /// As the API answers it, with the seed's names.
    package var json: JSONValue {
        [
            "id": .integer(id), "vendorId": .string(vendor), "mappingType": .string(type),
            "erpCode": .string(erpCode), "restoCode": .string(restoCode),
            "restoLabel": .string(restoLabel), "isActive": .bool(isActive),
            "createdAt": .timestamp(createdAt), "updatedAt": .timestamp(updatedAt),
        ]
    }
}

extension StoredMapping {
    /// Whether a change would change anything.
    func differs(from change: Operations.MappingChange) -> Bool {
        !ExactText.equal(change.restoCode ?? restoCode, restoCode)
            || !ExactText.equal(change.restoLabel ?? restoLabel, restoLabel)
            || (change.isActive ?? isActive) != isActive
    }
}

/// Which mappings are wanted; what is nil is no matter.
struct MappingQuery: Sendable {
    var id: Int64?
    var vendor: String?
    var type: MappingType?
    var erpCode: String?
    var isActive: Bool?
    var limit = 1
    var offset = 0

    /// - Returns: the page, and how many there are on all pages.
    func run(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> (rows: [StoredMapping], total: Int64) {
        let filter: [PostgresValue] = [
            .int(ifPresent: id), .text(ifPresent: vendor), .text(ifPresent: type?.rawValue),
            .text(ifPresent: erpCode), .bool(ifPresent: isActive),
        ]
        let answers = try await connection.pipeline([
            PostgresStatement(
                EngineSQL.mappingList, filter + [.int(limit), .int(offset)]),
            PostgresStatement(EngineSQL.mappingCount, filter),
        ])
        var rows: [StoredMapping] = []
        for row in answers[0] {
            rows.append(
                StoredMapping(
                    id: try row.int(0), vendor: try row.string(1), type: try row.string(2),
                    erpCode: try row.string(3), restoCode: try row.string(4),
                    restoLabel: try row.string(5), isActive: try row.bool(6),
                    createdAt: Timestamp(microseconds: try row.timestamp(7)),
                    updatedAt: Timestamp(microseconds: try row.timestamp(8))))
        }
        return (rows, try answers[1].only().int(0))
    }
}
