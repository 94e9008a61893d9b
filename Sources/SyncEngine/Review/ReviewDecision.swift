/// What a person's decision on a review item does to the service, as values.
///
/// The edge has compared and set the item's state and the service's row version before it asks.
package enum ReviewDecision {
    /// The row after an approval: the whole proposal, its origins naming the item and the person.
    package struct Approval: Equatable, Sendable {
        package var snapshot: ServiceSnapshot
        package var changed: ServiceFieldSet
        /// For `sync_checksum`.
        package var checksum: String
    }

    package static func approve(
        _ item: OpenReview, of current: ServiceSnapshot, by operatorName: String,
        canonicalForm: CanonicalForm
    ) -> Approval {
        let changed = item.proposed.differences(from: current.content)
        var next = current
        next.content = item.proposed
        if !changed.isEmpty { next.rowVersion += 1 }
        for field in changed.fields {
            guard var origin = item.origins[field] else { continue }
            origin.reviewID = item.id
            origin.operatorName = operatorName
            next.fieldOrigins.set(ServiceFieldSet([field]), to: origin)
        }
        return Approval(
            snapshot: next, changed: changed,
            checksum: canonicalForm.checksum(of: item.proposed))
    }

    /// What is remembered after a rejection, so that the same content is not asked about again.
    package static func reject(
        _ item: OpenReview, canonicalForm: CanonicalForm
    ) -> RefusedContent {
        RefusedContent(checksum: canonicalForm.checksum(of: item.proposed), reviewID: item.id)
    }
}
