/// A part of the engine that runs for as long as the engine does.
protocol EngineService: Sendable {
    /// Returns after `stop`, when what was in hand is done.
    func run() async
    /// Asks for the end of `run`; may be called more than once.
    func stop() async
}
