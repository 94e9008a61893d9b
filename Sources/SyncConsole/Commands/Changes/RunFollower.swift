import Probes
import SyncEngine

/// Follows one run until it rests. Where no engine is alive, it is carried out in this process.
struct RunFollower {
    private static let pause: Duration = .milliseconds(300)
    /// Engines may be away for so long: one that is being restarted takes the run up again.
    private static let patience: Duration = .seconds(30)

    let configuration: Configuration
    let watch: RunWatch
    let id: Int64

    /// The run once it has ended or asks for a decision.
    ///
    /// - Throws: `CommandError`, failed, after a signal that ended the carrying out: the run is left
    ///   to the next engine.
    func follow() async throws -> RunRow {
        var local: LocalRun?
        do {
            let row = try await DatabaseAccess.translate(try configuration.postgresSettings) {
                try await look(&local)
            }
            await local?.end()
            return row
        } catch {
            await local?.end()
            throw error
        }
    }

    private func look(_ local: inout LocalRun?) async throws -> RunRow {
        var words = RunProgressWords(id: id)
        var sawEngine: ContinuousClock.Instant?
        while true {
            let (row, hasEngine) = try await watch.look()
            for line in words.lines(for: row, at: .now) { StandardError.say(line) }
            guard row.state == .waiting || row.state == .running else { return row }
            if hasEngine { sawEngine = .now }
            if let local {
                if let error = local.failure { throw error }
                if local.isInterrupted { throw await left(row, local) }
            } else if row.kind == ReconciliationKind.catalogFile.rawValue, !hasEngine,
                sawEngine.map({ .now - $0 > Self.patience }) ?? true
            {
                StandardError.say("no engine is alive: run \(id) is carried out in this process")
                local = try await LocalRun(configuration, id: id)
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func left(_ row: RunRow, _ local: LocalRun) async -> CommandError {
        await local.end()
        return CommandError(
            .failed,
            "run \(id) has not ended: the next engine goes on with it, or 'syncconsole runs cancel"
                + " \(id) --reason TEXT' ends it")
    }
}
