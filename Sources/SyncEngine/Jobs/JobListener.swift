import Postgres

/// Wakes the worker when somebody makes a job.
///
/// Flows in: `NOTIFY sync_jobs`. Flows out: wake-ups. A lost connection costs a wake-up, not a job: the
/// worker looks by itself too.
actor JobListener: EngineService {
    private static let channel = "sync_jobs"

    private let session: PostgresSession
    private let log: EngineLog
    private let wake: @Sendable () -> Void
    private var isStopping = false
    private var listening: Task<Void, any Error>?

    init(_ settings: PostgresSettings, log: EngineLog, wake: @escaping @Sendable () -> Void) {
        session = PostgresSession(
            settings,
            setUp: { connection in
                try await connection.listen(Self.channel)
            })
        self.log = log
        self.wake = wake
    }

    func run() async {
        var outage = OutageLog(log, part: "jobs", effect: "nobody wakes the worker")
        while !isStopping {
            let (session, wake) = (session, wake)
            let listening = Task {
                try await session.withConnection { connection in
                    let arrived = try await connection.notifications(timeout: .seconds(30))
                    if !arrived.isEmpty { wake() }
                }
            }
            self.listening = listening
            do {
                try await listening.value
                outage.answered()
            } catch {
                guard !isStopping else { break }
                outage.failed(error)
                try? await Task.sleep(for: .seconds(1))
            }
        }
        await session.close()
    }

    func stop() {
        isStopping = true
        listening?.cancel()
    }
}
