import Testing

@testable import Kafka

@Suite("Kafka, what a consumer may deliver")
struct ConsumerOwnershipTests {
    private let mine = KafkaPartition(topic: "t", partition: 0)
    private let other = KafkaPartition(topic: "t", partition: 1)

    @Test("nothing before offsets are assigned, then each message once, in order")
    func order() {
        var ownership = ConsumerOwnership()
        ownership.assigned([mine])
        let early = deliver([5], of: mine, through: &ownership)
        #expect(early == [])
        let started = ownership.start([
            KafkaPartitionOffset(mine, offset: 5), KafkaPartitionOffset(other, offset: 0),
        ])
        #expect(started == [KafkaPartitionOffset(mine, offset: 5)])
        // Compaction and transactions leave gaps.
        let delivered = deliver([4, 5, 5, 9, 8, 10], of: mine, through: &ownership)
        #expect(delivered == [5, 9, 10])
        #expect(ownership.positions == [mine: 11])
        let foreign = deliver([0], of: other, through: &ownership)
        #expect(foreign == [])
    }

    @Test("nothing of a paused or a revoked partition")
    func pausedAndRevoked() {
        var ownership = ConsumerOwnership()
        ownership.assigned([mine])
        _ = ownership.start([KafkaPartitionOffset(mine, offset: 0)])
        ownership.pause([mine, other])
        #expect(ownership.paused == [mine])
        let whilePaused = deliver([0], of: mine, through: &ownership)
        let placed = ownership.resume([mine])
        #expect(placed == [mine])
        let afterwards = deliver([0], of: mine, through: &ownership)
        #expect(whilePaused == [] && afterwards == [0])
        let generation = ownership.generation
        let revoked = ownership.revoked()
        #expect(revoked == [mine])
        #expect(ownership.generation == generation + 1)
        let late = deliver([1], of: mine, through: &ownership)
        #expect(late == [])
    }

    private func deliver(
        _ offsets: [Int64], of partition: KafkaPartition, through ownership: inout ConsumerOwnership
    ) -> [Int64] {
        offsets.filter { offset in
            ownership.accepts(
                KafkaMessage(
                    topic: partition.topic, partition: partition.partition, offset: offset))
        }
    }
}
