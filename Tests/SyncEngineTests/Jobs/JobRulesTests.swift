import Probes
import Testing

@testable import SyncEngine

@Suite("Rules of jobs")
struct JobRulesTests {
    private static let now = Timestamp(microseconds: 1_000_000_000)

    private func rules(_ settings: JobSettings = JobSettings(), jitter: Double = 0) -> JobRules {
        JobRules(settings: settings, now: Self.now, jitter: jitter)
    }

    private static func failure(
        _ kind: AgentCallFailure.Kind, retryAfter: Duration? = nil
    ) -> AgentCallFailure {
        AgentCallFailure(kind, "words", retryAt: retryAfter.map { now.advanced(by: $0) })
    }

    /// What a test compares of a step.
    private func words(_ step: JobRules.Step) -> String {
        switch step {
        case .waitForCallback(let deadline): "callback within \(deadline / .seconds(1))"
        case .tryAgain(let wait, let error): "again after \(wait / .seconds(1)): \(error)"
        case .wait(let reason, let again, let error):
            "wait for \(reason), \(again / .seconds(1)): \(error)"
        case .release: "release"
        case .deadLetter(let reason, let stage, let error): "letter \(reason) \(stage): \(error)"
        case .cancel(let words): "cancel \(words)"
        case .complete(let reference, _): "complete \(reference ?? "-")"
        }
    }

    @Test("wait a minute after the first failed call, and twice as long after each further one")
    func backoff() {
        let waits = (0..<4).map { attempts in
            words(
                rules().step(
                    .sample(attempts: attempts), after: .callFailed(Self.failure(.serverError))))
        }
        #expect(
            waits == [60, 120, 240, 480].map { "again after \($0).0: words" })
    }

    @Test("never wait for longer than an hour, and grow by a tenth at most by chance")
    func bounds() {
        var settings = JobSettings()
        settings.maxAttempts = 1_000
        for attempts in [6, 20, 62, 63, 64, 999 - 1] {
            #expect(
                words(
                    rules(settings).step(
                        .sample(attempts: attempts, of: 1_000),
                        after: .callFailed(Self.failure(.timedOut)))) == "again after 3600.0: words"
            )
        }
        #expect(
            words(
                rules(jitter: 0.5).step(.sample(), after: .callFailed(Self.failure(.timedOut))))
                == "again after 63.0: words")
    }

    @Test("wait as long as the agent asks, where that is longer")
    func retryAfter() {
        let longer = Self.failure(.serverError, retryAfter: .seconds(90))
        let shorter = Self.failure(.serverError, retryAfter: .seconds(5))
        #expect(
            words(rules().step(.sample(), after: .callFailed(longer)))
                == "again after 90.0: words")
        #expect(
            words(rules().step(.sample(), after: .callFailed(shorter)))
                == "again after 60.0: words")
    }

    @Test(
        "count an attempt for each call that was made, whatever became of it",
        arguments: AgentCallFailure.Kind.allCases)
    func attempts(kind: AgentCallFailure.Kind) {
        let step = words(
            rules().step(.sample(attempts: 4), after: .callFailed(Self.failure(kind))))
        switch kind {
        case .agentOffline: #expect(step == "wait for agent_offline, 1.0: words")
        case .breakerOpen: #expect(step == "wait for breaker_open, 1.0: words")
        case .notConfigured: #expect(step == "wait for not_configured, 30.0: words")
        case .cancelled: #expect(step == "release")
        case .cannotConnect, .refused, .timedOut, .connectionLost, .serverError, .invalidAnswer:
            #expect(step == "letter retries_exhausted call: words")
        }
    }

    @Test("look again when the breaker lets a call through, where that is known")
    func breakerOpen() {
        let failure = Self.failure(.breakerOpen, retryAfter: .seconds(45))
        #expect(
            words(rules().step(.sample(), after: .callFailed(failure)))
                == "wait for breaker_open, 45.0: words")
    }

    @Test("count a missing callback and a reported failure as attempts")
    func callbacks() {
        #expect(words(rules().step(.sample(), after: .taken)) == "callback within 600.0")
        #expect(
            words(rules().step(.sample(attempts: 1), after: .callbackMissing))
                == "again after 120.0: no callback came within 600.0 seconds")
        #expect(
            words(rules().step(.sample(attempts: 4), after: .reportedFailed("no stock")))
                == "letter retries_exhausted callback: no stock")
        #expect(
            words(rules().step(.sample(), after: .reportedDone(reference: "E-1", metadata: nil)))
                == "complete E-1")
    }

    @Test("end an expired job with a letter that says whether the agent has taken it")
    func expiry() {
        #expect(
            words(rules().step(.sample(), after: .expired))
                == "letter expired expiry: not finished in time")
        #expect(
            words(rules().step(.sample(error: "refused"), after: .expired))
                == "letter expired expiry: not finished in time: refused")
        #expect(
            words(rules().step(.sample(.processing, waitsFor: "callback"), after: .expired))
                == "letter expired expiry: not finished in time; "
                + "the agent has taken it, and may still do it")
    }

    @Test("give an abandoned job back at once, or later where its call may go on")
    func abandoned() {
        #expect(words(rules().step(.sample(), after: .abandoned(again: .zero))) == "release")
        #expect(
            words(rules().step(.sample(), after: .abandoned(again: .seconds(60))))
                == "wait for backoff, 60.0: how its last call ended is not known")
    }

    @Test("cancel a job that a person wants cancelled as soon as nobody has it in hand")
    func cancellation() {
        func step(_ event: JobRules.Event) -> String {
            words(rules().step(.sample(wish: .init(by: "ana", reason: "wrong")), after: event))
        }
        let start = "cancel cancelled by ana: wrong"
        #expect(step(.taken) == start + "; the agent had taken it by then")
        #expect(step(.callFailed(Self.failure(.agentOffline))) == start)
        #expect(step(.callFailed(Self.failure(.cancelled))) == start + "; its call was broken off")
        #expect(
            step(.callFailed(Self.failure(.serverError))) == start + "; its last call failed: words"
        )
        #expect(step(.reportedFailed("no")) == start + "; its last call failed: no")
        #expect(
            step(.abandoned(again: .zero)) == start + "; how its last call ended is not known")
        // What the agent has done is done.
        #expect(step(.reportedDone(reference: nil, metadata: nil)) == "complete -")
    }
}

extension JobRecord {
    static func sample(
        _ status: Status = .processing, waitsFor: String? = nil, attempts: Int = 0,
        of most: Int = 5,
        error: String? = nil, wish: Cancellation? = nil
    ) -> JobRecord {
        JobRecord(
            id: 7, vendor: "vendor-a", operation: "create_order", status: status,
            waitsFor: waitsFor, engineID: waitsFor == nil ? 1 : nil, claim: 1, attempts: attempts,
            maxAttempts: most, payload: "{}", error: error, correlationID: "c", orderID: 1,
            uniqueKey: "ORD-1", idempotencyKey: "job-7", cancellation: wish)
    }
}
