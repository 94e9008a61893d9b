/// What goes on beside the screen: the engine, or the look at the schema.
struct ConsoleCompanion: Sendable {
    /// Returns when it has ended; an error ends the screen too.
    let run: @Sendable () async throws -> Void
    /// Asks `run` to finish what is under way and to return. It is not cancelled: a batch in hand
    /// is finished.
    let stop: @Sendable () -> Void
}
