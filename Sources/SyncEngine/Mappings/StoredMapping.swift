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

/// Which mappings are wanted, and which page of them.
package struct MappingQuery: Sendable {
    package static let largestPage = 500

    package var vendor: String?
    package var type: MappingType?
    package var isActive: Bool?
    /// From 1.
    package var page = 1
    /// 1 to `largestPage`.
    package var limit = 100

    package init() {}

    /// - Returns: the page, and how many there are on all pages.
    func run(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> (rows: [StoredMapping], total: Int64) {
        let filter: [PostgresValue] = [
            .text(ifPresent: vendor), .text(ifPresent: type?.rawValue), .bool(ifPresent: isActive),
        ]
        let answers = try await connection.pipeline([
            PostgresStatement(
                EngineSQL.mappingList, filter + [.int(limit), .int((page - 1) * limit)]),
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
