/// Before a run removes a large part of a vendor's items, a person is asked: an agent whose database
/// is not there answers that it has none.
enum AgentLimits {
    /// - Parameter orphaned: how many items would be removed.
    /// - Throws: `RunEnd.asks`.
    static func check(
        orphaned: Int64, _ state: AgentCheckpoint, _ settings: AgentReconciliationSettings
    ) throws(RunEnd) {
        guard state.ours >= settings.leastItems else { return }
        let percent = Double(orphaned) * 100 / Double(state.ours)
        guard percent > settings.mostOrphansPercent else { return }
        var finding = RunFinding(
            reason: .orphans,
            text: "the agent lacks at least \(orphaned) of our \(state.ours) items, which would be "
                + "removed: more than \(Int(settings.mostOrphansPercent)) %")
        finding.figure = percent
        finding.limit = settings.mostOrphansPercent
        throw .asks([finding], nil)
    }
}
