import Kafka
import Postgres
import Probes
import Synchronization

extension Operations {
    /// Sets from where a group reads a topic's partitions, or one of them.
    ///
    /// The order stands in the partition's row and raises its epoch: whoever holds the partition can
    /// no longer commit and takes it over anew from there, within a second or two; where nobody
    /// does, the next one begins there.
    ///
    /// - Parameter broker: asked first for places and for how far the partitions reach; where it
    ///   does not answer, what engines have noted of them and the event log do.
    /// - Parameter isDryRun: only says what the order would come to; it is rolled back.
    package func seekConsumer(
        topic: String, partition: Int?, to target: SeekTarget, group: String,
        broker: BrokerOffsets, isDryRun: Bool = false, reason: String
    ) async throws -> SeekReport {
        let cluster = await broker.clusterID()
        let rows = try await session.withConnection(patience: patience) { connection in
            try await connection.query(
                EngineSQL.seekPartitions,
                [
                    .text(topic), partition.map { .int(Int64($0)) } ?? .null, .text(group),
                    .text(ifPresent: cluster),
                ])
        }
        var places: [SeekPlace] = []
        for row in rows { places.append(try SeekPlace(row: row, topic: topic, group: group)) }
        guard !places.isEmpty else {
            let name = partition.map { "\(topic)/\($0)" } ?? topic
            return SeekReport(
                isDryRun: isDryRun,
                lines: [
                    .init(
                        id: name, result: .refused,
                        message: "no engine of \(group) has ever read it")
                ])
        }
        let partitions = places.map(\.partition)
        let reach = (try? await broker.watermarks(partitions)) ?? [:]
        var found: [KafkaPartition: Int64] = [:]
        if case .time(let moment) = target {
            found = (try? await broker.offsets(partitions, moment)) ?? [:]
        }
        for index in places.indices {
            let partition = places[index].partition
            places[index].reach = reach[partition] ?? places[index].reach
            places[index].found = found[partition]
        }
        let person = operatorIdentity.name
        let moves = Mutex<[String: SeekReport.Move]>([:])
        let operation = try await each(
            places.map { ($0.partition.description, $0) }, action: "consumer.seek",
            type: "partition", reason: reason, isDryRun: isDryRun
        ) { connection, place, _ in
            switch try await place.seek(to: target, by: person, reason: reason, connection) {
            case .refused(let why): return .refused(why)
            case .moved(let move, let words):
                moves.withLock { $0[place.partition.description] = move }
                return Verdict(
                    result: .done, message: words,
                    details: [
                        "to": .string(target.text), "before": ["next_offset": .integer(move.from)],
                        "after": ["next_offset": .integer(move.to)],
                        "repeated": .integer(move.repeated), "skipped": .integer(move.skipped),
                    ])
            }
        }
        return SeekReport(
            isDryRun: isDryRun,
            lines: operation.lines.map { line in
                SeekReport.Line(
                    id: line.id, result: line.result, message: line.message,
                    move: line.result == .done ? moves.withLock { $0[line.id] } : nil)
            })
    }
}

/// One partition that is to be read from elsewhere, and what is known of it.
private struct SeekPlace: Sendable {
    let clusterID: String
    let group: String
    let partition: KafkaPartition
    /// As the broker says, or as an engine has noted it; nil if nobody ever did.
    var reach: (low: Int64, high: Int64)?
    /// What the broker answered to a search by time.
    var found: Int64?

    /// From a row of `seek_partitions.sql`.
    init(row: PostgresRow, topic: String, group: String) throws(PostgresError) {
        clusterID = try row.string(0)
        self.group = group
        partition = KafkaPartition(
            topic: topic, partition: Int32(truncatingIfNeeded: try row.int(1)))
        if let low = try row.int(ifPresent: 3), let high = try row.int(ifPresent: 4) {
            reach = (low, high)
        }
    }

    private var key: [PostgresValue] {
        [
            .text(clusterID), .text(group), .text(partition.topic),
            .int(Int64(partition.partition)),
        ]
    }

    enum Outcome: Sendable {
        case refused(String)
        case moved(SeekReport.Move, words: String)
    }

    func seek(
        to target: SeekTarget, by person: String, reason: String,
        _ connection: PostgresConnection
    ) async throws -> Outcome {
        guard let reach else {
            return .refused(
                "how far it reaches is not known: no broker answers, and no engine has noted it")
        }
        guard let offset = try await offset(of: target, reach, connection) else {
            return .refused(
                "neither the broker nor the event log knows an event of \(target.text) or later")
        }
        let locked = try await connection.query(EngineSQL.seekLock, key).only()
        let rule = SeekRule(
            next: try locked.int(0), reached: try locked.int(ifPresent: 1), low: reach.low,
            high: reach.high)
        let (repeated, skipped): (Int64, Range<Int64>?)
        switch rule.outcome(of: offset) {
        case .refused(let why): return .refused(why)
        case .set(let again, let never): (repeated, skipped) = (again, never)
        }
        if repeated > 0, let why = try await forgotten(since: offset, connection) {
            return .refused(why)
        }
        let whoAndWhy: [PostgresValue] = [.text(person), .text(reason)]
        // What the position has passed so far was read; from here on it says something else.
        try await SkippedGaps.end(of: key, connection)
        let gaps = try await gapsReread(from: offset, by: person, connection)
        try await connection.query(EngineSQL.seekSet, key + [.int(offset)] + whoAndWhy)
        if let skipped {
            try await connection.query(
                EngineSQL.seekSkip,
                key + [.int(skipped.lowerBound), .int(skipped.upperBound)] + whoAndWhy)
        }
        let isPaused = try locked.bool(2)
        return .moved(
            SeekReport.Move(
                from: rule.next, to: offset, repeated: repeated,
                skipped: Int64(skipped?.count ?? 0)),
            words: "from offset \(rule.next) to \(offset): "
                + SeekRule.words(repeated: repeated, skipped: skipped) + gaps
                + (isPaused ? "; it is paused, and begins there once it is resumed" : ""))
    }

    /// Notes what was skipped and is read after all, and says so.
    private func gapsReread(
        from offset: Int64, by person: String, _ connection: PostgresConnection
    ) async throws(PostgresError) -> String {
        var ids: [Int64] = []
        for row in try await connection.query(
            EngineSQL.gapReread, key + [.int(offset), .text(person)])
        where try row.bool(1) { ids.append(try row.int(0)) }
        guard !ids.isEmpty else { return "" }
        let names = ids.sorted().map(String.init).joined(separator: ", ")
        return "; gap\(ids.count == 1 ? "" : "s") \(names) will end once read"
    }

    private func offset(
        of target: SeekTarget, _ reach: (low: Int64, high: Int64), _ connection: PostgresConnection
    ) async throws(PostgresError) -> Int64? {
        switch target {
        case .earliest: return reach.low
        case .latest: return reach.high
        case .offset(let offset): return offset
        case .time(let moment):
            if let found { return found }
            let rows = try await connection.query(
                EngineSQL.seekTime,
                [
                    .text(partition.topic), .int(Int64(partition.partition)),
                    .timestamp(moment.microseconds),
                ])
            guard let row = rows.first else { return nil }
            // Of what retention has taken since, what is left is the beginning.
            return max(try row.int(0), reach.low)
        }
    }

    /// Why events from an offset on must not be read again: nobody would know all of them any more.
    private func forgotten(
        since offset: Int64, _ connection: PostgresConnection
    ) async throws(PostgresError) -> String? {
        let row = try await connection.query(
            EngineSQL.seekHorizon,
            [.text(partition.topic), .int(Int64(partition.partition)), .int(offset)]
        ).only()
        guard let horizon = try row.timestamp(ifPresent: 0) else { return nil }
        let kept = Timestamp(microseconds: horizon)
        guard let received = try row.timestamp(ifPresent: 1) else {
            return
                "when the events there came in is not known any more, and before \(kept.iso8601) "
                + "events are not known by their ids: they would be applied again"
        }
        let first = Timestamp(microseconds: received)
        guard first < kept else { return nil }
        return "the events there came in from \(first.iso8601) on, and before \(kept.iso8601) "
            + "events are not known by their ids any more: they would be applied again"
    }
}
