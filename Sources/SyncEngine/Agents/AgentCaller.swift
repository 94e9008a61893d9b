import HTTPClient
import Postgres
import Probes

/// Makes one bounded call to a vendor's agent, through its breaker.
///
/// Flows in: a question. Flows out: the agent's answer, or why there is none. May be used by many
/// tasks at once.
package struct AgentCaller: Sendable {
    private let settings: ERPSettings
    private let session: PostgresSession
    private let breakers: BreakerBoard
    private let client: HTTPClient
    private let now: @Sendable () -> Timestamp
    private let log: EngineLog

    /// - Parameter session: for looking agents up.
    init(
        settings: ERPSettings, session: PostgresSession, breakers: BreakerBoard,
        client: HTTPClient = HTTPClient(), now: @escaping @Sendable () -> Timestamp = { .now },
        log: EngineLog
    ) {
        self.settings = settings
        self.session = session
        self.breakers = breakers
        self.client = client
        self.now = now
        self.log = log
    }

    /// Returns a 2xx whose body is JSON or empty.
    ///
    /// - Parameter beforeSending: comes after the breaker has let the call through and before a byte is
    ///   sent; what it throws ends the call unsent.
    /// - Throws: `AgentCallFailure`; `PostgresError` where the agent cannot be looked up: then
    ///   nothing was sent.
    package func call(
        _ call: AgentCall, beforeSending: @Sendable () async throws -> Void = {}
    ) async throws -> AgentAnswer {
        let agent = try await agent(of: call.vendor)
        do {
            let (url, secret) = try target(agent, call)
            let permit = try permit(for: call)
            do {
                try await beforeSending()
            } catch {
                // Our own trouble must not pass for the agent's, as a probe that timed out.
                breakers.giveBack(call.breakerKey, permit)
                throw error
            }
            say(.debug, call, "calling")
            let answer = try await ask(call, at: url, secret, permit)
            say(.debug, call, "answered \(answer.status)")
            return answer
        } catch let failure as AgentCallFailure {
            say(failure.wasCalled ? .warning : .debug, call, failure.message)
            throw failure
        }
    }

    private struct Agent {
        var url: String
        var status: String
        var isDeregistered: Bool
    }

    private func agent(of vendor: String) async throws -> Agent? {
        let rows = try await session.withConnection(patience: .seconds(5)) { connection in
            try await connection.query(EngineSQL.agentCallTarget, [.text(vendor)])
        }
        guard let row = rows.first else { return nil }
        return Agent(
            url: try row.string(0), status: try row.string(1), isDeregistered: try row.bool(2))
    }

    private func permit(
        for call: AgentCall
    ) throws(AgentCallFailure) -> CircuitBreaker.Permit {
        switch breakers.begin(call.breakerKey) {
        case .allowed(let permit): return permit
        case .refused(let retryAt):
            throw AgentCallFailure(
                .breakerOpen, "The circuit breaker \(call.breakerKey) is open", retryAt: retryAt)
        }
    }

    private func ask(
        _ call: AgentCall, at url: String, _ secret: SecretText, _ permit: CircuitBreaker.Permit
    ) async throws(AgentCallFailure) -> AgentAnswer {
        do throws(AgentCallFailure) {
            let answer = try await send(call, to: url, secret)
            breakers.complete(call.breakerKey, permit, .success)
            return answer
        } catch {
            if let result = error.breakerResult {
                breakers.complete(call.breakerKey, permit, result)
            } else {
                breakers.giveBack(call.breakerKey, permit)
            }
            throw error
        }
    }

    /// Where to call, and what to say there; held to the rules again, since they may have changed
    /// after the agent registered.
    private func target(
        _ agent: Agent?, _ call: AgentCall
    ) throws(AgentCallFailure) -> (url: String, secret: SecretText) {
        guard let agent else {
            throw AgentCallFailure(.agentOffline, "\(call.vendor) has never registered an agent")
        }
        guard !agent.isDeregistered else {
            throw AgentCallFailure(.agentOffline, "The agent of \(call.vendor) is deregistered")
        }
        guard agent.status != "offline" else {
            throw AgentCallFailure(.agentOffline, "The agent of \(call.vendor) is offline")
        }
        guard let vendor = settings[vendor: call.vendor], !vendor.secret.value.isEmpty else {
            throw AgentCallFailure(
                .notConfigured, "\(call.vendor) has no secret: erp.vendors names none")
        }
        let allowed = vendor.allowedURLPrefixes
        if let refusal = AgentAddress.refusal(of: agent.url, allowedPrefixes: allowed) {
            throw AgentCallFailure(.notConfigured, "\(refusal): \(call.vendor), erp.vendors")
        }
        var base = agent.url[...]
        while base.last == "/" { base = base.dropLast() }
        return (base + call.path, vendor.secret)
    }

    private func send(
        _ call: AgentCall, to url: String, _ secret: SecretText
    ) async throws(AgentCallFailure) -> AgentAnswer {
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await client.send(
                request(call, url, secret), limits: limits, mostBytes: call.mostAnswerBytes)
        } catch {
            throw AgentCallFailure(error)
        }
        guard (200..<300).contains(answer.status) else { throw failure(answer, secret) }
        if answer.body.allSatisfy({ $0 <= 0x20 }) {
            return AgentAnswer(status: answer.status, document: nil)
        }
        guard let document = try? JSONDocument(answer.body) else {
            throw AgentCallFailure(
                .invalidAnswer,
                "The agent answered \(answer.status) with what is not JSON"
                    + said(answer, secret), status: answer.status)
        }
        return AgentAnswer(status: answer.status, document: document)
    }

    private var limits: HTTPLimits {
        let deadline = settings.callDeadline
        return HTTPLimits(
            connect: min(deadline, .seconds(10)), stall: deadline, stallBytes: 1, total: deadline)
    }

    private func request(
        _ call: AgentCall, _ url: String, _ secret: SecretText
    ) -> HTTPRequest {
        var request = HTTPRequest(
            call.method, url,
            headers: [
                ("Authorization", "Bearer \(secret.value)"), ("Accept", "application/json"),
                ("X-Correlation-ID", call.correlationID),
            ], body: call.body)
        if call.body != nil { request.headers.append(("Content-Type", "application/json")) }
        if let key = call.idempotencyKey {
            request.headers.append(("Idempotency-Key", key))
            request.isSentOnce = true
        }
        return request
    }

    private func failure(_ answer: HTTPAnswer, _ secret: SecretText) -> AgentCallFailure {
        let wait = answer.head["retry-after"].flatMap { Int64($0) }
        return AgentCallFailure(
            answer.status >= 500 ? .serverError : .refused,
            "The agent answered \(answer.status)" + said(answer, secret), status: answer.status,
            retryAt: wait.map { now().advanced(by: .seconds(min(max($0, 1), 3_600))) })
    }

    /// The agent's own words, of an error as this API shapes them the message alone.
    private func said(_ answer: HTTPAnswer, _ secret: SecretText) -> String {
        let error = (try? JSONDocument(answer.body))?.root.member("error")
        let text = error?.member("message")?.string ?? error?.string ?? answer.text
        let words = OneLine.clean(secret.removed(from: text), limit: 120)
        return words.isEmpty ? "" : ": \(words)"
    }

    private func say(_ level: EngineLog.Level, _ call: AgentCall, _ words: String) {
        log(
            level, "agent", "\(call.vendor) \(call.method) \(call.path): \(words)",
            ["correlation_id": call.correlationID, "vendor": call.vendor])
    }
}
