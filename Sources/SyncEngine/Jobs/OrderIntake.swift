import Postgres
import Probes

/// Takes orders in: the order, its service order, and the jobs that carry it to the vendor, in one
/// transaction; once, however often it comes.
package struct OrderIntake: Sendable {
    package enum Answer: Sendable, Equatable {
        case taken(Receipt)
        /// It came before, with the same content.
        case known(Receipt)
        /// It came before, with another content.
        case differs
        case unknownVendor
    }

    /// The same for an order however often it comes.
    package struct Receipt: Sendable, Equatable {
        package var number: String
        package var vendor: String
        package var jobs: [Job]

        package struct Job: Sendable, Equatable {
            package var id: Int64
            package var kind: String
        }

        package var json: JSONValue {
            [
                "orderId": .string(number), "vendorId": .string(vendor),
                "jobs": .array(
                    jobs.map { ["jobId": .integer($0.id), "kind": .string($0.kind)] }),
            ]
        }
    }

    package enum Origin: String, Sendable {
        case api, topic
    }

    let settings: ERPSettings

    package init(settings: ERPSettings) {
        self.settings = settings
    }

    /// Takes one order, in a transaction of its own. Throws `PostgresError`.
    package func take(
        _ order: ERPOrder, origin: Origin, on connection: PostgresConnection
    ) async throws -> Answer {
        try await connection.transaction { connection in
            try await take([order], origin: origin, connection)[0]
        }
    }

    /// Takes orders within the caller's transaction: so many statements, however many orders.
    ///
    /// - Parameter orders: each number once.
    /// - Returns: an answer for each, in their order.
    func take(
        _ orders: [ERPOrder], origin: Origin, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [Answer] {
        let possible = orders.filter { settings[vendor: $0.vendor] != nil }
        guard !possible.isEmpty else { return orders.map { _ in .unknownVendor } }
        let taken = try await connection.query(
            EngineSQL.orderInsert, Self.columns(possible, origin))
        var ids: [String: Int64] = [:]
        for row in taken { ids[try row.string(1)] = try row.int(0) }
        let new = possible.filter { ids[$0.number] != nil }
        if !new.isEmpty {
            let isAdopted = try await connection.query(EngineSQL.orderServiceAdopted)
                .only().bool(0)
            try await connection.pipeline([
                PostgresStatement(
                    isAdopted ? EngineSQL.orderServiceLink : EngineSQL.orderServiceMake,
                    [.int64Array(new.map { ids[$0.number] })]),
                makeJobs(new, ids),
            ])
        }
        let known = try await known(possible.map(\.number), connection)
        return orders.map { order in
            guard settings[vendor: order.vendor] != nil else { return .unknownVendor }
            guard let (receipt, hash) = known[order.number] else { return .differs }
            if ids[order.number] != nil { return .taken(receipt) }
            return hash == order.payloadHash ? .known(receipt) : .differs
        }
    }

    private static func columns(_ orders: [ERPOrder], _ origin: Origin) -> [PostgresValue] {
        [
            .textArray(orders.map(\.number)), .textArray(orders.map(\.vendor)),
            .textArray(orders.map(\.serviceCode)), .jsonbArray(orders.map(\.payload)),
            .byteaArray(orders.map(\.payloadHash)), .text(origin.rawValue),
            .textArray(orders.map(\.eventID)), .textArray(orders.map(\.correlationID)),
        ]
    }

    private func makeJobs(_ orders: [ERPOrder], _ ids: [String: Int64]) -> PostgresStatement {
        let jobs = orders.flatMap { order in order.kinds.map { (order: order, kind: $0) } }
        return PostgresStatement(
            EngineSQL.jobInsert,
            [
                .int64Array(jobs.map { ids[$0.order.number] }),
                .textArray(jobs.map(\.order.vendor)), .textArray(jobs.map(\.kind.rawValue)),
                .textArray(jobs.map(\.order.number)), .jsonbArray(jobs.map(\.order.payload)),
                .int(settings.jobs.maxAttempts), .textArray(jobs.map(\.order.correlationID)),
                .double(ifPresent: settings.jobs.expiry.map { $0 / .seconds(1) }),
                .int64Array(jobs.map { _ in nil }), .textArray(jobs.map { _ in nil }),
            ])
    }

    private func known(
        _ numbers: [String], _ connection: PostgresConnection
    ) async throws(PostgresError) -> [String: (Receipt, [UInt8])] {
        var known: [String: (Receipt, [UInt8])] = [:]
        for row in try await connection.query(EngineSQL.orderKnown, [.textArray(numbers)]) {
            let jobs = zip(try row.ints(4), try row.strings(5)).map { id, kind in
                Receipt.Job(id: id, kind: kind)
            }
            let number = try row.string(1)
            known[number] = (
                Receipt(number: number, vendor: try row.string(2), jobs: jobs), try row.bytes(3)
            )
        }
        return known
    }
}
