import Postgres
import Probes

extension RevertRun {
    /// A value a service, from its rows.
    static func recorded(
        _ rows: PostgresRows
    ) throws(PostgresError) -> [RevertFold.Recorded] {
        var recorded: [RevertFold.Recorded] = []
        for row in rows {
            let code = try row.string(0)
            if recorded.last?.code != code {
                recorded.append(
                    RevertFold.Recorded(
                        code: code,
                        outcome: DriftOutcome(rawValue: try row.string(4)) ?? .corrected,
                        rowVersion: try row.int(ifPresent: 5),
                        reviewID: try row.int(ifPresent: 6)))
            }
            guard let field = try row.string(ifPresent: 1).flatMap(ServiceField.init),
                let before = try row.bytes(ifPresent: 2),
                let content = ServiceContent(field: field, storedJSON: before)
            else { continue }
            recorded[recorded.count - 1].before.set(field) { $0.take(field, from: content) }
        }
        return recorded
    }
}

extension ServiceContent {
    /// A content of which one field is known, as `sync_drift` keeps it.
    fileprivate init?(field: ServiceField, storedJSON value: [UInt8]) {
        let object = Array("{\"\(field.rawValue)\":".utf8) + value + [UInt8(ascii: "}")]
        self.init(storedJSON: object)
    }
}
