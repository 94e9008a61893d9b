import Probes

extension Configuration {
    /// Which groups' lag is watched: the engines' own, and the configured others on the same topic.
    var lagSettings: LagSettings {
        LagSettings(
            ownGroup: kafka.group, ownTopics: [catalog.topic],
            watched: kafka.watchedGroups.map { .init(group: $0, topics: [catalog.topic]) })
    }
}
