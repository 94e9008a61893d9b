import ObjectStores
import Postgres
import Probes

/// What a run does, from its file to its end.
extension ReconciliationWorker {
    func reconcile(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord, _ board: RunProgressBoard
    ) async throws {
        let found = try await stores.find(run, source)
        guard let found else {
            try await awaitFile(run, source, record)
            return
        }
        let asOf =
            run.asOf
            ?? FileMoment.asOf(
                name: found.version.name,
                objectTime: Timestamp(microseconds: found.version.updatedAt), source: source,
                now: run.now)
        try await control.withConnection { connection in
            try await record.begin(
                source, asOf: asOf, name: found.version.name, version: found.version.generation,
                sizeBytes: found.version.sizeBytes,
                objectTime: Timestamp(microseconds: found.version.updatedAt), connection)
        }
        desk.say(.notice, run.id, "reads \(found.version.location)")
        board.begin(.fetching, bytesTotal: found.version.sizeBytes)
        let file = try await stores.fetch(found, workFolder: settings.workFolder, board: board)
        var begun = run
        begun.objectName = found.version.name
        let outcome = try await FileRun(
            run: begun, source: source, engineID: engineID, settings: settings, apply: apply,
            session: work, board: board, compare: compare, log: log.about(.run(run.id))
        ).carryOut(file, asOf: asOf)
        try await control.withConnection { connection in
            let isOurs = try await record.close(
                outcome.state, findings: outcome.findings, figures: outcome.figures,
                counts: outcome.counts,
                badRows: outcome.badRows, connection)
            self.desk.say(
                isOurs ? .notice : .warning, run.id,
                isOurs ? "ended: \(outcome.state.rawValue)" : "was taken away")
        }
    }

    func revert(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord, _ board: RunProgressBoard
    ) async throws {
        board.begin(.reverting)
        try await control.withConnection { connection in
            try await record.begin(
                source, asOf: run.asOf ?? run.now, name: "", version: "", sizeBytes: 0,
                objectTime: run.now, connection)
        }
        let counts = try await RevertRun(
            record: record, source: source, apply: apply, session: work, board: board,
            log: log.about(.run(run.id))
        ).carryOut()
        try await control.withConnection { connection in
            _ = try await record.close(.success, counts: counts, badRows: 0, connection)
        }
        desk.say(.notice, run.id, "has reverted run \(run.revertsRun ?? 0)")
    }

    func awaitFile(
        _ run: ClaimedRun, _ source: FileSource, _ record: RunRecord
    ) async throws {
        let wanted = FileLookup.wanted(run, source)
        let deadline = Self.deadline(run, source)
        if let path = run.wantedPath {
            throw RunEnd.failed(
                "there is no file \(path) on this engine's machine; a file that is named with its "
                    + "path is not waited for")
        }
        if let after = run.followedObject {
            throw RunEnd.failed(
                "there is no file before \(after) in \(source.location): "
                    + "run \(run.followsRun ?? 0) waits for a decision again")
        }
        guard run.now < deadline else {
            throw RunEnd.failed("\(wanted) did not come to \(source.location) in time")
        }
        try await control.withConnection { connection in
            try await record.wait(
                for: wanted, until: deadline, again: settings.lookAgain, connection)
        }
    }

    /// Until when a run waits for its file, or for the bucket that has it.
    static func deadline(_ run: ClaimedRun, _ source: FileSource?) -> Timestamp {
        run.waitUntil ?? run.now.advanced(by: source?.patience ?? .zero)
    }
}
