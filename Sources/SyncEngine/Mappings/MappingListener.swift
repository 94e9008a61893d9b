import Postgres

/// Hears what other processes change, and tells the cache; while it hears nothing, the cache is not
/// trusted.
///
/// It listens to itself too: a notification of its own must come back, at first and then every 15 s.
/// So a connection through a pooler that swallows them, or one that is half dead, is found out.
actor MappingListener: EngineService {
    static let channel = "erp_code_mappings"

    private let cache: MappingCache
    private let session: PostgresSession
    private let rhythm: Duration
    private let patience: Duration
    private let wakeup = Wakeup()
    private var outage: OutageLog
    private var isStopping = false

    /// - Parameters:
    ///   - rhythm: between two looks at whether notifications still come through.
    ///   - patience: for one of our own to come back.
    init(
        cache: MappingCache, session: PostgresSession, log: EngineLog,
        rhythm: Duration = .seconds(15), patience: Duration = .seconds(10)
    ) {
        self.cache = cache
        self.session = session
        self.rhythm = rhythm
        self.patience = patience
        outage = OutageLog(log, part: "mappings", effect: "changes of mappings are not heard of")
    }

    func run() async {
        while !isStopping {
            do {
                try await session.withConnection(patience: patience) { connection in
                    try await listen(on: connection)
                }
            } catch {
                cache.trust(false)
                guard !isStopping else { break }
                outage.failed(error)
                await wakeup.wait(atMost: .seconds(1))
            }
        }
        cache.trust(false)
    }

    func stop() async {
        isStopping = true
        wakeup.wake()
        await session.close()
    }

    private func listen(on connection: PostgresConnection) async throws {
        try await connection.listen(Self.channel)
        let ourselves = try await connection.query("SELECT pg_backend_pid()").only().int(0)
        var isTrusted = false
        while !isStopping {
            try await connection.query("SELECT pg_notify($1, '')", [.text(Self.channel)])
            var hasComeBack = false
            let end = ContinuousClock.now + patience
            while !hasComeBack, .now < end {
                let heard = try await connection.notifications(timeout: end - .now)
                tell(heard)
                hasComeBack = heard.contains { $0.payload.isEmpty && $0.pid == ourselves }
            }
            guard hasComeBack else {
                throw PostgresError(
                    .connection, "notifications do not come through; is there a pooler between?")
            }
            if !isTrusted {
                cache.trust(true)
                outage.answered()
                isTrusted = true
            }
            let next = ContinuousClock.now + rhythm
            while .now < next, !isStopping {
                tell(try await connection.notifications(timeout: next - .now))
            }
        }
    }

    /// An empty name is somebody's own check.
    private func tell(_ heard: [PostgresNotification]) {
        for vendor in Set(heard.map(\.payload)) where !vendor.isEmpty { cache.forget(vendor) }
    }
}
