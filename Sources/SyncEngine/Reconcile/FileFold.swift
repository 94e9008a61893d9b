import Probes

/// The fold's counterpart for files: a service, a row that speaks of it as of the file's time, and
/// what becomes of both. A pure function.
package enum FileFold {
    /// Decides `row`.
    ///
    /// - Parameter refusedContent: the content behind `entity.refused`, whole.
    package static func decide(
        _ row: FileRow, entity: EntityState, refusedContent: ServiceContent? = nil,
        context: FileContext
    ) -> RowDecision {
        guard let snapshot = entity.snapshot else {
            return create(row, entity: entity, context: context)
        }
        guard snapshot.externalSystemSource == context.system else {
            return RowDecision(
                .failed(
                    reason: "source_mismatch",
                    message: "\"\(entity.code)\" belongs to \(snapshot.externalSystemSource), "
                        + "the file is \(context.system)'s"),
                of: entity)
        }
        return compare(
            row, snapshot, entity: entity, refusedContent: refusedContent, context: context)
    }

    // MARK: A service that is there

    private static func compare(
        _ row: FileRow, _ snapshot: ServiceSnapshot, entity: EntityState,
        refusedContent: ServiceContent?, context: FileContext
    ) -> RowDecision {
        // The source's newest state as known; what the file has no column for comes from there.
        let base = entity.openReview?.sourceState?.content ?? snapshot.content
        var proposed = listed(row, over: base)
        proposed.version = row.version ?? base.version
        var decision = RowDecision(.same, of: entity)
        decision.proposed = proposed
        decision.differing = proposed.differences(from: snapshot.content)

        if let mark = entity.mark, mark.timestamp > context.asOf {
            decision.outcome =
                listed(row, over: snapshot.content).hasSameFields(as: snapshot.content)
                ? .same : .newer
            return decision
        }
        if decision.differing.isEmpty {
            // An older proposal that the file does not know of any more is overtaken.
            if let open = entity.openReview {
                decision.superseded = open
                decision.mark = StreamMark.moved(from: entity.mark, to: context.asOf)
            }
            return decision
        }
        if isRefused(proposed, row, refusedContent, entity: entity, context: context) {
            decision.outcome = .rejected
            decision.superseded = entity.openReview
            decision.mark = StreamMark.moved(from: entity.mark, to: context.asOf)
            return decision
        }
        return judge(decision, proposed, snapshot, entity: entity, row, context: context)
    }

    private static func judge(
        _ compared: RowDecision, _ proposed: ServiceContent, _ snapshot: ServiceSnapshot,
        entity: EntityState, _ row: FileRow, context: FileContext
    ) -> RowDecision {
        var decision = compared
        decision.mark = StreamMark.moved(from: entity.mark, to: context.asOf)
        decision.refused = nil
        let reasons = context.rules.reasons(from: snapshot.content, to: proposed)
        let known = entity.openReview?.sourceState
        var origins = known?.origins ?? snapshot.fieldOrigins
        origins.set(
            proposed.differences(from: known?.content ?? snapshot.content),
            to: FieldOrigin(
                kind: reasons.isEmpty ? .correction : .file, at: context.asOf,
                runID: context.runID, line: Int64(row.line)))
        guard !reasons.isEmpty else {
            decision.outcome = .corrected
            decision.superseded = entity.openReview
            decision.write = ServiceWrite(
                correcting: snapshot, to: proposed, changed: compared.differing, origins: origins,
                context)
            return decision
        }
        if let open = entity.openReview, proposed.hasSameFields(as: open.proposed) {
            decision.outcome = .held(isNew: false)
            return decision
        }
        decision.outcome = .held(isNew: true)
        decision.superseded = entity.openReview
        decision.opened = OpenedReview(
            logID: nil, baseRowVersion: snapshot.rowVersion, current: snapshot.content,
            proposed: proposed, checksum: context.canonicalForm.checksum(of: proposed),
            origins: origins, reasons: reasons,
            changes: context.rules.changes(from: snapshot.content, to: proposed),
            supersededBy: nil)
        return decision
    }

    /// The row laid over `base`. A file that lists a service says that it is active: what a
    /// deprecation set goes, unless the file says otherwise.
    private static func listed(_ row: FileRow, over base: ServiceContent) -> ServiceContent {
        guard base.status == .deprecated else { return row.applied(to: base) }
        var returned = base
        returned.status = .active
        returned.deprecatedReason = nil
        returned.replacementServiceCode = nil
        returned.effectiveTo = nil
        return row.applied(to: returned)
    }

    /// Whether a person refused this very content, by its whole form or in the file's fields.
    private static func isRefused(
        _ proposed: ServiceContent, _ row: FileRow, _ refusedContent: ServiceContent?,
        entity: EntityState, context: FileContext
    ) -> Bool {
        guard let refused = entity.refused else { return false }
        if let refusedContent,
            listed(row, over: refusedContent).hasSameFields(as: refusedContent)
        {
            return true
        }
        return context.canonicalForm.checksum(of: proposed) == refused.checksum
    }

    // MARK: A service that is not there

    private static func create(
        _ row: FileRow, entity: EntityState, context: FileContext
    ) -> RowDecision {
        var content = row.applied(to: ServiceContent())
        content.version = row.version
        let missing =
            content.countryCode == nil ? "country_code" : content.nameI18n.isEmpty ? "a name" : nil
        if let missing {
            return RowDecision(
                .failed(
                    reason: "invalid",
                    message: "\(missing) is missing, and \"\(entity.code)\" does not exist yet"),
                of: entity)
        }
        guard content.countryCode == context.country else {
            return RowDecision(
                .failed(
                    reason: "other_country",
                    message: "\"\(entity.code)\" is \(content.countryCode ?? "")'s and does not "
                        + "exist yet: it is for that country's file to create it"),
                of: entity)
        }
        var decision = RowDecision(.created, of: entity)
        decision.proposed = content
        decision.differing = content.differences(from: ServiceContent())
        decision.mark = StreamMark.moved(from: entity.mark, to: context.asOf)
        decision.refused = nil
        decision.write = ServiceWrite(
            kind: .create(
                country: content.countryCode ?? "",
                prefix: SourceVocabulary.fsmCodePrefix(forCategory: content.sourceCategory)),
            snapshot: ServiceSnapshot(
                id: nil, rowVersion: 1, externalSystemSource: context.system,
                fsmServiceCode: nil, content: content,
                fieldOrigins: FieldOrigins(
                    common: FieldOrigin(
                        kind: .file, at: context.asOf, runID: context.runID, line: Int64(row.line)))
            ),
            checksum: context.canonicalForm.checksum(of: content), changed: .all,
            sourceUpdatedAt: context.asOf)
        return decision
    }
}
