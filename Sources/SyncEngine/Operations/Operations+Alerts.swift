import Postgres
import Probes

/// What a person may do about alerts. They end by themselves: a person only says who looks after
/// one, and who is not to be told.
extension Operations {
    /// Nobody silences what matters for ever.
    package static let longestSilence: Duration = .seconds(30 * 86_400)

    /// Notes that this person looks after them: they are not repeated, and a pager is told.
    package func acknowledgeAlerts(
        _ ids: [Int64], reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await eachAlert(ids, action: "alert.acknowledge", reason: reason) {
            connection, alert in
            switch alert.state {
            case "FIRING": break
            case "PENDING": return .refused("it does not fire yet", entityID: alert.name)
            default: return .refused("it is over", entityID: alert.name)
            }
            if let by = alert.acknowledgedBy {
                return .refused("\(by) has acknowledged it already", entityID: alert.name)
            }
            try await connection.query(
                EngineSQL.alertAcknowledge,
                [.int(alert.id), .text(person), .text(ifPresent: Self.words(reason))])
            return Verdict(result: .done, message: alert.name, entityID: alert.name)
        }
    }

    /// Nobody is told of these alerts for a while, even if they end and come back.
    ///
    /// - Parameter duration: more than nothing, at most `longestSilence`; otherwise it is refused.
    package func silenceAlerts(
        _ ids: [Int64], for duration: Duration, reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await eachAlert(ids, action: "alert.silence", reason: reason) {
            connection, alert in
            guard Self.isPossible(duration) else { return .refused(Self.impossible) }
            guard alert.state != "RESOLVED" else {
                return .refused("it is over", entityID: alert.name)
            }
            return try await Self.silence(
                connection, rule: alert.rule, subject: alert.subject, person, duration, reason)
        }
    }

    /// Nobody is told of anything that this rule finds for a while.
    package func silenceRule(
        _ rule: String, for duration: Duration, reason: String
    ) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            [(rule, rule)], action: "alert.silence", type: "alert_rule", reason: reason
        ) { connection, rule, _ in
            guard Self.isPossible(duration) else { return .refused(Self.impossible) }
            return try await Self.silence(
                connection, rule: rule, subject: nil, person, duration, reason)
        }
    }

    /// Ends what silences these alerts, their rule's own silence included.
    package func unsilenceAlerts(_ ids: [Int64], reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await eachAlert(ids, action: "alert.unsilence", reason: reason) {
            connection, alert in
            try await Self.unsilence(connection, rule: alert.rule, subject: alert.subject, person)
        }
    }

    /// Ends the silence of a rule as a whole.
    package func unsilenceRule(_ rule: String, reason: String) async throws -> OperationReport {
        let person = operatorIdentity.name
        return try await each(
            [(rule, rule)], action: "alert.unsilence", type: "alert_rule", reason: reason
        ) { connection, rule, _ in
            try await Self.unsilence(connection, rule: rule, subject: nil, person)
        }
    }

    // MARK: Help

    private struct Target: Sendable {
        var id: Int64
        var rule: String
        var subject: String
        var state: String
        var acknowledgedBy: String?

        var name: String { subject.isEmpty ? rule : "\(rule) \(subject)" }
    }

    private func eachAlert(
        _ ids: [Int64], action: String, reason: String,
        _ decide: @escaping @Sendable (PostgresConnection, Target) async throws -> Verdict
    ) async throws -> OperationReport {
        try await each(
            ids.map { (String($0), $0) }, action: action, type: "alert", reason: reason
        ) { connection, id, _ in
            let rows = try await connection.query(EngineSQL.alertLock, [.int(id)])
            guard let row = rows.first else { return .refused("there is no alert \(id)") }
            var verdict = try await decide(
                connection,
                Target(
                    id: id, rule: try row.string(0), subject: try row.string(1),
                    state: try row.string(2), acknowledgedBy: try row.string(ifPresent: 3)))
            verdict.correlationID = CorrelationID.alert(id)
            return verdict
        }
    }

    private static func silence(
        _ connection: PostgresConnection, rule: String, subject: String?, _ person: String,
        _ duration: Duration, _ reason: String
    ) async throws -> Verdict {
        let rows = try await connection.query(
            EngineSQL.alertSilence,
            [
                .text(rule), .text(ifPresent: subject), .text(reason), .text(person),
                .double(duration / .seconds(1)),
            ])
        let until = Timestamp(microseconds: try rows.only().timestamp(0))
        return Verdict(
            result: .done, message: "silent until \(until.iso8601)", entityID: rule)
    }

    private static func unsilence(
        _ connection: PostgresConnection, rule: String, subject: String?, _ person: String
    ) async throws -> Verdict {
        let rows = try await connection.query(
            EngineSQL.alertUnsilence, [.text(rule), .text(ifPresent: subject), .text(person)])
        guard !rows.isEmpty else { return .refused("it is not silenced", entityID: rule) }
        let isWhole = try rows.contains { try $0.isNull(0) } && subject != nil
        return Verdict(
            result: .done,
            message: isWhole ? "speaks again, and so does all of \(rule)" : "speaks again",
            entityID: rule)
    }

    private static func isPossible(_ duration: Duration) -> Bool {
        duration > .zero && duration <= longestSilence
    }

    private static let impossible = "a silence lasts from a second to 30 days"

    private static func words(_ reason: String) -> String? { reason.isEmpty ? nil : reason }
}
