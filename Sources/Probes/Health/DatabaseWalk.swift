import Postgres

/// Settings, connect, authenticate, schema, privileges, clock.
struct DatabaseWalk {
    private static let names = [
        "settings", "resolve", "connect", "tls", "authenticate", "schema", "privileges", "clock",
    ]

    /// What the engine writes to.
    static let tables = [
        "consumer_offsets", "service_catalog", "service_catalog_event_log", "processed_events",
        "entity_stream", "pending_events", "dead_letter_queue", "outbox", "review_items",
        "engines", "circuit_breakers", "audit_log",
    ]

    /// Clocks further apart than this make ages wrong.
    private static let tolerableSkew: Duration = .seconds(2)

    let settings: PostgresSettings?
    let schemaVersion: Int
    let timeout: Duration

    func run() async -> [HealthStep] {
        var recorder = HealthRecorder(.database)
        if let settings {
            recorder.ok("settings", settings.redacted)
            if await reaches(settings, &recorder) { await walk(settings, &recorder) }
        } else {
            recorder.failed(
                "settings", "no database is configured: set DATABASE_URL or database.url")
        }
        recorder.skip(Self.names)
        return recorder.steps
    }

    /// Name and port; a socket in a folder needs neither.
    private func reaches(
        _ settings: PostgresSettings, _ recorder: inout HealthRecorder
    ) async -> Bool {
        let places = settings.networkPlaces
        guard !places.isEmpty else {
            recorder.ok("resolve", "a socket on this machine")
            return true
        }
        return await recorder.reach(places, timeout: timeout)
    }

    private func walk(_ settings: PostgresSettings, _ recorder: inout HealthRecorder) async {
        var patient = settings
        patient.connectTimeout = timeout
        let connection: PostgresConnection
        do throws(PostgresError) {
            connection = try await ReadOnlySession.connect(patient, statementTimeout: timeout)
        } catch {
            refused(error, settings, &recorder)
            return
        }
        do {
            let clock = try await connection.query(ProbeSQL.serverClock)
            let now = Timestamp.now
            var columns = ColumnReader(try clock.only())
            let serverNow: Timestamp = try columns.next()
            let version: String = try columns.next()
            let user: String = try columns.next()
            if settings.networkPlaces.isEmpty { recorder.ok("connect", "a socket on this machine") }
            recorder.ok("tls", try await Self.encryption(connection))
            recorder.ok("authenticate", "as \(user), PostgreSQL \(version)")
            try await schema(settings, connection, &recorder)
            if !recorder.hasFailed { try await privileges(user, connection, &recorder) }
            skew(serverNow.since(now), &recorder)
        } catch {
            recorder.failed("connect", "the connection was lost: \(error)")
        }
        await connection.close()
    }

    private func refused(
        _ error: PostgresError, _ settings: PostgresSettings, _ recorder: inout HealthRecorder
    ) {
        let isLocal = settings.networkPlaces.isEmpty
        func reached() {
            if isLocal { recorder.ok("connect", "a socket on this machine") }
            recorder.ok("tls", "no objection")
        }
        switch error.sqlstate {
        case let state? where state.hasPrefix("28"):
            reached()
            recorder.failed(
                "authenticate", "\(error): check user and password, and the server's pg_hba.conf")
        case "3D000":
            reached()
            recorder.failed("authenticate", "\(error): create the database, or name another")
        case "53300":
            reached()
            recorder.failed(
                "authenticate", "\(error): raise max_connections or close other clients")
        case nil where !isLocal:
            // Somebody listens, and does not come to speak of users: what stands between is TLS, or
            // no PostgreSQL at all.
            recorder.failed(
                "tls",
                "\(error): do sslmode and the certificates fit, and is it PostgreSQL that listens?")
        default:
            recorder.failed(
                "connect",
                "\(error): is the server running, and do host, port and firewall fit?")
        }
    }

    private static func encryption(_ connection: PostgresConnection) async throws -> String {
        guard let row = try await connection.query(ProbeSQL.serverEncryption).first else {
            return "not known"
        }
        var columns = ColumnReader(row)
        let isEncrypted: Bool = try columns.next()
        let version: String? = try columns.next()
        return isEncrypted ? version ?? "TLS" : "none: what is sent can be read on the way"
    }

    private func schema(
        _ settings: PostgresSettings, _ connection: PostgresConnection,
        _ recorder: inout HealthRecorder
    ) async throws {
        let reading: SchemaReading
        do throws(PostgresError) {
            reading = try await SchemaProbe(connection).take(known: schemaVersion)
        } catch {
            guard error.sqlstate == "42P01" else { throw error }
            recorder.failed(
                "schema", "there is none in \(settings.schema): run `syncconsole migrate`")
            return
        }
        let words = "\(settings.schema) is at \(reading.words)"
        if reading.isUsable {
            recorder.ok("schema", words)
        } else {
            recorder.failed("schema", words)
        }
    }

    private func privileges(
        _ user: String, _ connection: PostgresConnection, _ recorder: inout HealthRecorder
    ) async throws {
        let rows = try await connection.query(
            ProbeSQL.schemaState, [.textArray(Self.tables)])
        let unreadable = try rows.filter { try !$0.bool("can_read") }.map { try $0.string("name") }
        let unwritable = try rows.filter { try !$0.bool("can_write") }.map { try $0.string("name") }
        if !unreadable.isEmpty {
            recorder.failed(
                "privileges",
                "\(user) cannot read \(unreadable.joined(separator: ", ")): "
                    + "grant SELECT, or connect as the owner")
        } else if !unwritable.isEmpty {
            recorder.ok(
                "privileges",
                "\(user) may look but not write (\(unwritable.count) tables): "
                    + "enough for `watch`, not for `engine`")
        } else {
            recorder.ok("privileges", "\(user) may read and write")
        }
    }

    private func skew(_ skew: Duration, _ recorder: inout HealthRecorder) {
        let seconds = (skew / .milliseconds(100)).rounded() / 10
        let isTolerable = skew < Self.tolerableSkew && skew > .zero - Self.tolerableSkew
        if isTolerable {
            recorder.ok("clock", "within 2 s of this computer's")
        } else {
            recorder.failed(
                "clock",
                "the server's clock is \(seconds) s ahead of this computer's: "
                    + "set both by NTP, or ages will be wrong", stops: false)
        }
    }
}
