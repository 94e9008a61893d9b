import Probes

/// Where the engine writes what happened. One line an entry; never a payload, never a secret.
package struct EngineLog: Sendable {
    package typealias Level = LogLevel
    package typealias Write =
        @Sendable (Level, _ part: String, _ message: String, LogFields) -> Void

    private let take: Write
    private let leastLevel: Level

    /// - Parameters:
    ///   - leastLevel: of what is kept at all; what is below may not even be put into words.
    ///   - taking: must return at once; may be called from any thread.
    package init(leastLevel: Level = .info, taking: @escaping Write) {
        self.leastLevel = leastLevel
        take = taking
    }

    /// For those who have no use for the fields.
    package init(write: @escaping @Sendable (Level, String, String) -> Void) {
        self.init { level, part, message, _ in write(level, part, message) }
    }

    /// Whether everything is wanted, down to what became of each event.
    var saysAll: Bool { leastLevel == .debug }

    /// The same log, for lines that are all about one thing: they get its fields behind their own.
    func about(_ fields: LogFields) -> EngineLog {
        EngineLog(leastLevel: leastLevel) { level, part, message, own in
            take(level, part, message, own.adding(fields))
        }
    }

    /// Drops everything.
    package static let silent = EngineLog { _, _, _ in }

    /// - Parameter fields: what the line is about: `correlation_id`, `run_id`, `letter_id`, ….
    package func write(
        _ level: Level, _ part: String, _ message: String, _ fields: LogFields = [:]
    ) {
        take(level, part, message, fields)
    }

    func callAsFunction(
        _ level: Level, _ part: String, _ message: String, _ fields: LogFields = [:]
    ) {
        take(level, part, message, fields)
    }

    /// Writes here and into `ring`.
    package func remembering(
        in ring: LogRing, from leastLevel: Level = .debug,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) -> EngineLog {
        EngineLog(leastLevel: self.leastLevel) { level, part, message, fields in
            take(level, part, message, fields)
            guard level >= leastLevel else { return }
            ring.append(level, part: part, message: message, fields: fields, at: now())
        }
    }
}
