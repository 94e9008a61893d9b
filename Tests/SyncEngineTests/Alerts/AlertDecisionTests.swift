import Probes
import Testing

@testable import SyncEngine

@Suite("Alert states")
struct AlertDecisionTests {
    /// One rule over a signal, and time that passes only here.
    private struct Bench {
        var rule: AlertRule
        var records: [AlertRecord] = []
        var now = Timestamp(microseconds: 1_800_000_000_000_000)
        var isSilenced = false

        init(
            hold: Duration = .zero, repeats: Duration? = nil, minimum: Int64? = nil,
            _ condition: String = "consumer_lag > 10"
        ) throws {
            rule = AlertRule(
                name: "lag", trigger: .condition(try AlertCondition(condition)),
                severity: .critical, channels: [.slack], minimum: minimum, hold: hold,
                repeats: repeats)
        }

        mutating func pass(_ seconds: Int64) { now = now.advanced(by: .seconds(seconds)) }

        /// What changes, in words: `fired a (told fired)`.
        mutating func see(_ reading: SignalReading) -> [String] {
            guard case .condition(let condition) = rule.trigger else { return [] }
            let silenced = isSilenced
            let steps = AlertDecision(rule: rule, now: now)
                .steps(reading, condition, records, isSilenced: { _ in silenced })
            for step in steps {
                records.removeAll {
                    $0.subject == step.record.subject
                        && ($0.state != .resolved || $0.startedAt == step.record.startedAt)
                }
                if step.change != .dropped { records.append(step.record) }
            }
            return steps.map { step in
                step.change.rawValue + " " + step.record.subject
                    + (step.tells.map { " (told \($0.rawValue))" } ?? "")
            }
        }

        mutating func see(_ lag: [String: Double]) -> [String] {
            see(
                .known(
                    lag.sorted { $0.key < $1.key }
                        .map { SignalValue(subject: $0.key, .number($0.value)) }))
        }
    }

    @Test("wait for as long as the rule says, fire once, and end by themselves")
    func life() throws {
        var bench = try Bench(hold: .seconds(60))
        #expect(bench.see(["a": 11]) == ["pending a"])
        bench.pass(59)
        #expect(bench.see(["a": 12]) == ["seen a"])
        bench.pass(1)
        #expect(bench.see(["a": 13]) == ["fired a (told fired)"])
        bench.pass(5)
        #expect(bench.see(["a": 14]) == ["seen a"])
        bench.pass(5)
        #expect(bench.see(["a": 10]) == ["resolved a (told resolved)"])
        #expect(bench.see(["a": 10]) == [])
        #expect(bench.records.map(\.state) == [.resolved])
    }

    @Test("that end before they fire leave nothing, and nobody hears of them")
    func dropped() throws {
        var bench = try Bench(hold: .seconds(60))
        #expect(bench.see(["a": 11]) == ["pending a"])
        bench.pass(59)
        #expect(bench.see([:]) == ["dropped a"])
        #expect(bench.records.isEmpty)
        bench.pass(1)
        #expect(bench.see(["a": 11]) == ["pending a"])
    }

    @Test("are one for each subject")
    func subjects() throws {
        var bench = try Bench()
        #expect(
            bench.see(["a": 11, "b": 9, "c": 99]) == [
                "fired a (told fired)", "fired c (told fired)",
            ])
        #expect(
            bench.see(["a": 11, "b": 20]) == [
                "seen a", "fired b (told fired)", "resolved c (told resolved)",
            ])
    }

    @Test("stay as they are while the signal is not known")
    func unknown() throws {
        var bench = try Bench()
        #expect(bench.see(.unknown("no agents")) == [])
        #expect(bench.see(["a": 11]) == ["fired a (told fired)"])
        #expect(bench.see(.unknown("the broker does not answer")) == [])
        #expect(bench.records.map(\.state) == [.firing])
    }

    @Test("need the percentage to be of enough")
    func minimum() throws {
        var bench = try Bench(minimum: 20, "failed_events_percent > 5")
        func reading(_ percent: Double, of events: Int64) -> SignalReading {
            .known([SignalValue(.number(percent), outOf: events)])
        }
        #expect(bench.see(reading(100, of: 19)) == [])
        #expect(bench.see(reading(5.1, of: 20)) == ["fired  (told fired)"])
        #expect(bench.see(reading(5, of: 20)) == ["resolved  (told resolved)"])
    }

    @Test("that flap are the same alert, and nobody is told again")
    func flapping() throws {
        var bench = try Bench()
        #expect(bench.see(["a": 11]) == ["fired a (told fired)"])
        for round in 1...20 {
            bench.pass(10)
            #expect(bench.see([:]) == ["resolved a (told resolved)"])
            bench.pass(10)
            #expect(bench.see(["a": 11]) == ["reopened a"])
            #expect(bench.records.count == 1)
            #expect(bench.records[0].occurrences == Int64(round + 1))
        }
        bench.pass(10)
        #expect(bench.see([:]) == ["resolved a (told resolved)"])
        bench.pass(300)
        #expect(bench.see(["a": 11]) == ["fired a (told fired)"])
        #expect(bench.records.count == 2)
    }

    @Test("are told again after as long as the rule says, unless somebody looks after them")
    func repeating() throws {
        var bench = try Bench(repeats: .seconds(600))
        _ = bench.see(["a": 11])
        bench.pass(599)
        #expect(bench.see(["a": 11]) == ["seen a"])
        bench.pass(1)
        #expect(bench.see(["a": 11]) == ["repeated a (told repeated)"])
        bench.records[0].acknowledgedAt = bench.now
        bench.pass(600)
        #expect(bench.see(["a": 11]) == ["seen a"])
    }

    @Test("that are silenced fire without a word, and speak when the silence is over")
    func silenced() throws {
        var bench = try Bench()
        bench.isSilenced = true
        #expect(bench.see(["a": 11]) == ["fired a"])
        bench.pass(5)
        bench.records[0].isSilenced = true
        #expect(bench.see(["a": 11]) == ["seen a"])
        bench.records[0].isSilenced = false
        #expect(bench.see(["a": 11]) == ["told a (told fired)"])
    }

    @Test("that nobody was told of end without a word too")
    func quietEnd() throws {
        var bench = try Bench()
        bench.isSilenced = true
        _ = bench.see(["a": 11])
        bench.records[0].isSilenced = true
        #expect(bench.see([:]) == ["resolved a"])
    }

    @Test("do not wait longer because a clock was set back")
    func clockBack() throws {
        var bench = try Bench(hold: .seconds(60))
        _ = bench.see(["a": 11])
        bench.pass(-3_600)
        #expect(bench.see(["a": 11]) == ["seen a"])
        bench.pass(60)
        #expect(bench.see(["a": 11]) == ["fired a (told fired)"])
    }

    @Test("whose rule is gone are over")
    func orphaned() {
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        let record = AlertRecord(
            id: 1, rule: "gone", subject: "", state: .firing, startedAt: now, seenAt: now,
            notifiedAt: now)
        let steps = AlertBook(records: [record])
            .steps(AlertRules([]), Signals(takenAt: now), now: now)
        #expect(steps.map(\.change) == [.resolved])
        #expect(steps.map(\.tells) == [.resolved])
    }

    // MARK: Notices

    @Test("over notices are one for each thing, stand for a while, and count what comes after")
    func notices() {
        let rule = AlertRule(
            name: "told", trigger: .notice("review_opened"), severity: .info, channels: [.slack],
            keeps: .seconds(3_600))
        var now = Timestamp(microseconds: 1_800_000_000_000_000)
        func notice(_ id: Int64, _ subject: String) -> AlertNotice {
            AlertNotice(id: id, kind: "review_opened", subject: subject, title: "n\(id)")
        }
        let first = NoticeDecision(rule: rule, now: now)
            .steps([notice(1, "a"), notice(2, "b"), notice(3, "a")], []) { _ in false }
        #expect(first.map(\.change) == [.fired, .fired])
        #expect(first.map(\.record.occurrences) == [2, 1])
        #expect(first.map(\.tells) == [.fired, .fired])
        now = now.advanced(by: .seconds(60))
        let second = NoticeDecision(rule: rule, now: now)
            .steps([notice(4, "b")], first.map(\.record)) { _ in false }
        #expect(second.map(\.change) == [.seen, .again])
        #expect(second.map(\.tells) == [nil, nil])
        now = now.advanced(by: .seconds(3_540))
        let third = NoticeDecision(rule: rule, now: now)
            .steps([], second.map(\.record)) { _ in false }
        #expect(third.map(\.change) == [.resolved, .seen])
    }

    @Test("over notices are over once their cause is, and say why")
    func settledNotice() {
        let rule = AlertRule(
            name: "told", trigger: .notice("review_opened"), severity: .info, channels: [.slack])
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        let records = [1, 2].map { (id: Int64) in
            AlertRecord(
                id: id, rule: "told", subject: "review \(id)", state: .firing, startedAt: now,
                seenAt: now, notifiedAt: now)
        }
        let steps = NoticeDecision(rule: rule, now: now, settled: [2: "it was approved"])
            .steps([], records) { _ in false }
        #expect(steps.map(\.change) == [.seen, .resolved])
        #expect(steps.map(\.message) == [nil, "it was approved"])
    }

    @Test("over notices are over once somebody has seen them")
    func seenNotice() {
        let rule = AlertRule(
            name: "told", trigger: .notice("review_opened"), severity: .info, channels: [.slack])
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        let record = AlertRecord(
            id: 1, rule: "told", subject: "a", state: .firing, startedAt: now, seenAt: now,
            notifiedAt: now, acknowledgedAt: now)
        let steps = NoticeDecision(rule: rule, now: now).steps([], [record]) { _ in false }
        #expect(steps.map(\.change) == [.resolved])
    }
}
