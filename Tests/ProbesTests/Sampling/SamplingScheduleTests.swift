import Testing

@testable import Probes

@Suite("Sampling schedule")
struct SamplingScheduleTests {
    private let start = ContinuousClock.now
    private let everything = Interest(
        list: ListInterest(noun: .events, filter: ""), detail: .event(1), tailsEvents: true)

    private func run(_ schedule: inout SamplingSchedule, _ interest: Interest, at now: Duration)
        -> [SamplingSchedule.Job]
    {
        var done: [SamplingSchedule.Job] = []
        while let job = schedule.due(at: start + now, interest) {
            done.append(job)
            schedule.finished(
                job, at: start + now, took: .milliseconds(1), hasChanged: job != .tail)
        }
        return done
    }

    @Test("does what is in view first, and the overview once the lag is known")
    func order() {
        var schedule = SamplingSchedule()
        #expect(
            run(&schedule, everything, at: .zero)
                == [.list, .detail, .tail, .lag, .services, .vendors, .overview])
        #expect(run(&schedule, everything, at: .milliseconds(249)) == [])
        #expect(run(&schedule, everything, at: .milliseconds(250)) == [.tail])
        #expect(
            run(&schedule, everything, at: .seconds(1)) == [.list, .detail, .tail, .overview])
        #expect(
            run(&schedule, everything, at: .seconds(2))
                == [.list, .detail, .tail, .lag, .vendors, .overview])
    }

    @Test("does nothing for what nobody looks at")
    func uninterested() {
        var schedule = SamplingSchedule()
        #expect(run(&schedule, Interest(), at: .zero) == [.lag, .services, .vendors, .overview])
        #expect(schedule.next(after: start, Interest()) == start + .seconds(1))
        #expect(
            schedule.next(after: start + .seconds(9), Interest()) == start + .seconds(9))
    }

    @Test("looks for new events forty times a second while they come, and four times while none do")
    func busyTail() {
        var schedule = SamplingSchedule()
        _ = run(&schedule, everything, at: .zero)
        schedule.finished(.tail, at: start, took: .milliseconds(1), hasChanged: true)
        #expect(schedule.due(at: start + .milliseconds(24), everything) == nil)
        #expect(schedule.due(at: start + .milliseconds(25), everything) == .tail)
        // A slow server is asked for a fifth of the time only.
        schedule.finished(.tail, at: start, took: .milliseconds(30), hasChanged: true)
        #expect(schedule.due(at: start + .milliseconds(149), everything) == nil)
        #expect(schedule.due(at: start + .milliseconds(150), everything) == .tail)
        schedule.finished(.tail, at: start, took: .milliseconds(1), hasChanged: false)
        #expect(schedule.due(at: start + .milliseconds(249), everything) == nil)
    }

    @Test("takes a list at once when the interest in it is new")
    func change() {
        var schedule = SamplingSchedule()
        _ = run(&schedule, everything, at: .zero)
        var other = everything
        other.list?.filter = "status:held"
        schedule.changed(from: everything, to: other)
        #expect(run(&schedule, other, at: .milliseconds(10)) == [.list])
    }

    @Test("asks rarely what takes long, but at least twice a minute")
    func adaptive() {
        var schedule = SamplingSchedule()
        _ = run(&schedule, everything, at: .zero)
        schedule.finished(.list, at: start, took: .milliseconds(200))
        #expect(schedule.due(at: start + .milliseconds(3_999), everything) != .list)
        #expect(schedule.due(at: start + .seconds(4), everything) == .list)
        schedule.finished(.list, at: start, took: .seconds(60))
        #expect(schedule.due(at: start + .seconds(30), everything) == .list)
    }

    @Test("looks more rarely at a list that stays the same, until the overview has news")
    func quiet() {
        var schedule = SamplingSchedule()
        let list = Interest(list: ListInterest(noun: .dlq, filter: ""))
        func due(_ now: Duration) -> Bool { schedule.due(at: start + now, list) == .list }
        schedule.finished(.list, at: start, took: .zero, hasChanged: false)
        #expect(!due(.milliseconds(3_999)))
        #expect(due(.seconds(4)))
        schedule.finished(.overview, at: start, took: .zero, hasChanged: false)
        #expect(!due(.seconds(1)))
        schedule.finished(.overview, at: start, took: .zero, hasChanged: true)
        #expect(!due(.milliseconds(999)))
        #expect(due(.seconds(1)))
    }
}
