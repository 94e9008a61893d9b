import SyncEngine

extension Configuration {
    /// What carrying out runs needs. A file's dates are days of its source's own time zone.
    var reconciliationSettings: ReconciliationSettings {
        var settings = ReconciliationSettings(
            sources: reconciliation.sources.map { source in
                FileSource(
                    name: source.name, country: source.country, system: source.system,
                    location: source.location,
                    secondsFromUTC: Self.clock(in: source.timeZone), asOf: source.asOf,
                    patience: source.wait, deprecatesOrphans: source.deprecatesOrphans)
            },
            limits: reconciliation.limits, workFolder: reconciliation.workFolder,
            yieldAboveLag: Int64(reconciliation.yieldAboveLag), group: kafka.group)
        settings.reach(reconciliation.buckets, environment: Surroundings.current().variables)
        return settings
    }

    /// What comparing items with agents needs.
    var agentReconciliationSettings: AgentReconciliationSettings {
        AgentReconciliationSettings(
            narrowing: NarrowingRules(
                rangesAtOnce: erp.reconciliation.rangesAtOnce,
                itemsAtOnce: erp.reconciliation.itemsAtOnce),
            workFolder: reconciliation.workFolder, patience: erp.reconciliation.wait,
            mostOrphansPercent: Double(erp.reconciliation.orphanLimitPercent))
    }

    /// The source that a person named.
    ///
    /// - Throws: `CommandError`, usage, with the names that there are.
    func source(named name: String) throws(CommandError) -> ConfiguredSource {
        if let source = reconciliation.sources.first(where: { $0.name == name }) { return source }
        let names = reconciliation.sources.map(\.name)
        throw CommandError(
            .usage,
            names.isEmpty
                ? "there are no sources: reconciliation.sources in the configuration is empty"
                : "there is no source '\(name)'; there are: \(names.joined(separator: ", "))")
    }
}
