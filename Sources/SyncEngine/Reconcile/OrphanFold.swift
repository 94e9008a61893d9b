import Probes

/// What becomes of a service that its country's file lacks, where the source is configured to
/// deprecate such services. A pure function.
///
/// That a file is silent is weaker than an event that says so: where active orders use the service,
/// a person decides.
package enum OrphanFold {
    /// For `deprecated_reason`. The same every day, so that a refusal is known again.
    package static let reason = "Missing in the daily file"

    /// Decides the service.
    ///
    /// - Parameters:
    ///   - refusedContent: the content behind `entity.refused`, whole.
    ///   - isInUse: whether active orders reference it.
    package static func decide(
        entity: EntityState, refusedContent: ServiceContent? = nil, isInUse: Bool,
        context: FileContext
    ) -> RowDecision {
        guard let snapshot = entity.snapshot, isListable(snapshot, context),
            entity.mark.map({ $0.timestamp <= context.asOf }) ?? true
        else { return RowDecision(.passed, of: entity) }
        if entity.refused != nil, isDeprecation(refusedContent, of: snapshot.content) {
            return RowDecision(.orphaned(.listed), of: entity)
        }
        var decision = RowDecision(.orphaned(.deprecated), of: entity)
        let proposed = deprecated(snapshot.content, context)
        decision.proposed = proposed
        decision.differing = proposed.differences(from: snapshot.content)
        decision.mark = StreamMark.moved(from: entity.mark, to: context.asOf)
        decision.refused = nil
        let isHeld = isInUse && context.rules.reasons.contains(.deprecatedInUse)
        if isHeld, isDeprecation(entity.openReview?.proposed, of: snapshot.content) {
            decision.outcome = .orphaned(.held(isNew: false))
            return decision
        }
        decision.superseded = entity.openReview
        var origins = snapshot.fieldOrigins
        origins.set(
            decision.differing,
            to: FieldOrigin(
                kind: isHeld ? .file : .correction, at: context.asOf, runID: context.runID))
        if isHeld {
            decision.outcome = .orphaned(.held(isNew: true))
            decision.opened = OpenedReview(
                logID: nil, baseRowVersion: snapshot.rowVersion, current: snapshot.content,
                proposed: proposed, checksum: context.canonicalForm.checksum(of: proposed),
                origins: origins, reasons: [.deprecatedInUse],
                changes: ReviewRules.changes(
                    from: snapshot.content, to: proposed, heldFor: [.deprecatedInUse]),
                supersededBy: nil)
        } else {
            decision.write = ServiceWrite(
                correcting: snapshot, to: proposed, changed: decision.differing, origins: origins,
                context)
        }
        return decision
    }

    /// Whether the file should have listed it: it may have changed since the comparison.
    private static func isListable(_ snapshot: ServiceSnapshot, _ context: FileContext) -> Bool {
        snapshot.content.status == .active && snapshot.externalSystemSource == context.system
            && snapshot.content.countryCode == context.country
    }

    /// As a deprecation event of the file's time would leave it.
    private static func deprecated(
        _ content: ServiceContent, _ context: FileContext
    ) -> ServiceContent {
        var deprecated = content
        deprecated.status = .deprecated
        deprecated.effectiveTo = context.asOf
        deprecated.deprecatedReason = reason
        deprecated.replacementServiceCode = nil
        return deprecated
    }

    /// Whether `proposal` is nothing but this service deprecated for being missing, by whichever
    /// day's file.
    private static func isDeprecation(
        _ proposal: ServiceContent?, of content: ServiceContent
    ) -> Bool {
        guard let proposal, proposal.status == .deprecated, proposal.deprecatedReason == reason
        else { return false }
        var active = proposal
        for field in [
            ServiceField.status, .effectiveTo, .deprecatedReason, .replacementServiceCode,
        ] {
            active.take(field, from: content)
        }
        return active.hasSameFields(as: content)
    }
}
