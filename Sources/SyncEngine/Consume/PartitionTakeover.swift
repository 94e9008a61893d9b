import Kafka
import Postgres

/// Finds out from where assigned partitions are read: the stored offsets, under a new epoch; the
/// oldest message where nothing is stored; and gaps where what is stored is no longer there.
struct PartitionTakeover: Sendable {
    let clusterID: String
    let group: String
    let engineID: Int64
    let flood: FloodDetector

    struct Gap: Sendable {
        enum Kind: String, Sendable {
            case retention = "RETENTION"
            case topicRecreated = "TOPIC_RECREATED"
        }

        var partition: KafkaPartition
        var kind: Kind
        var storedOffset: Int64
        var resumedOffset: Int64
        /// Nil where nobody can tell.
        var lostEvents: Int64?
    }

    /// What the stored offset and the broker's log say together. Pure.
    static func gap(
        in partition: KafkaPartition, stored: Int64, low: Int64, end: Int64
    ) -> Gap? {
        if end < stored {
            return Gap(
                partition: partition, kind: .topicRecreated, storedOffset: stored,
                resumedOffset: low, lostEvents: nil)
        }
        if low > stored {
            return Gap(
                partition: partition, kind: .retention, storedOffset: stored, resumedOffset: low,
                lostEvents: low - stored)
        }
        return nil
    }

    /// The position was sought between two looks at it: look again.
    struct PositionMoved: Error, CustomStringConvertible {
        let partition: KafkaPartition
        var description: String { "\(partition) was sought meanwhile" }
    }

    /// Keeps whoever held the partitions from committing, and says where they stand: watermarks that
    /// are read afterwards reach at least that far.
    func hold(
        _ partitions: [KafkaPartition], on connection: PostgresConnection
    ) async throws(PostgresError) -> [KafkaPartition: Int64] {
        var offsets: [KafkaPartition: Int64] = [:]
        for (topic, members) in Dictionary(grouping: partitions, by: \.topic) {
            for row in try await assign(topic, members, on: connection) {
                let number = Int32(truncatingIfNeeded: try row.int(0))
                offsets[KafkaPartition(topic: topic, partition: number)] = try row.int(1)
            }
        }
        return offsets
    }

    /// Takes the partitions over in one transaction; the gaps found are recorded in it too.
    ///
    /// - Parameter held: what `hold` said before the watermarks were read. Throws `PositionMoved`
    ///   where that is no longer so: a place that was sought since may lie beyond them.
    func takeOver(
        _ partitions: [KafkaPartition], watermarks: [KafkaPartition: (low: Int64, end: Int64)],
        held: [KafkaPartition: Int64]? = nil, on connection: PostgresConnection
    ) async throws -> (assigned: [KafkaPartition: AssignedPartition], gaps: [Gap]) {
        try await connection.transaction { connection in
            var assigned: [KafkaPartition: AssignedPartition] = [:]
            var gaps: [Gap] = []
            for (topic, members) in Dictionary(grouping: partitions, by: \.topic).sorted(
                by: { $0.key < $1.key })
            {
                for row in try await assign(topic, members, on: connection) {
                    let partition = KafkaPartition(
                        topic: topic, partition: Int32(truncatingIfNeeded: try row.int(0)))
                    if let held, held[partition] != (try row.int(1)) {
                        throw PositionMoved(partition: partition)
                    }
                    assigned[partition] = AssignedPartition(
                        position: PartitionPosition(
                            clusterID: clusterID, group: group, partition: partition,
                            epoch: try row.int(2), nextOffset: try row.int(1)),
                        pauseReason: try row.string(ifPresent: 3), flood: flood)
                }
            }
            for partition in partitions.sorted() {
                guard let (low, end) = watermarks[partition] else { continue }
                let stored = assigned[partition]?.position.nextOffset
                if let stored,
                    let gap = Self.gap(
                        in: partition, stored: stored, low: low, end: end)
                {
                    gaps.append(gap)
                    try await record(gap, on: connection)
                } else if stored != nil {
                    continue
                }
                let row = try await begin(partition, at: low, on: connection)
                assigned[partition] = AssignedPartition(
                    position: PartitionPosition(
                        clusterID: clusterID, group: group, partition: partition,
                        epoch: try row.int(1), nextOffset: low),
                    pauseReason: assigned[partition]?.pause?.reason, flood: flood)
            }
            return (assigned, gaps)
        }
    }

    private func assign(
        _ topic: String, _ members: [KafkaPartition], on connection: PostgresConnection
    ) async throws(PostgresError) -> PostgresRows {
        try await connection.query(
            EngineSQL.offsetAssign,
            [
                .text(clusterID), .text(group), .text(topic),
                .int32Array(members.map(\.partition)), .int(engineID),
            ])
    }

    private func begin(
        _ partition: KafkaPartition, at offset: Int64, on connection: PostgresConnection
    ) async throws(PostgresError) -> PostgresRow {
        try await connection.query(
            EngineSQL.offsetBegin,
            [
                .text(clusterID), .text(group), .text(partition.topic),
                .int(Int64(partition.partition)), .int(offset), .int(engineID),
            ]
        ).only()
    }

    private func record(
        _ gap: Gap, on connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.query(
            EngineSQL.gapInsert,
            [
                .text(clusterID), .text(group), .text(gap.partition.topic),
                .int(Int64(gap.partition.partition)), .text(gap.kind.rawValue),
                .int(gap.storedOffset), .int(gap.resumedOffset), .int(ifPresent: gap.lostEvents),
            ])
    }
}
