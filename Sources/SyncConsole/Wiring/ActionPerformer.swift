import Postgres
import SyncEngine
import Views

/// Turns what a key asked for into a call on the engine's operations, and its report into what the
/// screen tells. The command line calls the same operations.
struct ActionPerformer: Sendable {
    let operations: Operations
    /// The group whose places are sought.
    let group: String
    let broker: BrokerOffsets
    let log: EngineLog

    func perform(_ action: Action) async -> ActionReport {
        do {
            let report = try await call(action)
            return ActionReport(action: action, lines: report.lines.map(Self.line))
        } catch {
            let message = (error as? PostgresError)?.message ?? "\(error)"
            log.write(.warning, "operations", message)
            return ActionReport(
                action: action,
                lines: [.init(id: "-", result: .failed, message: "the database: \(message)")])
        }
    }

    private func call(_ action: Action) async throws -> OperationReport {
        switch action {
        case .approve(let choices, let reason):
            try await operations.approve(choices.map(Self.target), reason: reason)
        case .reject(let choices, let reason):
            try await operations.reject(choices.map(Self.target), reason: reason)
        case .breakGlass(let choices, let reason):
            try await operations.approve(
                choices.map(Self.target), reason: reason, breaksGlass: true)
        case .lookAgain(let ids, let reason):
            try await operations.lookAgain(ids, reason: reason)
        case .reveal(let subject, let reason):
            try await reveal(subject, reason: reason)
        case .retryLetters(let ids, let overrideStale, let inStages):
            try await operations.retryLetters(
                ids, overrideStale: overrideStale, inStages: inStages)
        case .replayEvents(let ids, let overrideStale, let dryRun, let reason):
            try await operations.replay(
                ids,
                ReplayOrder(isDryRun: dryRun, overridesStale: overrideStale, reason: reason)
            ).operation
        case .resolveLetters(let ids, let reason):
            try await operations.resolveLetters(ids, reason: reason)
        case .resetBreaker(let key, let reason):
            try await operations.resetBreaker(key: key, reason: reason)
        case .openBreaker(let key, let reason):
            try await operations.openBreaker(key: key, reason: reason)
        case .pausePartitions(let partitions, let reason):
            try await each(partitions) {
                try await operations.pauseConsumer(
                    topic: $0.topic, partition: $0.partition, reason: reason)
            }
        case .resumePartitions(let partitions, let reason):
            try await each(partitions) {
                try await operations.resumeConsumer(
                    topic: $0.topic, partition: $0.partition, reason: reason)
            }
        case .seekPartitions(let partitions, let target, let reason):
            try await each(partitions) {
                try await operations.seekConsumer(
                    topic: $0.topic, partition: $0.partition, to: target, group: group,
                    broker: broker, reason: reason
                ).operation
            }
        case .acknowledgeGaps(let ids, let reason):
            try await operations.acknowledgeGaps(ids, reason: reason)
        case .acknowledgeAlerts(let ids, let reason):
            try await operations.acknowledgeAlerts(ids, reason: reason)
        case .silenceAlerts(let ids, let seconds, let reason):
            try await operations.silenceAlerts(ids, for: .seconds(seconds), reason: reason)
        case .unsilenceAlerts(let ids, let reason):
            try await operations.unsilenceAlerts(ids, reason: reason)
        case .startRun(let vendor, isVendor: true, let dryRun, let reason):
            try await operations.startAgentRun(
                vendor: vendor, dryRun: dryRun, reason: reason.isEmpty ? nil : reason)
        case .startRun(let source, isVendor: false, let dryRun, let reason):
            try await operations.startRun(
                source: source, dryRun: dryRun, reason: reason.isEmpty ? nil : reason)
        case .cancelRuns(let ids, let reason):
            try await operations.cancelRuns(ids, reason: reason)
        case .acceptRuns(let ids, let reason):
            try await operations.acceptRuns(ids, reason: reason)
        case .abandonRuns(let ids, let reason):
            try await operations.abandonRuns(ids, reason: reason)
        case .useFileBefore(let ids, let reason):
            try await operations.useFileBefore(ids, reason: reason)
        case .revertRun(let id, let dryRun, let reason):
            try await operations.revertRun(id, dryRun: dryRun, reason: reason)
        case .retryJobs(let ids, let reason):
            try await operations.retryJobs(ids, reason: Self.given(reason))
        case .cancelJobs(let ids, let reason):
            try await operations.cancelJobs(ids, reason: reason)
        case .removeAgents(let vendors, let reason):
            try await operations.removeAgents(vendors, reason: reason)
        case .addMapping(let choice, let reason):
            try await add(choice, reason: reason)
        case .changeMapping(let id, let code, let label, let reason):
            try await operations.updateMappings(
                [id], .init(restoCode: code, restoLabel: label, isActive: nil), reason: reason)
        case .switchMappings(let ids, let isOn, let reason):
            try await operations.updateMappings(
                ids, .init(restoCode: nil, restoLabel: nil, isActive: isOn),
                reason: Self.given(reason))
        case .runScheduled(let names, let reason):
            try await operations.runScheduled(names, reason: reason)
        case .pauseScheduled(let names, let reason):
            try await operations.pauseScheduled(names, reason: reason)
        case .resumeScheduled(let names, let reason):
            try await operations.resumeScheduled(names, reason: reason)
        }
    }

    private func reveal(_ subject: DetailSubject, reason: String) async throws -> OperationReport {
        let (type, id): (String, String) =
            switch subject {
            case .event(let id): ("event", "\(id)")
            case .letter(let id): ("dead_letter", "\(id)")
            case .review(let id): ("review", "\(id)")
            case .run(let id): ("run", "\(id)")
            case .job(let id): ("job", "\(id)")
            case .drift(let id): ("drift", "\(id)")
            case .blame(let code): ("service", code)
            case .audit(.number(let id)): ("audit", "\(id)")
            case .audit(.name(let name)): ("audit", name)
            // Nothing is masked in these.
            case .alert, .lag, .breaker, .engine, .schedule, .log, .health, .runbook, .agent,
                .mapping:
                ("screen", "-")
            }
        return try await operations.reveal(type: type, id: id, reason: reason)
    }

    /// What cannot be a mapping is refused like what may not be one.
    private func add(_ choice: MappingChoice, reason: String) async throws -> OperationReport {
        let draft: MappingDraft
        do throws(MappingDraft.Fault) {
            try MappingDraft.check(vendor: choice.vendor)
            draft = try MappingDraft(
                type: choice.type, erpCode: choice.erpCode, restoCode: choice.ourCode,
                restoLabel: choice.label)
        } catch {
            return OperationReport(
                lines: [.init(id: choice.erpCode, result: .refused, message: error.message)])
        }
        return try await operations.addMapping(
            draft, of: choice.vendor, reason: Self.given(reason))
    }

    private static func given(_ reason: String) -> String? { reason.isEmpty ? nil : reason }

    private func each(
        _ partitions: [PartitionChoice],
        _ body: (PartitionChoice) async throws -> OperationReport
    ) async throws -> OperationReport {
        var report = OperationReport()
        for partition in partitions { report.lines += try await body(partition).lines }
        return report
    }

    private static func target(_ choice: ReviewChoice) -> ReviewTarget {
        ReviewTarget(id: choice.id, serviceRowVersion: choice.serviceRowVersion)
    }

    private static func line(_ line: OperationReport.Line) -> ActionReport.Line {
        let result: ActionReport.Line.Result =
            switch line.result {
            case .done: .done
            case .refused: .refused
            case .failed: .failed
            }
        return ActionReport.Line(id: line.id, result: result, message: line.message)
    }
}
