import Probes

extension Action {
    /// The noun whose list the action was taken in.
    var noun: Noun? {
        switch self {
        case .approve, .reject, .breakGlass, .lookAgain: .review
        case .reveal: nil
        case .retryLetters, .resolveLetters: .dlq
        case .replayEvents: .events
        case .resetBreaker, .openBreaker: .breakers
        case .pausePartitions, .resumePartitions, .seekPartitions, .acknowledgeGaps: .lag
        case .acknowledgeAlerts, .silenceAlerts, .unsilenceAlerts: .alerts
        case .startRun, .cancelRuns, .acceptRuns, .abandonRuns, .useFileBefore, .revertRun: .runs
        case .retryJobs, .cancelJobs: .jobs
        case .removeAgents: .agents
        case .addMapping, .changeMapping, .switchMappings: .mappings
        case .runScheduled, .pauseScheduled, .resumeScheduled: .schedule
        }
    }

    /// How many things it touches.
    var count: Int {
        switch self {
        case .approve(let choices, _), .reject(let choices, _), .breakGlass(let choices, _):
            choices.count
        case .lookAgain(let ids, _): ids.count
        case .reveal: 1
        case .retryLetters(let ids, _, _): ids.count
        case .replayEvents(let ids, _, _, _): ids.count
        case .resolveLetters(let ids, _), .acknowledgeGaps(let ids, _): ids.count
        case .acknowledgeAlerts(let ids, _), .silenceAlerts(let ids, _, _),
            .unsilenceAlerts(let ids, _):
            ids.count
        case .cancelRuns(let ids, _), .acceptRuns(let ids, _), .abandonRuns(let ids, _),
            .useFileBefore(let ids, _):
            ids.count
        case .runScheduled(let names, _), .pauseScheduled(let names, _),
            .resumeScheduled(let names, _):
            names.count
        case .retryJobs(let ids, _), .cancelJobs(let ids, _), .switchMappings(let ids, _, _):
            ids.count
        case .removeAgents(let vendors, _): vendors.count
        case .resetBreaker, .openBreaker, .startRun, .revertRun, .addMapping, .changeMapping: 1
        case .pausePartitions(let choices, _), .resumePartitions(let choices, _),
            .seekPartitions(let choices, _, _):
            choices.count
        }
    }

    /// `3 changes`
    var things: String {
        switch self {
        case .approve, .reject, .lookAgain: Count.of(count, "change")
        case .breakGlass: "for \(Count.of(count, "change"))"
        case .reveal(let subject, _): "what is personal in \(subject.title)"
        case .retryLetters, .resolveLetters: Count.of(count, "dead letter")
        case .replayEvents: Count.of(count, "event")
        case .resetBreaker(let key, _), .openBreaker(let key, _): "breaker \(key)"
        case .pausePartitions, .resumePartitions, .seekPartitions: Count.of(count, "partition")
        case .acknowledgeGaps: Count.of(count, "gap")
        case .acknowledgeAlerts, .silenceAlerts, .unsilenceAlerts: Count.of(count, "alert")
        case .startRun(let source, _, _, _): "a run of \(source)"
        case .cancelRuns(let ids, _), .acceptRuns(let ids, _), .abandonRuns(let ids, _):
            Self.runs(ids)
        case .useFileBefore(let ids, _): "for \(Self.runs(ids))"
        case .revertRun(let id, _, _): "run \(id)"
        case .retryJobs(let ids, _), .cancelJobs(let ids, _):
            ids.count == 1 ? "job \(ids[0])" : Count.of(ids.count, "job")
        case .removeAgents(let vendors, _):
            vendors.count == 1
                ? "the agent of \(vendors[0])" : Count.of(vendors.count, "agent")
        case .addMapping(let choice, _):
            choice.erpCode.isEmpty ? "a code" : "\(choice.type) \(choice.erpCode)"
        case .changeMapping(let id, _, _, _): "mapping \(id)"
        case .switchMappings(let ids, _, _):
            ids.count == 1 ? "mapping \(ids[0])" : Count.of(ids.count, "mapping")
        case .runScheduled(let names, _), .pauseScheduled(let names, _),
            .resumeScheduled(let names, _):
            names.count == 1 ? names[0] : Count.of(names.count, "job")
        }
    }

    private static func runs(_ ids: [Int64]) -> String {
        ids.count == 1 ? "run \(ids[0])" : Count.of(ids.count, "run")
    }

    /// The verb alone, on its way, and done.
    var words: (verb: String, doing: String, done: String) {
        let (verb, doing, done) =
            switch self {
            case .approve: ("approve", "Approving", "Approved")
            case .reject: ("reject", "Rejecting", "Rejected")
            case .breakGlass: ("break the glass", "Breaking the glass", "Broke the glass")
            case .lookAgain: ("look again at", "Looking again at", "Looked again at")
            case .reveal: ("reveal", "Revealing", "Revealed")
            case .retryLetters: ("retry", "Retrying", "Retried")
            case .replayEvents: ("replay", "Replaying", "Replayed")
            case .resolveLetters: ("resolve", "Resolving", "Resolved")
            case .resetBreaker: ("reset", "Resetting", "Reset")
            case .openBreaker: ("open", "Opening", "Opened")
            case .pausePartitions: ("pause", "Pausing", "Paused")
            case .resumePartitions: ("resume", "Resuming", "Resumed")
            case .seekPartitions: ("seek", "Seeking", "Sought")
            case .acknowledgeGaps: ("acknowledge", "Acknowledging", "Acknowledged")
            case .acknowledgeAlerts: ("acknowledge", "Acknowledging", "Acknowledged")
            case .silenceAlerts: ("silence", "Silencing", "Silenced")
            case .unsilenceAlerts:
                ("end the silence of", "Ending the silence of", "Ended the silence of")
            case .startRun: ("start", "Starting", "Started")
            case .cancelRuns: ("cancel", "Cancelling", "Cancelled")
            case .acceptRuns: ("accept", "Accepting", "Accepted")
            case .abandonRuns: ("abandon", "Abandoning", "Abandoned")
            case .useFileBefore:
                ("use the file before", "Asking for the file before", "Asked for the file before")
            case .revertRun: ("revert", "Asking to revert", "Asked to revert")
            case .retryJobs: ("retry", "Retrying", "Retried")
            case .cancelJobs: ("cancel", "Cancelling", "Cancelled")
            case .removeAgents: ("remove", "Removing", "Removed")
            case .addMapping: ("map", "Mapping", "Mapped")
            case .changeMapping: ("change", "Changing", "Changed")
            case .switchMappings(_, let isOn, _):
                isOn
                    ? ("activate", "Activating", "Activated")
                    : ("deactivate", "Deactivating", "Deactivated")
            case .runScheduled: ("run", "Asking to run", "Asked to run")
            case .pauseScheduled: ("pause", "Pausing", "Paused")
            case .resumeScheduled: ("resume", "Resuming", "Resumed")
            }
        return (verb, "\(doing) \(things)", "\(done) \(things)")
    }

    /// The action with what a dialog's fields add.
    func completed(
        reason: String, overridesStale: Bool, isDryRun: Bool, inStages: Bool, seconds: Int64?,
        texts: [String]
    ) -> Action {
        switch self {
        case .approve(let choices, _): .approve(choices, reason: reason)
        case .reject(let choices, _): .reject(choices, reason: reason)
        case .breakGlass(let choices, _): .breakGlass(choices, reason: reason)
        case .lookAgain(let ids, _): .lookAgain(ids, reason: reason)
        case .reveal(let subject, _): .reveal(subject, reason: reason)
        case .retryLetters(let ids, _, _):
            .retryLetters(ids, overrideStale: overridesStale, inStages: inStages)
        case .replayEvents(let ids, _, _, _):
            .replayEvents(
                ids, overrideStale: overridesStale, dryRun: isDryRun, reason: reason)
        case .resolveLetters(let ids, _): .resolveLetters(ids, reason: reason)
        case .resetBreaker(let key, _): .resetBreaker(key: key, reason: reason)
        case .openBreaker(let key, _): .openBreaker(key: key, reason: reason)
        case .pausePartitions(let choices, _): .pausePartitions(choices, reason: reason)
        case .resumePartitions(let choices, _): .resumePartitions(choices, reason: reason)
        case .seekPartitions(let choices, let target, _):
            .seekPartitions(choices, to: target, reason: reason)
        case .acknowledgeGaps(let ids, _): .acknowledgeGaps(ids, reason: reason)
        case .acknowledgeAlerts(let ids, _): .acknowledgeAlerts(ids, reason: reason)
        case .silenceAlerts(let ids, let usual, _):
            .silenceAlerts(ids, seconds: seconds ?? usual, reason: reason)
        case .unsilenceAlerts(let ids, _): .unsilenceAlerts(ids, reason: reason)
        case .startRun(let source, let isVendor, _, _):
            .startRun(source: source, isVendor: isVendor, dryRun: isDryRun, reason: reason)
        case .cancelRuns(let ids, _): .cancelRuns(ids, reason: reason)
        case .acceptRuns(let ids, _): .acceptRuns(ids, reason: reason)
        case .abandonRuns(let ids, _): .abandonRuns(ids, reason: reason)
        case .useFileBefore(let ids, _): .useFileBefore(ids, reason: reason)
        case .revertRun(let id, _, _): .revertRun(id, dryRun: isDryRun, reason: reason)
        case .retryJobs(let ids, _): .retryJobs(ids, reason: reason)
        case .cancelJobs(let ids, _): .cancelJobs(ids, reason: reason)
        case .removeAgents(let vendors, _): .removeAgents(vendors, reason: reason)
        case .addMapping(let choice, _): .addMapping(choice.completed(texts), reason: reason)
        case .changeMapping(let id, let code, let label, _):
            .changeMapping(
                id, code: texts.first ?? code, label: texts.dropFirst().first ?? label,
                reason: reason)
        case .switchMappings(let ids, let isOn, _):
            .switchMappings(ids, on: isOn, reason: reason)
        case .runScheduled(let names, _): .runScheduled(names, reason: reason)
        case .pauseScheduled(let names, _): .pauseScheduled(names, reason: reason)
        case .resumeScheduled(let names, _): .resumeScheduled(names, reason: reason)
        }
    }
}

extension MappingChoice {
    /// With what was typed: our code and its label, and before them what was not known.
    func completed(_ texts: [String]) -> MappingChoice {
        guard texts.count >= 2 else { return self }
        var copy = self
        (copy.ourCode, copy.label) = (texts[texts.count - 2], texts[texts.count - 1])
        if texts.count == 5 {
            (copy.vendor, copy.type, copy.erpCode) = (texts[0], texts[1], texts[2])
        }
        return copy
    }
}

extension ActionReport {
    func count(_ result: Line.Result) -> Int {
        lines.reduce(0) { $0 + ($1.result == result ? 1 : 0) }
    }

    /// `Approved 3 changes.` or `Approve: 2 done, 1 refused.`
    var summary: String {
        let done = count(.done)
        if done == lines.count, done > 0 {
            // What the engine says of a single thing says more than a count.
            if done == 1, let message = lines.first?.message, !message.isEmpty {
                return "\(action.words.done): \(message)"
            }
            return "\(action.words.done)."
        }
        let parts = [(done, "done"), (count(.refused), "refused"), (count(.failed), "failed")]
            .filter { $0.0 > 0 }.map { "\(Count.full($0.0)) \($0.1)" }
        let verb = action.words.verb
        return "\(verb.prefix(1).uppercased())\(verb.dropFirst()): "
            + (parts.isEmpty ? "nothing was done." : parts.joined(separator: ", ") + ".")
    }
}
