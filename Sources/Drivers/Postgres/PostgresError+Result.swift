import CPostgres

extension PostgresError {
    /// Reads the error that a statement ended with.
    init(_ result: ResultHandle, statementIndex: Int?) {
        let sqlstate = result.field(DIAGNOSTIC_SQLSTATE)
        if let sqlstate {
            self.init(
                .server, result.field(DIAGNOSTIC_MESSAGE) ?? "unknown error",
                sqlstate: sqlstate)
        } else {
            self.init(.connection, Self.firstLine(of: result.errorMessage))
        }
        detail = result.field(DIAGNOSTIC_DETAIL)
        constraint = result.field(DIAGNOSTIC_CONSTRAINT)
        table = result.field(DIAGNOSTIC_TABLE)
        column = result.field(DIAGNOSTIC_COLUMN)
        self.statementIndex = statementIndex
    }

    /// Reads why there is no connection.
    ///
    /// libpq hands out no SQLSTATE here; with verbose errors it stands in the text, as in
    /// `FATAL:  53300: sorry, too many clients already`.
    init(failedConnection connection: OpaquePointer) {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        if let (sqlstate, message) = Self.verboseError(in: text) {
            self.init(.connection, message, sqlstate: sqlstate)
        } else if PQconnectionNeedsPassword(connection) == 1 {
            self.init(.connection, "the server asks for a password", sqlstate: "28P01")
        } else {
            self.init(.connection, Self.firstLine(of: text))
        }
    }

    /// The connection broke: libpq's first line says how.
    init(lostConnection connection: OpaquePointer) {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        self.init(.connection, Self.firstLine(of: text))
    }

    /// The last `SEVERITY:  SQLSTATE: message` of a verbose text.
    static func verboseError(in text: String) -> (sqlstate: String, message: String)? {
        for line in text.split(separator: "\n").reversed() {
            let parts = line.split(separator: ": ", omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated().dropLast() where index > 0 {
                // Two spaces follow the severity; one belongs to the separator.
                let code = part.dropFirst()
                guard part.first == " ", code.utf8.count == 5,
                    code.utf8.allSatisfy(Self.isSQLSTATECharacter)
                else { continue }
                return (String(code), parts[(index + 1)...].joined(separator: ": "))
            }
        }
        return nil
    }

    private static func isSQLSTATECharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
    }

    private static func firstLine(of text: String) -> String {
        text.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
    }
}
