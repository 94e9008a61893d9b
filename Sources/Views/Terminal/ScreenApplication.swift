/// What runs on the screen: it takes inputs, draws canvases, and knows nothing of terminals.
///
/// All of it is called on the screen's own thread, one call at a time, and must not block: what
/// other threads know comes through a `LatestBox` or a `BoundedRing`, followed by a
/// `ScreenWaker.wake()`.
package protocol ScreenApplication {
    /// Takes one input. All inputs that are there are handled before the next `draw`.
    mutating func handle(_ input: ScreenInput, now: ContinuousClock.Instant) -> ScreenDirective

    /// Draws the whole screen into a blank canvas. Called only after a directive asked for it.
    mutating func draw(into canvas: inout Canvas, now: ContinuousClock.Instant)

    /// When to call with `.tick` next; `nil`: never. Asked after every batch of inputs.
    var nextTick: ContinuousClock.Instant? { get }
}

/// What the application wants after an input.
package struct ScreenDirective: Hashable, Sendable {
    package var redraws: Bool
    package var requests: [ScreenRequest]

    package init(redraws: Bool = false, requests: [ScreenRequest] = []) {
        self.redraws = redraws
        self.requests = requests
    }

    /// Nothing changed on screen.
    package static let none = ScreenDirective()
    /// Draw a new frame.
    package static let redraw = ScreenDirective(redraws: true)
    /// Give the terminal back and end the loop.
    package static let leave = ScreenDirective(requests: [.leave])

    package static func request(_ requests: ScreenRequest...) -> ScreenDirective {
        ScreenDirective(redraws: true, requests: requests)
    }
}

/// What the application asks of the terminal.
package enum ScreenRequest: Hashable, Sendable {
    /// Ends the loop after this batch of inputs.
    case leave
    /// Puts text on the clipboard of the operator's own machine (OSC 52), cleaned but for line
    /// feeds and tabs; more than `maximumCopyBytes` is not copied at all.
    case copy(String)
    /// Sets the window's title; cleaned.
    case title(String)
    /// Switches mouse reporting: while it is on, the terminal's own selecting needs shift.
    case mouse(Bool)
    case theme(Theme)
    /// Paints everything anew: for Ctrl-L, after another program wrote over the screen.
    case repaint
    /// Stops the process as Ctrl-Z does, if the policy allows it.
    case suspend
    case bell

    /// The longest text that terminals take for their clipboard, in bytes of UTF-8.
    package static let maximumCopyBytes = 74_994
}
