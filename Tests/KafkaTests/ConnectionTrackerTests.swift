import Testing

@testable import Kafka

@Suite("Kafka, connection state")
struct ConnectionTrackerTests {
    private let second: Int64 = 1_000_000

    @Test("connecting until a broker is up, ready for as long as one is")
    func ready() {
        var tracker = ConnectionTracker(nowMicroseconds: 0)
        #expect(tracker.state(nowMicroseconds: 1) == .connecting(sinceMicroseconds: 0))
        tracker.broker(name: "a:1", id: 1, entered: "CONNECT", nowMicroseconds: 1)
        tracker.broker(name: "a:1", id: 1, entered: "UP", nowMicroseconds: 2)
        tracker.broker(name: "b:1", id: 2, entered: "UP", nowMicroseconds: 3)
        #expect(tracker.state(nowMicroseconds: 4) == .ready(sinceMicroseconds: 2))
        tracker.broker(name: "a:1", id: 1, entered: "DOWN", nowMicroseconds: 5)
        #expect(tracker.state(nowMicroseconds: 60 * second) == .ready(sinceMicroseconds: 2))
    }

    @Test("unreachable since the last broker went, once an attempt to come back has failed")
    func unreachable() {
        var tracker = ConnectionTracker(nowMicroseconds: 0)
        tracker.broker(name: "a:1", id: 1, entered: "UP", nowMicroseconds: 2)
        tracker.broker(name: "a:1", id: 1, entered: "DOWN", nowMicroseconds: 9)
        // A broker may close an idle connection: that alone says nothing.
        #expect(tracker.state(nowMicroseconds: 10) == .connecting(sinceMicroseconds: 9))
        tracker.broker(name: "a:1", id: 1, entered: "CONNECT", nowMicroseconds: 11)
        tracker.broker(name: "a:1", id: 1, entered: "DOWN", nowMicroseconds: 12)
        let error = KafkaError(.transport, operation: "keep going")
        tracker.failed(error)
        #expect(
            tracker.state(nowMicroseconds: 13)
                == .unreachable(sinceMicroseconds: 9, lastError: error))
        tracker.broker(name: "a:1", id: 1, entered: "UP", nowMicroseconds: 14)
        #expect(tracker.state(nowMicroseconds: 15) == .ready(sinceMicroseconds: 14))
    }

    @Test("unreachable after five seconds without an answer, refused or not")
    func silence() {
        var tracker = ConnectionTracker(nowMicroseconds: 0)
        tracker.broker(name: "a:1", id: -1, entered: "CONNECT", nowMicroseconds: 1)
        #expect(tracker.state(nowMicroseconds: 5 * second - 1).isUnreachable == false)
        #expect(
            tracker.state(nowMicroseconds: 5 * second)
                == .unreachable(sinceMicroseconds: 0, lastError: nil))
    }
}
