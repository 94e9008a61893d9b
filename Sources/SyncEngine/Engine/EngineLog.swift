import Probes

/// Where the engine writes what happened. One line an entry; never a payload, never a secret.
package struct EngineLog: Sendable {
    package enum Level: String, Sendable, Comparable, CaseIterable {
        case debug, info, notice, warning, error

        package static func < (left: Level, right: Level) -> Bool {
            rank(left) < rank(right)
        }

        private static func rank(_ level: Level) -> Int { allCases.firstIndex(of: level) ?? 0 }
    }

    /// Must return at once; may be called from any thread.
    package let write: @Sendable (Level, _ part: String, _ message: String) -> Void

    package init(write: @escaping @Sendable (Level, String, String) -> Void) {
        self.write = write
    }

    /// Drops everything.
    package static let silent = EngineLog { _, _, _ in }

    func callAsFunction(_ level: Level, _ part: String, _ message: String) {
        write(level, part, message)
    }
}
