import Probes

// MARK: The open proposal

extension FoldRun {
    /// The source's newest state as known, where it waits for a decision.
    var openProposal: Proposal? {
        switch openItem {
        case .none: nil
        case .stored(let item):
            item.sourceState.map { Proposal(content: $0.content, origins: $0.origins) }
        case .opened(let index):
            Proposal(
                content: openedReviews[index].proposed, origins: openedReviews[index].origins)
        }
    }

    mutating func hold(
        _ proposal: Proposal, over current: ServiceSnapshot, reasons: [BreakingReason],
        _ pending: PendingEvent
    ) {
        openItem = .opened(openedReviews.count)
        openedReviews.append(
            OpenedReview(
                logID: pending.logID, baseRowVersion: current.rowVersion,
                current: current.content, proposed: proposal.content,
                checksum: context.canonicalForm.checksum(of: proposal.content),
                origins: proposal.origins, reasons: reasons,
                changes: context.rules.changes(from: current.content, to: proposal.content)))
    }

    /// Closes the open item, if there is one; its held event becomes skipped.
    mutating func supersedeOpenItem(by pending: PendingEvent) {
        switch openItem {
        case .none: return
        case .stored(let item):
            supersededReview = SupersededReview(
                id: item.id, logID: item.logID, supersededBy: pending.logID)
        case .opened(let index):
            openedReviews[index].supersededBy = pending.logID
            if let held = openedReviews[index].logID {
                decisions[held]?.disposition = .skipped(.superseded)
            }
        }
        openItem = .none
    }
}
