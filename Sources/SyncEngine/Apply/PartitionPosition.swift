import Kafka

/// The place of one assignment in one partition: what it has applied, and by which right.
///
/// The epoch is raised at each assignment; a commit from an older epoch changes nothing.
package struct PartitionPosition: Sendable, Equatable {
    package var clusterID: String
    package var group: String
    package var partition: KafkaPartition
    package var epoch: Int64
    /// The offset of the next message to apply.
    package var nextOffset: Int64

    package init(
        clusterID: String, group: String, partition: KafkaPartition, epoch: Int64,
        nextOffset: Int64
    ) {
        self.clusterID = clusterID
        self.group = group
        self.partition = partition
        self.epoch = epoch
        self.nextOffset = nextOffset
    }
}
