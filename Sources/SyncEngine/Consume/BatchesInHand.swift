import Kafka
import Probes
import Synchronization

/// Which partitions' batches are within a transaction, and since when; any thread may ask.
///
/// A transaction has a fixed number of round trips, each of them bounded: one that goes on and on means
/// that the loop which applies is stuck, which the loop that polls would not show.
final class BatchesInHand: Sendable {
    private let began = Mutex<[KafkaPartition: Timestamp]>([:])

    /// The one that has been in hand longest; nil where none is.
    var oldest: Timestamp? { began.withLock { $0.values.min() } }

    func take(_ partition: KafkaPartition, at moment: Timestamp) {
        began.withLock { $0[partition] = moment }
    }

    func putDown(_ partition: KafkaPartition) {
        began.withLock { $0[partition] = nil }
    }
}
