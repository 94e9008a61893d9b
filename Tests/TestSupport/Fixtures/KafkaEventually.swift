/// Thrown when what a test waits for has not happened in time.
package struct KafkaWaitedTooLong: Error {
    package let what: String

    package init(what: String) { self.what = what }
}

extension KafkaFixtures {
    /// Returns once the condition holds, for what announces itself by no signal.
    /// - Throws: `KafkaWaitedTooLong` naming `what` if it has not come to hold in time.
    package static func eventually(
        within patience: Duration, _ what: String, _ condition: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + patience * Patience.onBusyMachines
        while try await !condition() {
            guard ContinuousClock.now < end else { throw KafkaWaitedTooLong(what: what) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
