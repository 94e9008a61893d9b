/// What the loop paints on: the terminal, or a stand-in in tests. Belongs to the screen's thread.
protocol ScreenSurface: AnyObject {
    var facts: ScreenFacts { get }
    var statistics: ScreenStatistics { get }

    /// Looks how large the surface is now; the next frame is painted whole.
    func measure() -> Size
    /// Shows a canvas; writes nothing if it is shown already.
    func paint(_ canvas: Canvas) throws(TerminalWriteError)
    /// Does what the application asked, except for leaving and suspending.
    func perform(_ request: ScreenRequest) throws(TerminalWriteError)
    /// Gives the terminal back, stops the process, and takes the terminal again afterwards.
    func suspend(wholeGroup: Bool) throws
    /// Takes the terminal again after somebody else stopped and continued the process.
    func resume() throws
}
