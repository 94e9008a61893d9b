import Probes

// MARK: Creations and updates

extension FoldRun {
    /// Whether the event says enough to create a service: a country, and a name in one language.
    static func canCreate(from event: CatalogEvent) -> Bool {
        guard event.eventType == .created || event.eventType == .updated else { return false }
        return missingForCreation(in: event.patch.applied(to: ServiceContent())) == nil
    }

    private static func missingForCreation(in content: ServiceContent) -> String? {
        if content.countryCode == nil { return "data.countryCode" }
        return content.nameI18n.isEmpty ? "data.name" : nil
    }

    /// A creation is never breaking: nobody has anything yet that could be taken away.
    mutating func create(by pending: PendingEvent) {
        var content = pending.event.patch.applied(to: ServiceContent())
        content.version = pending.event.version
        if let missing = Self.missingForCreation(in: content) {
            return fail(
                pending, reason: EventFault.Reason.invalid.rawValue, place: missing,
                message: "\(missing) is missing, and \"\(entity.code)\" does not exist yet")
        }
        creation = .create(
            country: content.countryCode ?? "",
            prefix: SourceVocabulary.fsmCodePrefix(forCategory: content.sourceCategory))
        snapshot = ServiceSnapshot(
            id: nil, rowVersion: 1,
            externalSystemSource: pending.event.source ?? context.defaultSource,
            fsmServiceCode: nil, content: content,
            fieldOrigins: FieldOrigins(common: origin(of: pending)))
        refused = nil
        lastApplied = pending
        moveMark(to: pending)
        record(
            .processed(.created), of: pending,
            warnings: SourceVocabulary.warnings(for: content, in: .all))
    }

    /// Lays the event over the source's newest known state: the open proposal, else the service.
    mutating func update(_ current: ServiceSnapshot, by pending: PendingEvent) {
        let base = openProposal
        let proposal = propose(
            pending, over: base?.content ?? current.content,
            origins: base?.origins ?? current.fieldOrigins)
        let warnings = SourceVocabulary.warnings(
            for: proposal.content, in: pending.event.patch.present)
        moveMark(to: pending)

        if isRefused(proposal.content, current: current) {
            supersedeOpenItem(by: pending)
            return record(.skipped(.rejected), of: pending, warnings: warnings)
        }
        refused = nil
        supersedeOpenItem(by: pending)
        let reasons = context.rules.reasons(from: current.content, to: proposal.content)
        if reasons.isEmpty {
            let hasChanged = apply(proposal, to: current, by: pending)
            record(.processed(hasChanged ? .updated : .unchanged), of: pending, warnings: warnings)
        } else {
            hold(proposal, over: current, reasons: reasons, pending)
            record(.held(reasons), of: pending, warnings: warnings)
        }
    }

    /// A content and where each of its values came from.
    struct Proposal {
        var content: ServiceContent
        var origins: FieldOrigins
    }

    private func propose(
        _ pending: PendingEvent, over base: ServiceContent, origins: FieldOrigins
    ) -> Proposal {
        let patch = pending.event.patch
        var content = patch.applied(to: base)
        if base.status == .deprecated {
            // A return: what the deprecation set goes, unless the event says otherwise.
            content.status = .active
            content.deprecatedReason = nil
            content.replacementServiceCode = nil
            if !patch.present.contains(.effectiveTo) { content.effectiveTo = nil }
        }
        content.version = pending.event.version ?? base.version
        var origins = origins
        origins.set(content.differences(from: base), to: origin(of: pending))
        return Proposal(content: content, origins: origins)
    }

    /// Whether a person refused this very content. The checksum is computed only where something
    /// was refused.
    private func isRefused(_ content: ServiceContent, current: ServiceSnapshot) -> Bool {
        guard let refused, !content.hasSameFields(as: current.content) else { return false }
        return context.canonicalForm.checksum(of: content) == refused.checksum
    }

    /// Writes the whole proposal. False if it brings nothing new: then only the version moves.
    private mutating func apply(
        _ proposal: Proposal, to current: ServiceSnapshot, by pending: PendingEvent
    ) -> Bool {
        let changed = proposal.content.differences(from: current.content)
        var next = current
        next.content = proposal.content
        if !changed.isEmpty {
            next.rowVersion += 1
            next.fieldOrigins.take(changed, from: proposal.origins)
        }
        snapshot = next
        lastApplied = pending
        return !changed.isEmpty
    }
}

// MARK: Deprecations

extension FoldRun {
    package static let defaultDeprecationReason = "Deprecated by external system"

    /// Never held. It closes an open proposal, and forgets a refusal: the source has moved on.
    mutating func deprecate(_ current: ServiceSnapshot, by pending: PendingEvent) {
        let event = pending.event
        var content = current.content
        if content.status == .deprecated {
            content.deprecatedReason = event.reason ?? content.deprecatedReason
            content.replacementServiceCode =
                event.replacementServiceCode ?? content.replacementServiceCode
        } else {
            content.status = .deprecated
            content.effectiveTo = event.eventTimestamp
            content.deprecatedReason = event.reason ?? Self.defaultDeprecationReason
            content.replacementServiceCode = event.replacementServiceCode
        }
        content.version = event.version ?? content.version
        var origins = current.fieldOrigins
        origins.set(content.differences(from: current.content), to: origin(of: pending))
        supersedeOpenItem(by: pending)
        refused = nil
        moveMark(to: pending)
        let hasChanged = apply(
            Proposal(content: content, origins: origins), to: current, by: pending)
        let effect: Disposition.Effect =
            current.content.status == .active ? .deprecated : hasChanged ? .updated : .unchanged
        record(.processed(effect), of: pending)
    }

    /// The creation may be on its way: wait for it, and let everything later wait behind.
    mutating func awaitCreation(_ pending: PendingEvent) {
        let attempts = pending.attempts + 1
        let message = "\"\(entity.code)\" is to be deprecated and does not exist"
        guard
            let dueAt = context.retry.nextAttempt(
                afterFailed: attempts, now: context.now, jitter: context.jitter)
        else {
            return fail(pending, reason: "not_found", place: "service", message: message)
        }
        blockedBy = pending.logID
        record(
            .retrying(reason: "not_found", message: message, attempts: attempts, dueAt: dueAt),
            of: pending)
    }
}
