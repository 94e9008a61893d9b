import Postgres
import Probes

extension Operations {
    // MARK: Breakers

    /// Closes a breaker in every live engine, within a second.
    package func resetBreaker(key: String, reason: String) async throws -> OperationReport {
        try await order("RESET", key: key, reason: reason, action: "breaker.reset")
    }

    /// Opens a breaker in every live engine until it is reset.
    package func openBreaker(key: String, reason: String) async throws -> OperationReport {
        try await order("OPEN", key: key, reason: reason, action: "breaker.open")
    }

    private func order(
        _ wish: String, key: String, reason: String, action: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            [(key, key)], action: action, type: "breaker", reason: reason
        ) { connection, key, _ in
            let known = try await connection.query(EngineSQL.breakerKnown, [.text(key)])
            let engines = try known.only().int(0)
            guard engines > 0 else {
                return .refused("no live engine has a breaker \(key)")
            }
            try await connection.query(
                EngineSQL.breakerOrderInsert,
                [.text(key), .text(wish), .text(person), .text(reason)])
            return Verdict(
                result: .done,
                message: "asked \(engines) \(engines == 1 ? "engine" : "engines")")
        }
    }

    // MARK: The consumer

    /// Pauses a topic's partitions, or one of them; engines obey within a second or two.
    package func pauseConsumer(
        topic: String, partition: Int?, reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await eachPartition(
            topic, partition, action: "consumer.pause", reason: reason
        ) { connection, part, isPaused in
            if isPaused { return .refused("is paused already") }
            try await connection.query(
                EngineSQL.offsetPause,
                [.text(topic), .int(part), .text(reason), .text(person), .null])
            return Verdict(
                result: .done, message: "paused; whoever reads it stops within a second or two")
        }
    }

    /// Lets paused partitions go on where they stopped.
    package func resumeConsumer(
        topic: String, partition: Int?, reason: String? = nil
    ) async throws -> OperationReport {
        try await eachPartition(
            topic, partition, action: "consumer.resume", reason: reason
        ) { connection, part, isPaused in
            if !isPaused { return .refused("is not paused") }
            try await connection.query(EngineSQL.offsetResume, [.text(topic), .int(part)])
            return Verdict(result: .done, message: "resumed")
        }
    }

    private func eachPartition(
        _ topic: String, _ partition: Int?, action: String, reason: String?,
        _ decide: @escaping @Sendable (PostgresConnection, Int64, Bool) async throws -> Verdict
    ) async throws -> OperationReport {
        let key: [PostgresValue] = [
            .text(topic), partition.map { .int(Int64($0)) } ?? .null,
        ]
        var parts: [Int64] = []
        let rows = try await session.withConnection(patience: patience) { connection in
            try await connection.query(EngineSQL.offsetExists, key)
        }
        for row in rows where !parts.contains(try row.int(1)) { parts.append(try row.int(1)) }
        guard !parts.isEmpty else {
            let name = partition.map { "\(topic)/\($0)" } ?? topic
            return OperationReport(lines: [
                .init(id: name, result: .refused, message: "no engine has ever read it")
            ])
        }
        return try await each(
            parts.map { ("\(topic)/\($0)", $0) }, action: action, type: "partition", reason: reason
        ) { connection, part, _ in
            let rows = try await connection.query(
                EngineSQL.offsetExists, [.text(topic), .int(part)])
            var isPaused = false
            for row in rows { isPaused = try row.bool(2) || isPaused }
            return try await decide(connection, part, isPaused)
        }
    }

    /// Notes that somebody has seen that events were lost.
    package func acknowledgeGaps(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            ids.map { (String($0), $0) }, action: "gap.acknowledge", type: "gap", reason: reason
        ) { connection, id, _ in
            let rows = try await connection.query(
                EngineSQL.gapAcknowledge, [.int64Array([id]), .text(person)])
            return rows.isEmpty
                ? .refused("there is no open gap \(id)")
                : Verdict(result: .done, message: "acknowledged")
        }
    }
}
