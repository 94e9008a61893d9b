import Probes
import SyncEngine
import Synchronization

/// One engine of this process, from the look at the schema to the end of its draining.
final class EngineRunner: Sendable {
    private let gate: SchemaGate
    private let engine: SyncEngine
    private let log: EngineLog
    /// The newest lines of the log.
    let ring = LogRing()
    private let isStopping = Atomic<Bool>(false)

    /// - Throws: `CommandError`, usage, where a server is not configured.
    init(
        _ configuration: Configuration, role: String, operatorName: String?, log: EngineLog
    ) throws(CommandError) {
        let log = log.remembering(in: ring)
        self.log = log
        gate = SchemaGate(configuration, migratesEmpty: true, log: log)
        engine = SyncEngine(
            try configuration.engineSettings(
                role: role, host: HostName.current(), operatorName: operatorName, logRing: ring),
            log: log)
    }

    /// Whether the engine does anything at all; a server that is away does not count.
    var isAlive: Bool { engine.isAlive }

    /// Runs until `stop`; servers that are away are waited for.
    ///
    /// - Parameter whenReady: called once the schema has been found good.
    /// - Throws: `CommandError` for a schema or settings that this build cannot work with.
    func run(whenReady: @Sendable () -> Void = {}) async throws {
        do {
            try await engine.run {
                guard try await self.gate.pass() else { return false }
                whenReady()
                return true
            }
        } catch let error as CommandError {
            throw error
        } catch {
            if isStopping.load(ordering: .acquiring) { return }
            log.write(.error, "engine", "\(error)")
            throw CommandError(.failed, "the engine cannot start: \(error)")
        }
    }

    /// Finishes the batch in hand and hands the partitions over; `run` then returns.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        gate.stop()
        engine.stop()
    }
}
