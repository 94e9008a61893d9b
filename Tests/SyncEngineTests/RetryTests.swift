import Probes
import Testing

@testable import SyncEngine

@Suite("Retry policy")
struct RetryPolicyTests {
    private let now = Timestamp(microseconds: 1_000_000)

    @Test("after 2, 4 and 8 seconds, and then not again")
    func delays() {
        let policy = RetryPolicy()
        let due = (0...5).map {
            policy.nextAttempt(afterFailed: $0, now: now, jitter: 0.9)?.since(now)
        }
        #expect(due == [nil, .seconds(2), .seconds(4), .seconds(8), nil, nil])
        #expect(policy.maxAttempts == 4)
    }

    @Test("jitter lengthens a wait by at most its share")
    func jitter() {
        let policy = RetryPolicy(jitterShare: 0.5)
        for (jitter, milliseconds) in [(0, 2000), (0.5, 2500), (1, 3000), (7, 3000), (-1, 2000)] {
            let due = policy.nextAttempt(afterFailed: 1, now: now, jitter: jitter)
            #expect(due?.since(now) == .milliseconds(milliseconds))
        }
    }
}

@Suite("Failure fingerprint")
struct FailureFingerprintTests {
    @Test(
        "a message loses its values and keeps its words",
        arguments: [
            ("data.scopeIncluded[2] is a number", "data.scopeIncluded[<n>] is a number"),
            ("PYX_ES_HVAC_00123 does not exist", "<code> does not exist"),
            (#"the type "tele\"port" is not known"#, "the type <text> is not known"),
            ("role 'ana' can't log in", "role <text> can't log in"),
            ("at byte 17, after 3.5 s.", "at byte <n>, after <n> s."),
            ("id 5f0c9a5b-7d21-4e68-8a11-0123456789ab taken", "id <id> taken"),
            ("hash deadbeefdeadbeef0123 and 0xFF", "hash <id> and <id>"),
            ("since 2025-01-17T10:30:00.123456Z", "since <n>"),
            ("line  one\n\ttwo", "line one two"),
            ("unterminated \"quote", "unterminated <text>"),
            ("", ""),
        ])
    func patterns(message: String, pattern: String) {
        #expect(MessagePattern.pattern(of: message) == pattern)
    }

    @Test("failures of one kind share a fingerprint, other reasons and places do not")
    func grouping() {
        func value(_ reason: String, _ place: String, _ message: String) -> String {
            FailureFingerprint(reason: reason, place: place, message: message).value
        }
        let first = value("invalid", "data.name", "data.name.es is 12")
        #expect(first == value("invalid", "data.name", "data.name.es is 99"))
        #expect(first != value("invalid", "data.type", "data.name.es is 12"))
        #expect(first != value("malformed", "data.name", "data.name.es is 12"))
        #expect(first != value("invalid", "data.name", "data.name.fr is 12"))
        // Pinned: letters of an older version must stay in the same group.
        #expect(value("not_found", "service", "x") == "not_found-f3aca3e6e78431f6")
    }
}

@Suite("Flood detector")
struct FloodDetectorTests {
    private let bad = FailureFingerprint(reason: "invalid", place: "a", message: "a")
    private let other = FailureFingerprint(reason: "invalid", place: "b", message: "b")

    @Test("a fresh start on a broken topic is noticed at half a window, not before")
    func freshStart() {
        var detector = FloodDetector()
        for _ in 1...99 { #expect(detector.record(bad) == nil) }
        #expect(detector.record(bad) == .init(fingerprint: bad, failures: 100, events: 100))
    }

    @Test("exactly half of a full window is not more than half")
    func exactlyHalf() {
        var detector = FloodDetector()
        for _ in 1...100 {
            #expect(detector.record(nil) == nil)
            #expect(detector.record(bad) == nil)
        }
        // The oldest outcome, a success, leaves the window.
        #expect(detector.record(bad) == .init(fingerprint: bad, failures: 101, events: 200))
    }

    @Test("different failures are not added up, and old ones are forgotten")
    func forgets() {
        var detector = FloodDetector(window: 10)
        for _ in 1...20 {
            #expect(detector.record(bad) == nil)
            #expect(detector.record(other) == nil)
            #expect(detector.record(nil) == nil)
        }
        for _ in 1...10 { #expect(detector.record(nil) == nil) }
        for _ in 1...5 { #expect(detector.record(bad) == nil) }
        #expect(detector.record(bad) == .init(fingerprint: bad, failures: 6, events: 10))
        detector.reset()
        #expect(detector.record(bad) == nil)
    }
}
