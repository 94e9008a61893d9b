import CRdKafka
import Synchronization

/// The records whose delivery reports are awaited, in batches.
///
/// A record carries the number of its batch and its place in it in the one pointer that librdkafka
/// hands back, so that no memory has to be kept for it.
final class DeliveryLedger: Sendable {
    typealias Outcome = Result<KafkaDelivery, KafkaError>

    private static let indexBits: UInt = 24
    /// The most records a batch can have.
    static let batchLimit = 1 << Int(indexBits)

    private struct Batch {
        var outcomes: [Outcome?]
        var missing: Int
        let answer: Answer<[Outcome]>
    }

    private struct Open {
        var next: UInt = 1
        var batches: [UInt: Batch] = [:]
        var reports: UInt64 = 0
        var waiters: [Answer<Void>] = []
    }

    private let open = Mutex(Open())

    /// Opens a batch of `count` records.
    func add(count: Int, answer: Answer<[Outcome]>) -> UInt {
        open.withLock {
            let number = $0.next
            $0.next += 1
            $0.batches[number] = Batch(
                outcomes: Array(repeating: nil, count: count), missing: count, answer: answer)
            return number
        }
    }

    /// What travels with the record at `index` of a batch.
    static func opaque(batch: UInt, index: Int) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: batch << indexBits | UInt(index))
    }

    /// The record could not even be queued.
    func refuse(batch: UInt, index: Int, error: KafkaError) {
        settle([(batch, index, .failure(error))])
    }

    /// Records that have no outcome yet.
    var outstanding: Int { open.withLock { $0.batches.values.reduce(0) { $0 + $1.missing } } }

    /// How many reports have come so far: `nextReport(after:)` awaits one more.
    var reports: UInt64 { open.withLock { $0.reports } }

    /// Given when reports have come since there were `reports` of them.
    func nextReport(after reports: UInt64) -> Answer<Void> {
        let answer = Answer<Void>()
        let isPast = open.withLock { open in
            if open.reports == reports { open.waiters.append(answer) }
            return open.reports != reports
        }
        if isPast { answer.give(()) }
        return answer
    }

    /// Nobody will report any more: what is missing has failed.
    func close(error: KafkaError) {
        let (batches, waiters) = open.withLock { open in
            defer { (open.batches, open.waiters) = ([:], []) }
            return (open.batches, open.waiters)
        }
        for batch in batches.values {
            batch.answer.give(batch.outcomes.map { $0 ?? .failure(error) })
        }
        for waiter in waiters { waiter.give(nil) }
    }

    func take(_ event: OpaquePointer, scrubber: SecretScrubber) {
        var settled: [(UInt, Int, Outcome)] = []
        var topics = TopicNames()
        while let message = rd_kafka_event_message_next(event) {
            let bits = UInt(bitPattern: message.pointee._private)
            let partition = KafkaPartition(
                topic: topics.name(of: message.pointee.rkt), partition: message.pointee.partition)
            let code = KafkaErrorCode(message.pointee.err)
            let outcome: Outcome =
                code == .noError
                ? .success(
                    KafkaDelivery(
                        partition: partition,
                        offset: message.pointee.offset >= 0 ? message.pointee.offset : nil))
                : .failure(
                    KafkaError(code, operation: "deliver a record", partition: partition))
            let index = Int(bits & (1 << Self.indexBits - 1))
            settled.append((bits >> Self.indexBits, index, outcome))
        }
        settle(settled)
    }

    private func settle(_ settled: [(batch: UInt, index: Int, outcome: Outcome)]) {
        guard !settled.isEmpty else { return }
        let (done, waiters): ([Batch], [Answer<Void>]) = open.withLock { open in
            var done: [Batch] = []
            for each in settled {
                guard var batch = open.batches.removeValue(forKey: each.batch) else { continue }
                if batch.outcomes[each.index] == nil { batch.missing -= 1 }
                batch.outcomes[each.index] = each.outcome
                if batch.missing == 0 {
                    done.append(batch)
                } else {
                    open.batches[each.batch] = batch
                }
            }
            open.reports += 1
            defer { open.waiters = [] }
            return (done, open.waiters)
        }
        for batch in done { batch.answer.give(batch.outcomes.compactMap { $0 }) }
        for waiter in waiters { waiter.give(()) }
    }
}
