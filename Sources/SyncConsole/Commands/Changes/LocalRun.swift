import Glibc
import SyncEngine
import Synchronization

/// One run that is carried out in this process, until it rests or a signal comes.
///
/// The first signal hands it over at its next chunk, a second one ends the process at once; either
/// way it can be taken up.
final class LocalRun {
    private let carrier: RunCarrier
    private let carrying: Task<Void, any Error>
    private let watcher: Task<Void, Never>
    private let signals: TerminationSignals
    private let state: State

    private final class State: Sendable {
        let isInterrupted = Atomic<Bool>(false)
        let failure = Mutex<(any Error)?>(nil)
    }

    /// - Throws: `CommandError` for a schema or settings that this build cannot work with.
    init(_ configuration: Configuration, id: Int64) async throws {
        let log = EngineLog { level, _, message in
            if level >= .warning { StandardError.say(message) }
        }
        _ = try await SchemaGate(configuration, migratesEmpty: false, log: log).pass()
        var database = try configuration.postgresSettings
        database.applicationName = "syncconsole reconcile"
        let carrier = RunCarrier(
            run: id, database: database, apply: try configuration.applyContext,
            settings: configuration.reconciliationSettings,
            identity: configuration.identity(
                role: "reconcile", host: HostName.current(),
                operatorName: LoginAccount.current().name),
            log: log)
        let (state, signals) = (State(), TerminationSignals())
        self.carrier = carrier
        self.state = state
        self.signals = signals
        carrying = Task {
            do { try await carrier.run() } catch {
                state.failure.withLock { $0 = error }
                throw error
            }
        }
        let stream = signals.stream
        watcher = Task {
            for await _ in stream {
                guard !state.isInterrupted.exchange(true, ordering: .acquiringAndReleasing) else {
                    _exit(CommandError.Kind.failed.rawValue)
                }
                StandardError.say("run \(id) stops at its next chunk; again ends it at once")
                carrier.stop()
            }
        }
    }

    /// Whether somebody wants it to stop.
    var isInterrupted: Bool { state.isInterrupted.load(ordering: .acquiring) }

    /// Why it cannot be carried out; nil as long as it can.
    var failure: (any Error)? { state.failure.withLock { $0 } }

    /// Stops, and returns once the run is left as it shall be found.
    func end() async {
        carrier.stop()
        _ = try? await carrying.value
        watcher.cancel()
    }
}
