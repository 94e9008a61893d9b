/// Which groups' lag is watched.
package struct LagSettings: Sendable, Equatable {
    /// Another consumer group, watched by what it has committed to Kafka.
    package struct WatchedGroup: Sendable, Equatable {
        package var group: String
        package var topics: [String]

        package init(group: String, topics: [String]) {
            self.group = group
            self.topics = topics
        }
    }

    /// The group that the engines consume with: its offsets are the stored ones.
    package var ownGroup: String
    package var ownTopics: [String]
    package var watched: [WatchedGroup]

    package init(ownGroup: String, ownTopics: [String], watched: [WatchedGroup] = []) {
        self.ownGroup = ownGroup
        self.ownTopics = ownTopics
        self.watched = watched.filter { $0.group != ownGroup }
    }

    var topics: Set<String> { Set(ownTopics + watched.flatMap(\.topics)) }
}
