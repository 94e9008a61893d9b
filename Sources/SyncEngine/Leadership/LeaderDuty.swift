import Postgres

/// Something that one engine does for all of them.
///
/// Whatever it writes, it writes in transactions that end with `Leadership.check`: an engine that was
/// frozen past its lease and wakes in the middle of its duty then changes nothing.
protocol LeaderDuty: Sendable {
    /// As the log and the health page name it.
    var name: String { get }
    /// From the end of a round to the beginning of the next.
    var interval: Duration { get }

    /// One round. Throwing ends the round, not the duty.
    func carryOut(_ term: LeaderTerm) async throws
    /// The engine stops: what goes on beside the rounds ends, and has ended when this returns.
    func end() async
}

extension LeaderDuty {
    func end() async {}
}
