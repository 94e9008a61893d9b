import Postgres
import Probes

/// A kind of work that the schedule starts.
///
/// A new kind is a case of `ScheduledJobKind`, an implementation of this, and a line in
/// `SyncEngine.start`.
package protocol ScheduledJob: Sendable {
    var kind: ScheduledJobKind { get }

    /// Starts it, in the transaction in which the leader notes that it did: both are kept, or
    /// neither, and if the leader changes meanwhile neither is.
    ///
    /// Throwing is for the infrastructure: the schedule tries again. What cannot be started is
    /// `.refused`.
    func start(
        _ start: ScheduledStart, _ connection: PostgresConnection
    ) async throws -> ScheduledOutcome
}

/// Which kinds of work there are, as the configuration names them.
package enum ScheduledJobKind: String, Sendable, CaseIterable {
    /// Compares a source's file of the day with the catalog.
    case reconcile
    /// Removes what is older than the rules of keeping say.
    case cleanUp = "clean_up"
    /// Compares the items of every vendor with a live agent.
    case detectDrift = "detect_drift"

    /// When it is due without any configuration; nil if it is not.
    package var builtInTime: CronExpression? {
        switch self {
        case .reconcile: try? CronExpression("0 3 * * *")
        // Away from the full hour, at which everything else begins.
        case .cleanUp: try? CronExpression("17 * * * *")
        case .detectDrift: try? CronExpression("0 * * * *")
        }
    }

    /// Whether an entry names a source.
    package var needsSource: Bool {
        switch self {
        case .reconcile: true
        case .cleanUp, .detectDrift: false
        }
    }
}

/// What is to be started, and why.
package struct ScheduledStart: Sendable, Equatable {
    /// The entry's: `reconcile-ES`.
    package var name: String
    /// For the kinds that need one.
    package var source: String?
    /// When it was due; nil if a person has asked for it.
    package var dueAt: Timestamp?
    /// Who has asked for it.
    package var requestedBy: String?
    package var requestedReason: String?

    package init(
        name: String, source: String? = nil, dueAt: Timestamp? = nil, requestedBy: String? = nil,
        requestedReason: String? = nil
    ) {
        self.name = name
        self.source = source
        self.dueAt = dueAt
        self.requestedBy = requestedBy
        self.requestedReason = requestedReason
    }

    /// As the audit trail records it: the schedule itself, or for whom it speaks.
    var person: Operator {
        Operator(
            name: requestedBy ?? Self.name, actingFor: requestedBy == nil ? nil : Self.name,
            role: .operator, evidence: ["schedule": name])
    }

    /// Who the trail names where nobody has asked.
    static let name = "schedule"
}

/// What came of starting.
package enum ScheduledOutcome: Sendable {
    /// A run was asked for: it says by itself how it ends.
    case run(Int64, message: String)
    /// It was done, within the transaction.
    case done(message: String)
    /// It cannot be started now; the message says why.
    case refused(message: String)
    /// It was tried, and went wrong; trying again at once would not help.
    case failed(message: String)
    /// Longer work, begun by this engine as soon as the transaction has committed. It returns what
    /// it did, in words; whatever it writes ends with `Leadership.check`. If the engine dies
    /// meanwhile it is not begun again before it is due again.
    case work(@Sendable (LeaderTerm) async throws -> String)
}
