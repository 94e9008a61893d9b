import CRdKafka
import Synchronization

/// The commits whose answers are awaited, by the number that travels with each.
final class CommitLedger: Sendable {
    typealias Outcome = [(partition: KafkaPartition, code: KafkaErrorCode)]

    private struct Open {
        var next: UInt = 1
        var answers: [UInt: Answer<Outcome>] = [:]
    }

    private let open = Mutex(Open())

    func add(_ answer: Answer<Outcome>) -> UInt {
        open.withLock {
            let number = $0.next
            $0.next += 1
            $0.answers[number] = answer
            return number
        }
    }

    func remove(_ number: UInt) { open.withLock { $0.answers[number] = nil } }

    /// Nobody will answer any more.
    func close() {
        let answers = open.withLock { open in
            defer { open.answers = [:] }
            return open.answers
        }
        for answer in answers.values { answer.give(nil) }
    }

    func take(_ event: OpaquePointer) {
        let number = UInt(bitPattern: rd_kafka_event_opaque(event))
        guard let answer = open.withLock({ $0.answers.removeValue(forKey: number) }) else { return }
        let code = KafkaErrorCode(rd_kafka_event_error(event))
        let entries =
            rd_kafka_event_topic_partition_list(event)
            .map { PartitionList.entries(of: $0) } ?? []
        answer.give(
            entries.map { ($0.partition, $0.code == .noError ? code : $0.code) })
    }
}
