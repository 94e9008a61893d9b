import Foundation
import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

@Suite("An agent that fails in the middle of a comparison", .timeLimit(.minutes(5)))
struct AgentTroubleTests {
    private static let ours = AgentRunTests.items(60)
    private static let theirs: [String: String] = {
        var theirs = AgentRunTests.items(60)
        for number in stride(from: 0, to: 60, by: 20) {
            theirs[AgentRunTests.sku(number)] = "changed"
        }
        theirs["NEW"] = "new"
        theirs[AgentRunTests.sku(33)] = nil
        return theirs
    }()

    /// Small steps, so that there are many questions to fail at.
    private static func smallSteps(_ settings: inout AgentReconciliationSettings) {
        settings.narrowing = NarrowingRules(
            rangesAtOnce: 8, leastPieces: 2, itemsAtOnce: 4, pageItems: 3)
        settings.chunkItems = 2
    }

    private static func lookingSeldom(_ settings: inout AgentReconciliationSettings) {
        settings.lookAgain = .seconds(30)
    }

    private static func impatient(_ settings: inout AgentReconciliationSettings) {
        settings.patience = .seconds(2)
    }

    static let tricks: [(name: String, reply: StubReply)] = [
        ("says 500", StubReply(500, json: #"{"error":"down"}"#)),
        ("says 503", StubReply(503, headers: [("Retry-After", "1")])),
        ("breaks off", StubReply(200, body: Array("{}".utf8), sentBytes: 1, ending: .cut)),
        ("shows a page", StubReply(200, body: Array("<html>Welcome</html>".utf8))),
        ("gives nonsense", StubReply(200, json: #"{"ranges":[{"count":-1}],"items":{}}"#)),
    ]

    @Test("goes on where it was, at whichever question it failed", arguments: tricks.indices)
    func eachQuestion(trick: Int) async throws {
        let reply = Self.tricks[trick].reply
        // How many questions there are without any trouble.
        let questions = Mutex(0)
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.smallSteps
        ) { fixture in
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            let count = fixture.agent.questions.count
            questions.withLock { $0 = count }
        }
        let count = questions.withLock { $0 }
        #expect(count > 6)
        for failing in stride(from: 0, to: count, by: trick == 0 ? 1 : 3) {
            try await AgentRunFixture.with(
                ours: Self.ours, theirs: Self.theirs, settings: Self.smallSteps
            ) { fixture in
                fixture.agent.trick { number, _ in number == failing ? reply : nil }
                let state = try await fixture.compare()
                #expect(state == "PARTIAL_SUCCESS")
                #expect(try await fixture.ours() == fixture.agent.listed)
                #expect(try await fixture.saidTwice().isEmpty)
                #expect(try await fixture.drift().count == 5)
                // What failed was asked again, and what was said to be missing: nothing else.
                #expect(fixture.agent.questions.count <= count + 3)
            }
        }
    }

    @Test("waits with its reason, and ends with it once it has waited enough")
    func waitsAndEnds() async throws {
        try await AgentRunFixture.with(ours: Self.ours, theirs: Self.theirs) { fixture in
            fixture.agent.trick { _, _ in StubReply(500, json: "{}") }
            let id = try await fixture.start()
            let isWaiting = try await eventually(within: .seconds(30)) {
                try await fixture.events.count(
                    "SELECT count(*) FROM sync_runs WHERE state = 'WAITING' "
                        + "AND phase = 'waiting_for_agent' AND wait_until IS NOT NULL "
                        + "AND error_message LIKE 'The agent answered 500%'") == 1
            }
            #expect(isWaiting)
            try await fixture.events.run(
                "UPDATE sync_runs SET wait_until = now() - interval '1 second'")
            #expect(try await fixture.rests(id) == "FAILED")
            #expect(try await fixture.error(id).hasPrefix("The agent answered 500"))
        }
    }

    @Test("waits anew when the agent has answered since it last waited")
    func waitsAnew() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.lookingSeldom
        ) { fixture in
            fixture.agent.trick { number, _ in
                [0, 2].contains(number) ? StubReply(500, json: "{}") : nil
            }
            let id = try await fixture.start()
            for questions in [1, 3] {
                let isWaiting = try await eventually(within: .seconds(30)) {
                    try await fixture.events.count(
                        "SELECT count(*) FROM sync_runs WHERE phase = 'waiting_for_agent' "
                            + "AND wait_until > now() + interval '5 minutes'") == 1
                }
                let error = try await fixture.error(id)
                #expect(isWaiting, "\(error)")
                #expect(fixture.agent.questions.count == questions)
                // As if it had waited for nearly all of its time.
                try await fixture.events.run(
                    "UPDATE sync_runs SET wait_until = now() - interval '1 second', "
                        + "lease_expires_at = now()")
            }
            #expect(try await fixture.rests(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
        }
    }

    @Test("a run that waits is cancelled at once")
    func cancelled() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.lookingSeldom
        ) { fixture in
            fixture.agent.trick { _, _ in StubReply(500, json: "{}") }
            let id = try await fixture.start()
            let isWaiting = try await eventually(within: .seconds(30)) {
                try await fixture.events.count(
                    "SELECT count(*) FROM sync_runs WHERE phase = 'waiting_for_agent'") == 1
            }
            #expect(isWaiting)
            let operations = fixture.operations()
            let report = try await operations.cancelRuns([id], reason: "enough")
            await operations.close()
            #expect(report.lines.first?.message == "cancelled")
            #expect(try await fixture.state(id) == "CANCELLED")
        }
    }

    @Test("a path that the agent does not know fails the run at once")
    func unknownPath() async throws {
        try await AgentRunFixture.with(ours: Self.ours, theirs: Self.theirs) { fixture in
            fixture.agent.trick { _, _ in StubReply(404, json: "{}") }
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "FAILED")
            #expect(try await fixture.error(id).contains("cannot be reconciled"))
            #expect(fixture.agent.questions.count == 1)
        }
    }

    @Test("nothing of the vendor's secret is kept, even where the agent says it back")
    func secret() async throws {
        try await AgentRunFixture.with(ours: Self.ours, theirs: Self.theirs) { fixture in
            fixture.agent.trick { _, request in
                let said = request.headers["authorization"] ?? ""
                return StubReply(403, json: #"{"error":"\#(said) is not welcome"}"#)
            }
            let id = try await fixture.start()
            #expect(try await fixture.rests(id) == "FAILED")
            let error = try await fixture.error(id)
            #expect(error.contains("(secret) is not welcome"), "\(error)")
            #expect(!error.contains("secret-of-vendor-a"), "\(error)")
        }
    }

    @Test("an agent that leaves before it was asked is not called any more, and nothing is removed")
    func left() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.lookingSeldom, hasWorker: false
        ) { fixture in
            let id = try await fixture.start()
            try await fixture.events.run(
                "UPDATE agent_registry SET deregistered_at = now(), auth_token_hash = NULL")
            try await fixture.withWorker(engine: 1) {
                let isWaiting = try await eventually(within: .seconds(30)) {
                    try await fixture.error(id).hasSuffix("is deregistered")
                }
                #expect(isWaiting)
            }
            #expect(fixture.agent.questions.isEmpty)
            #expect(try await fixture.ours().count == 60)
        }
    }

    @Test("what the agent said long ago is asked again when the run is taken up")
    func forgets() async throws {
        func forgetful(_ settings: inout AgentReconciliationSettings) {
            Self.smallSteps(&settings)
            settings.rememberFor = .zero
        }
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: forgetful
        ) { fixture in
            let all = Mutex<[Int]>([])
            fixture.agent.trick { number, request in
                let body = String(decoding: request.body, as: UTF8.self)
                if body == #"{"ranges":[{"from":null,"to":null}]}"# {
                    all.withLock { $0.append(number) }
                }
                return number == 2 ? StubReply(500, json: "{}") : nil
            }
            let state = try await fixture.compare()
            #expect(state == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            let asked = all.withLock { $0 }
            #expect(asked.prefix(2) == [0, 3])
        }
    }

    @Test("the breaker opens, and the run asks nobody while it is open")
    func breaker() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs,
            breakers: BreakerPolicy(volumeThreshold: 3, resetTimeout: .seconds(3_600))
        ) { fixture in
            fixture.agent.trick { _, _ in StubReply(500, json: "{}") }
            let id = try await fixture.start()
            let isOpen = try await eventually(within: .seconds(60)) {
                try await fixture.error(id).contains("is open")
            }
            #expect(isOpen)
            #expect(fixture.agent.questions.count == 3)
            // A question that the breaker kept back was not asked.
            let counted = try await fixture.events.texts(
                "SELECT checkpoint ->> 'requests' FROM sync_runs")
            #expect(counted == ["3"])
            #expect(fixture.breakers.snapshots().first?.key == "vendor-a:reconciliation")
        }
    }

    @Test("a continuation without an end is found out, and so is an answer that is far too long")
    func withoutEnd() async throws {
        let tricks: [(String, @Sendable (Int, StubRequest) -> StubReply?)] = [
            (
                "the agent gives more than",
                { _, request in
                    guard request.path == "/sync/items" else { return nil }
                    let after = (try? JSONDocument(request.body))?.root["after"]?.string ?? "A"
                    let items = (100..<600).map { StubAgent.item("\(after)\($0)", "h") }
                    return StubReply(
                        200,
                        json: JSONWriter.text(["items": .array(items), "more": true]))
                }
            ),
            (
                "The answer is longer than",
                { _, _ in StubReply(200, body: Array(repeating: 0x20, count: 2 << 20)) }
            ),
        ]
        for (words, trick) in tricks {
            try await AgentRunFixture.with(
                theirs: AgentRunTests.items(300), settings: Self.impatient
            ) { fixture in
                fixture.agent.trick(trick)
                let id = try await fixture.start()
                #expect(try await fixture.rests(id) == "FAILED")
                let error = try await fixture.error(id)
                #expect(error.contains(words), "\(error)")
            }
        }
    }

    @Test("an engine that was frozen writes nothing behind its successor")
    func successor() async throws {
        let hold = DispatchSemaphore(value: 0)
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.smallSteps
        ) { fixture in
            let held = Mutex(false)
            fixture.agent.trick { _, request in
                guard request.path == "/sync/items" else { return nil }
                let isFirst = held.withLock { held in
                    defer { held = true }
                    return !held
                }
                if isFirst { hold.wait() }
                return nil
            }
            let id = try await fixture.start()
            let isHeld = await eventually(within: .seconds(30)) { held.withLock { $0 } }
            #expect(isHeld)
            // As if the engine had fallen silent: another one takes the run.
            try await fixture.events.run(
                "UPDATE sync_runs SET lease_engine_id = 99, taken_up = taken_up + 1, "
                    + "lease_expires_at = now() - interval '1 second'")
            try await fixture.withWorker(engine: 2) {
                let state = try await fixture.rests(id)
                #expect(state == "PARTIAL_SUCCESS")
            }
            hold.signal()
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(try await fixture.saidTwice().isEmpty)
            #expect(try await fixture.drift().count == 5)
        }
    }

    @Test("a run that its engine hands over is finished by the next one, from where it was")
    func handedOver() async throws {
        try await AgentRunFixture.with(
            ours: Self.ours, theirs: Self.theirs, settings: Self.smallSteps, hasWorker: false
        ) { fixture in
            let id = try await fixture.start()
            // Each engine leaves after some questions.
            var engine: Int64 = 1
            while ["WAITING", "RUNNING"].contains(try await fixture.state(id)) {
                let before = fixture.agent.questions.count
                try await fixture.withWorker(engine: engine) {
                    _ = try await eventually(within: .seconds(30)) {
                        let state = try await fixture.state(id)
                        return fixture.agent.questions.count >= before + 2
                            || !["WAITING", "RUNNING"].contains(state)
                    }
                }
                engine += 1
                #expect(engine < 200)
                if engine >= 200 { return }
            }
            #expect(try await fixture.state(id) == "PARTIAL_SUCCESS")
            #expect(try await fixture.ours() == fixture.agent.listed)
            #expect(try await fixture.saidTwice().isEmpty)
            #expect(engine > 2)
        }
    }
}
