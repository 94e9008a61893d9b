import ObjectStores
import Synchronization
import TestSupport
import Testing

@Suite("Gate before a bucket's calls", .timeLimit(.minutes(2)))
struct CallGateTests {
    @Test("hears of every attempt, and tells a sick server from one that says no")
    func hears() async throws {
        for (status, ends) in [
            (503, ["status 503", "status 503", "status 503"]), (403, ["well"]), (200, ["well"]),
        ] {
            let gate = RecordingGate()
            let bucket = StubBucket([1, 2, 3])
            try await withStubServer { request in
                status == 200 ? bucket.answer(request) : StubReply(status, json: "{}")
            } _: { server in
                let store = try openBucket(quickSettings(server) { $0.gate = gate })
                _ = try? await store.find("a.csv")
                #expect(gate.ends == ends)
                #expect(gate.keys == Set(["gs:bucket"]))
            }
        }
    }

    @Test("takes a download that gets on for well, and one that does not for sick")
    func downloads() async throws {
        let content = sample(300_000)
        for (cutAt, ends) in [
            (100_000, ["well", "well", "well"]), (10, ["sick", "sick", "sick"]),
        ] {
            let gate = RecordingGate()
            let bucket = StubBucket(content, cutAt: cutAt, script: [.cut, .cut])
            try await withTemporaryFolder { folder in
                try await withStubServer {
                    bucket.answer($0)
                } _: { server in
                    let patient = quickSettings(server) { settings in
                        settings.gate = gate
                        settings.patience.attempts = cutAt > 1_000 ? 3 : 2
                    }
                    let store = try openBucket(patient)
                    let version = try #require(try await store.find("a.csv"))
                    _ = try? await store.fetch(version, workFolder: folder) { _ in }
                    let heard = gate.ends.dropFirst().map { $0 == "well" ? "well" : "sick" }
                    #expect(heard == Array(ends.prefix(heard.count)))
                    #expect(heard.count >= 2)
                }
            }
        }
    }

    @Test("that is shut keeps every call on this machine")
    func shut() async throws {
        let gate = RecordingGate(opensFor: 1)
        try await withStubServer { _ in
            StubReply(503, json: "{}")
        } _: { server in
            let store = try openBucket(quickSettings(server) { $0.gate = gate })
            let error = await error { try await store.find("a.csv") }
            #expect(error?.kind == .suspended(until: 7))
            #expect(error?.isRetryable == true)
            #expect(server.requests.count == 1)
        }
    }
}

/// Lets a number of calls through and keeps how they ended.
private final class RecordingGate: CallGate {
    private struct State {
        var left: Int
        var keys: Set<String> = []
        var ends: [String] = []
    }

    private struct Call: OpenCall {
        let gate: RecordingGate

        func end(failure: String?) {
            gate.state.withLock { $0.ends.append(failure ?? "well") }
        }
    }

    private let state: Mutex<State>

    init(opensFor calls: Int = 100) { state = Mutex(State(left: calls)) }

    var ends: [String] { state.withLock { $0.ends } }
    var keys: Set<String> { state.withLock { $0.keys } }

    func begin(_ key: String) throws(ObjectStoreError) -> any OpenCall {
        let isOpen = state.withLock { state in
            state.keys.insert(key)
            state.left -= 1
            return state.left >= 0
        }
        guard isOpen else { throw ObjectStoreError(.suspended(until: 7), "Not now.") }
        return Call(gate: self)
    }
}
