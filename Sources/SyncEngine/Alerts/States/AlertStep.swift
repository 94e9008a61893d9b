import Probes

/// What one evaluation does to one alert.
package struct AlertStep: Sendable, Equatable {
    package enum Change: String, Sendable {
        case pending, fired, reopened, repeated, resolved
        /// Another notice of the same subject.
        case again
        /// It fires, and people are told now that its silence is over.
        case told
        /// Pending, and no more so: nobody heard of it, nothing is kept.
        case dropped
        /// Still so; only what the signal says is newer.
        case seen
    }

    package var record: AlertRecord
    package var change: Change
    /// What people are told of it; nil: nothing.
    package var tells: AlertDelivery.Kind?
    /// For the history; nil where the change says it all.
    package var message: String?

    package init(
        _ record: AlertRecord, _ change: Change, tells: AlertDelivery.Kind? = nil,
        message: String? = nil
    ) {
        self.record = record
        self.change = change
        self.tells = tells
        self.message = message
    }
}
