import Kafka
import Postgres
import Probes

/// What the log says of a server that is away: one line when it goes, one when it is back, however
/// often it was tried meanwhile.
///
/// A value, one for each loop that tries again by itself. What is not the server's fault is no
/// outage and is said each time it changes: nothing comes of waiting for it.
///
/// ```
/// working ── failed ──> away ── failed alike ──> away, silently
///    ^                    │
///    └──── answered ──────┘
/// ```
struct OutageLog {
    private let log: EngineLog
    private let part: String
    /// What does not happen meanwhile, such as `the lease is not renewed`; empty where the part's
    /// name says it.
    private let effect: String
    private var outage: Outage?

    private struct Outage {
        var since: ContinuousClock.Instant
        var tries: Int
        /// Of what was said last: all that is the server's fault is the same.
        var cause: String
    }

    init(_ log: EngineLog, part: String, effect: String = "") {
        self.log = log
        self.part = part
        self.effect = effect
    }

    /// A try has failed.
    ///
    /// - Parameter subject: what it was about, such as a partition.
    mutating func failed(
        _ error: any Error, subject: String = "", at now: ContinuousClock.Instant = .now
    ) {
        let cause = Self.cause(error)
        let isNews = outage?.cause != cause
        outage = Outage(since: outage?.since ?? now, tries: (outage?.tries ?? 0) + 1, cause: cause)
        guard isNews else { return }
        let words = [subject, effect, "\(error)"].filter { !$0.isEmpty }.joined(separator: ": ")
        log(.warning, part, words + "; trying again")
    }

    /// A try has succeeded. Says nothing where nothing had failed.
    mutating func answered(at now: ContinuousClock.Instant = .now) {
        guard let outage else { return }
        self.outage = nil
        let tries = outage.tries == 1 ? "1 try" : "\(outage.tries) tries"
        let seconds = outage.since.duration(to: now).components.seconds
        log(.notice, part, "works again after \(seconds) s; \(tries) had failed")
    }

    /// The words of a server that goes change from try to try: they are one cause.
    private static func cause(_ error: any Error) -> String {
        switch error {
        case let error as PostgresError where error.isLockedOut: "PostgreSQL's locks"
        case let error as PostgresError where error.verdict == .infrastructure: "PostgreSQL"
        case let error as KafkaError where error.verdict == .infrastructure: "Kafka"
        default: "\(error)"
        }
    }
}
