import Synchronization

@testable import SyncEngine

/// What was logged, `part: message` a line.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var log: EngineLog {
        EngineLog { [self] _, part, message in
            lines.withLock { $0.append("\(part): \(message)") }
        }
    }
}
