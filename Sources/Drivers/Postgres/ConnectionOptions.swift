import Glibc

/// The keywords that libpq is given: the connection string and what we ask for besides.
struct ConnectionOptions {
    private let options: [(keyword: String, value: String)]

    /// - Parameter parts: the settings that the connection string names itself.
    init(_ settings: PostgresSettings, parts: [String: String]) {
        var options = parts.map { (keyword: $0.key, value: $0.value) }
        options += [
            ("application_name", settings.applicationName),
            ("client_encoding", "UTF8"),
            ("keepalives", "1"),
            ("keepalives_idle", Self.seconds(settings.keepalives.idle)),
            ("keepalives_interval", Self.seconds(settings.keepalives.interval)),
            ("keepalives_count", String(settings.keepalives.count)),
        ]
        // The session's settings are ours or the connection string's, not the environment's. An
        // empty value would count as absent.
        if parts["options"] == nil && getenv("PGOPTIONS") != nil {
            options.append(("options", " "))
        }
        self.options = options
    }

    /// Lends the two arrays that libpq takes, each ended by a null.
    func withPointers<Result>(
        _ body: (
            UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>
        ) -> Result
    ) -> Result {
        let keywords = options.map { strdup($0.keyword) } + [nil]
        let values = options.map { strdup($0.value) } + [nil]
        defer { for string in keywords + values { free(string) } }
        return body(
            keywords.map { UnsafePointer($0) }, values.map { UnsafePointer($0) })
    }

    private static func seconds(_ duration: Duration) -> String {
        String(max(1, duration.components.seconds))
    }
}
