/// The console's screen: runs an application on the terminal of standard output.
package enum Screen {
    /// Takes the terminal, runs the application on a thread of its own until there is a reason to
    /// end, and gives the terminal back in every case.
    ///
    /// - Parameters:
    ///   - waker: wakes the application from other threads; make it first, hand it around.
    ///   - makeApplication: called on the screen's thread once the terminal is taken.
    /// - Returns: why it ended; after `.signal` and `.terminalGone` the process should end too.
    /// - Throws: `ScreenError` if there is no usable terminal; it is as it was then.
    package static func run<Application: ScreenApplication>(
        _ configuration: ScreenConfiguration, waker: ScreenWaker,
        makeApplication: @escaping @Sendable () -> Application
    ) async throws -> ScreenOutcome {
        try await withCheckedThrowingContinuation { continuation in
            ScreenThread.start {
                continuation.resume(
                    with: Result {
                        try runHere(configuration, waker: waker, makeApplication: makeApplication)
                    })
            }
        }
    }

    private static func runHere<Application: ScreenApplication>(
        _ configuration: ScreenConfiguration, waker: ScreenWaker,
        makeApplication: () -> Application
    ) throws -> ScreenOutcome {
        let device = try TerminalDevice()
        let signals = try SignalInbox()
        let surface = try TerminalSurface(
            device: device, signals: signals, configuration: configuration)
        defer { surface.close() }
        var loop = ScreenLoop(
            application: makeApplication(), surface: surface, input: device.descriptor,
            signals: signals, waker: waker, configuration: configuration)
        let end = try loop.run()
        return ScreenOutcome(end: end, statistics: loop.statistics)
    }
}
