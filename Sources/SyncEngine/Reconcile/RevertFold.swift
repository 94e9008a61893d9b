import Probes

/// What restoring a service means that a run has changed; see docs/reconciliation.md. Pure.
package enum RevertFold {
    /// What a run recorded of one service.
    package struct Recorded: Equatable, Sendable {
        package var code: String
        package var outcome: DriftOutcome
        /// The service's version after the run's change; nil for one that is held.
        package var rowVersion: Int64?
        package var reviewID: Int64?
        /// The fields that were changed, with the values from before.
        package var before = ServicePatch()

        package init(code: String, outcome: DriftOutcome, rowVersion: Int64?, reviewID: Int64?) {
            self.code = code
            self.outcome = outcome
            self.rowVersion = rowVersion
            self.reviewID = reviewID
        }
    }

    package enum Decision: Equatable, Sendable {
        /// The values from before are written.
        case restore(ServiceWrite)
        /// The service was created by the run, and goes again.
        case remove(id: Int64, rowVersion: Int64)
        /// The run's review item is still open, and is closed.
        case closeReview(Int64)
        /// Somebody has touched the service since: it stays as it is.
        case leave
    }

    package static func decide(
        _ recorded: Recorded, entity: EntityState, revertingRun: Int64, operatorName: String?,
        now: Timestamp, canonicalForm: CanonicalForm
    ) -> Decision {
        guard let snapshot = entity.snapshot else { return .leave }
        guard recorded.rowVersion != nil else {
            guard let item = recorded.reviewID, entity.openReview?.id == item else { return .leave }
            return .closeReview(item)
        }
        guard snapshot.rowVersion == recorded.rowVersion else { return .leave }
        if recorded.outcome == .created {
            guard let id = snapshot.id else { return .leave }
            return .remove(id: id, rowVersion: snapshot.rowVersion)
        }
        var next = snapshot
        next.content = recorded.before.applied(to: snapshot.content)
        let changed = next.content.differences(from: snapshot.content)
        guard !changed.isEmpty else { return .leave }
        next.rowVersion += 1
        next.fieldOrigins.set(
            changed,
            to: FieldOrigin(
                kind: .person, at: now, operatorName: operatorName, runID: revertingRun))
        return .restore(
            ServiceWrite(
                kind: .update(expectedRowVersion: snapshot.rowVersion), snapshot: next,
                checksum: canonicalForm.checksum(of: next.content), changed: changed,
                sourceUpdatedAt: now))
    }
}
