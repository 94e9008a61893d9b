/// What a connection needs to know: where to, as whom, and how long to be patient.
package struct PostgresSettings: Sendable {
    /// Probes of an idle TCP connection; a Unix socket needs none.
    package struct Keepalives: Sendable, Equatable {
        package var idle: Duration
        package var interval: Duration
        package var count: Int

        package init(
            idle: Duration = .seconds(15), interval: Duration = .seconds(5), count: Int = 3
        ) {
            self.idle = idle
            self.interval = interval
            self.count = count
        }
    }

    /// For calls that may take as long as they like.
    package static let noDeadline: Duration = .seconds(365 * 86_400)

    /// A URI or libpq's `key=value` form. Secret: it may hold a password.
    package var url: String
    package var applicationName: String
    /// The whole search path of the session.
    package var schema: String
    /// Zero means none, for each of the three that the server watches.
    package var statementTimeout: Duration
    package var lockTimeout: Duration
    package var idleInTransactionTimeout: Duration
    package var connectTimeout: Duration
    /// How long a call waits for a server that says nothing, before it closes the connection.
    /// Calls can name their own. It must be longer than the statement timeout.
    package var callDeadline: Duration
    package var keepalives: Keepalives

    package init(
        url: String, applicationName: String = "syncconsole", schema: String = "public",
        statementTimeout: Duration = .seconds(30), lockTimeout: Duration = .seconds(10),
        idleInTransactionTimeout: Duration = .seconds(30), connectTimeout: Duration = .seconds(5),
        callDeadline: Duration = .seconds(40), keepalives: Keepalives = Keepalives()
    ) {
        self.url = url
        self.applicationName = applicationName
        self.schema = schema
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.idleInTransactionTimeout = idleInTransactionTimeout
        self.connectTimeout = connectTimeout
        self.callDeadline = callDeadline
        self.keepalives = keepalives
    }

    /// Host, port, database and user: what may be shown and logged.
    package var redacted: String {
        guard let parts = ConnectionString.parse(url) else { return "unreadable connection string" }
        let user = parts["user"].map { "\($0)@" } ?? ""
        return user + Self.place(parts)
    }

    /// Which database it is, whoever connects: `host:port/name schema`.
    package var place: String {
        guard let parts = ConnectionString.parse(url) else { return "unreadable connection string" }
        return "\(Self.place(parts)) \(schema)"
    }

    /// The hosts and ports that are connected to over the network, in libpq's order; empty for a
    /// socket on this machine.
    package var networkPlaces: [(host: String, port: String)] {
        guard let parts = ConnectionString.parse(url) else { return [] }
        let hosts = (parts["hostaddr"] ?? parts["host"] ?? "").split(
            separator: ",", omittingEmptySubsequences: false)
        let ports = (parts["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        return hosts.enumerated().compactMap { index, host in
            guard !host.isEmpty, !host.hasPrefix("/"), !host.hasPrefix("@") else { return nil }
            let port = index < ports.count ? ports[index] : ports.last ?? ""
            return (String(host), port.isEmpty ? "5432" : String(port))
        }
    }

    private static func place(_ parts: [String: String]) -> String {
        let host = parts["host"] ?? parts["hostaddr"] ?? "local socket"
        let port = parts["port"].map { ":\($0)" } ?? ""
        let database = parts["dbname"].map { "/\($0)" } ?? ""
        return host + port + database
    }
}

/// The URL is secret, so every way of printing the settings prints the redacted form.
extension PostgresSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    package var description: String { redacted }
    package var debugDescription: String { redacted }
    package var customMirror: Mirror { Mirror(self, children: ["server": redacted]) }
}
