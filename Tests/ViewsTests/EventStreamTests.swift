import Probes
import Testing

@testable import Views

@Suite("Live tail")
struct EventStreamTests {
    @Test("follows: new events come in at the bottom and the cursor goes along")
    func follows() {
        var script = Script()
        script.press("3")
        #expect(script.model.interest.tailsEvents)
        script.model.take(tail: [Sample.event(1_041), Sample.event(1_042)])
        #expect(script.model.cursorRow(EventList.self)?.id == 1_042)
        #expect(script.screen.contains("PYX_ES_HVAC_1042"))
        #expect(script.screen.contains("live"))
    }

    @Test("stands still while paused, counts what is new, and goes on where it is")
    func pauses() {
        var script = Script()
        script.press("3 k")
        let before = script.screen
        #expect(before.contains("PAUSED"))
        script.model.take(tail: [Sample.event(1_041), Sample.event(1_042)])
        #expect(script.screen.contains("PAUSED, 2 new, p follows"))
        #expect(!script.screen.contains("PYX_ES_HVAC_1042"))
        #expect(script.model.cursorRow(EventList.self)?.id == 1_039)
        script.press("G")
        #expect(script.model.cursorRow(EventList.self)?.id == 1_042)
        #expect(!script.screen.contains("PAUSED"))
    }

    @Test("shows an event's newest status once, whichever way it came")
    func merges() {
        var stream = EventStream()
        stream.merge([Sample.event(3), Sample.event(1, status: .parked)])
        stream.merge([Sample.event(2), Sample.event(1, status: .processed)])
        #expect(stream.rows.map(\.id) == [1, 2, 3])
        #expect(stream.rows[0].status == .processed)
    }

    @Test("is bounded, and counts on screen what was left out")
    func bounded() {
        var script = Script(size: Size(rows: 24, columns: 80))
        script.press("3")
        script.model.take(tail: (0..<5_000).map { Sample.event(2_000 + $0) }, dropped: 700)
        #expect(script.model.stream.rows.count == EventStream.capacity)
        #expect(script.screen.contains("700 left out"))
        script.press("p")
        script.model.take(tail: (0..<3_000).map { Sample.event(9_000 + $0) })
        #expect(script.model.stream.waiting.count == EventStream.capacity)
        #expect(script.screen.contains("1,700 left out"))
    }

    @Test("lists only what the filter lists")
    func filtered() {
        var script = Script()
        script.press("3 /")
        script.type("status:held")
        script.press("Enter")
        var readings = Sample.normal
        readings.events = Sample.page([Sample.event(5, status: .held)], at: Sample.ago(-1))
        readings.listTakenFor = ListInterest(noun: .events, filter: "status:held")
        script.model.take(readings)
        script.model.take(tail: [Sample.event(2_000), Sample.event(2_001, status: .held)])
        #expect(script.model.stream.rows.map(\.id) == [5, 2_001])
    }
}
