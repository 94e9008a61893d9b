/// Polls a condition until it holds.
///
/// For what announces itself by no signal, such as a process's end or a row that another process
/// writes. Where there is a signal, await that.
///
/// - Parameter patience: on a quiet machine; a busy one gets `Patience.onBusyMachines` as much.
/// - Returns: whether it came to hold within the time.
package func eventually(
    within patience: Duration = .seconds(10), _ condition: () async throws -> Bool
) async rethrows -> Bool {
    let end = ContinuousClock.now + patience * Patience.onBusyMachines
    while true {
        if try await condition() { return true }
        guard .now < end else { return false }
        try? await Task.sleep(for: .milliseconds(10))
        if Task.isCancelled { return false }
    }
}

package enum Patience {
    /// Only what fails waits this long: on shared machines a test may get a tenth of a core.
    package static let onBusyMachines = 5
}
