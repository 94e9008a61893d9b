import Probes

/// Who carries a question to a vendor's agent.
protocol AgentQuestions: Sendable {
    /// - Throws: `AgentCallFailure`; `PostgresError` where the agent cannot be looked up.
    func call(_ call: AgentCall) async throws -> AgentAnswer
}

extension AgentCaller: AgentQuestions {
    func call(_ call: AgentCall) async throws -> AgentAnswer {
        try await self.call(call, beforeSending: {})
    }
}

/// The two questions of a reconciliation, and what they cost.
struct AgentLine: Sendable {
    /// What an agent may answer at most (docs/erp.md).
    static let mostChecksumBytes = 1 << 20
    static let mostItemsBytes = 16 << 20

    let vendor: String
    let run: Int64
    let agent: any AgentQuestions

    /// Throws `RunEnd`, `PostgresError`.
    func sums(
        of ranges: [SkuRange], _ traffic: inout AgentCheckpoint.Traffic
    ) async throws -> [RangeSum] {
        traffic.ranges += Int64(ranges.count)
        let document = try await ask(
            "/sync/checksum", ChecksumAnswer.question(ranges), Self.mostChecksumBytes, &traffic)
        do throws(AgentGarbage) {
            return try ChecksumAnswer.sums(document, count: ranges.count)
        } catch { throw RunEnd.unreachable("\(error)", until: nil) }
    }

    /// Throws `RunEnd`, `PostgresError`: `unreachable` too where the agent has something in one of
    /// the ranges.
    func check(
        absent ranges: [SkuRange], _ traffic: inout AgentCheckpoint.Traffic
    ) async throws {
        let there = try await sums(of: ranges, &traffic).reduce(Int64(0)) { $0 &+ $1.count }
        guard there != 0 else { return }
        let garbage = AgentGarbage(
            "the agent left out items that its checksums still count: \(there) of them")
        throw RunEnd.unreachable("\(garbage)", until: nil)
    }

    /// Throws `RunEnd`, `PostgresError`.
    func items(
        _ page: Narrowing.Page, limit: Int, _ traffic: inout AgentCheckpoint.Traffic
    ) async throws -> ItemsAnswer {
        let question = ItemsAnswer.question(page.ranges, after: page.after, limit: limit)
        let document = try await ask("/sync/items", question, Self.mostItemsBytes, &traffic)
        do throws(AgentGarbage) {
            let answer = try ItemsAnswer(
                document, ranges: page.ranges, after: page.after, limit: limit)
            traffic.items += Int64(answer.items.count)
            try Self.check(page, answer)
            return answer
        } catch { throw RunEnd.unreachable("\(error)", until: nil) }
    }

    /// Items may be added while they are given; one that never ends is wrong.
    private static func check(
        _ page: Narrowing.Page, _ answer: ItemsAnswer
    ) throws(AgentGarbage) {
        let received = page.received + Int64(answer.items.count)
        let most = page.expected + max(page.expected / 10, 1_000)
        guard received > most else { return }
        throw AgentGarbage(
            "the agent gives more than \(most) items where it had said \(page.expected)")
    }

    private func ask(
        _ path: String, _ body: [UInt8], _ mostBytes: Int,
        _ traffic: inout AgentCheckpoint.Traffic
    ) async throws -> JSONDocument? {
        do {
            let answer = try await agent.call(
                AgentCall(
                    vendor: vendor, kind: .reconciliation, path: path, body: body,
                    correlationID: CorrelationID.run(run), mostAnswerBytes: mostBytes))
            traffic.asked(body)
            traffic.bytesReceived += Int64(answer.document?.bytes.count ?? 0)
            return answer.document
        } catch let failure as AgentCallFailure {
            if failure.wasCalled { traffic.asked(body) }
            throw RunEnd(failure)
        }
    }
}

extension AgentCheckpoint.Traffic {
    fileprivate mutating func asked(_ body: [UInt8]) {
        requests += 1
        bytesSent += Int64(body.count)
    }
}

extension RunEnd {
    /// What a call that gave nothing means for the run: it waits for whatever may pass.
    init(_ failure: AgentCallFailure) {
        switch failure.kind {
        case .cancelled: self = .stopping
        case .notConfigured: self = .failed(failure.message)
        case .refused where ![408, 425, 429].contains(failure.status):
            self = .failed(
                failure.status == 404
                    ? "\(failure.message): it does not know this path, and cannot be reconciled"
                    : failure.message)
        case .agentOffline, .breakerOpen, .cannotConnect, .refused, .timedOut, .connectionLost,
            .serverError, .invalidAnswer:
            self = .unreachable(failure.message, until: failure.retryAt)
        }
    }
}
