import Postgres

/// Looks at the bad rows of a run's file, piece by piece: a file may have millions.
package struct BadRowProbe: Sendable {
    /// A row that could not be taken.
    package struct Row: Sendable, Equatable {
        package var id: Int64
        /// The line of the file on which it begins; the header's is 1.
        package var line: Int64
        package var serviceCode: String?
        package var reason: String
        package var message: String
        /// As it stands in the file.
        package var raw: [UInt8]

        package var json: JSONValue {
            [
                "line": .integer(line), "reason": .string(reason), "message": .string(message),
                "service_code": .string(orNull: serviceCode),
                "raw": .string(ByteText.readable(raw)),
            ]
        }
    }

    /// So many may be a megabyte each.
    private static let pieceRows = 100

    /// What is masked.
    package var personalFields = PersonalFields.none
    private let connection: PostgresConnection
    private let runID: Int64
    private var last: Row?

    package init(_ connection: PostgresConnection, runID: Int64) {
        self.connection = connection
        self.runID = runID
    }

    /// The next rows in the order of their lines; empty at the end.
    ///
    /// - Throws: `PostgresError`.
    package mutating func next() async throws -> [Row] {
        let rows = try await connection.query(
            ProbeSQL.runErrors,
            [
                .int(runID), .int(last?.line ?? 0), .int(last?.id ?? 0), .int(Self.pieceRows),
            ]
        ).decoded(Row.init)
        last = rows.last ?? last
        return rows.map { $0.masked(personalFields) }
    }
}

extension BadRowProbe.Row {
    /// From a row of `run_errors.sql`.
    fileprivate init(_ columns: inout ColumnReader) throws {
        self.init(
            id: try columns.next(), line: try columns.next(), serviceCode: try columns.next(),
            reason: try columns.next(), message: try columns.next(), raw: try columns.next())
    }
}
