import Probes
import Synchronization

/// How far a run is; written by who carries it out, read by who renews its lease.
final class RunProgressBoard: Sendable {
    enum Phase: String, Sendable {
        case fetching, staging, comparing, deciding, applying, closing, reverting
    }

    struct State: Sendable {
        var phase = Phase.fetching
        var bytesDone: Int64 = 0
        var bytesTotal: Int64?
        var rowsDone: Int64 = 0
        var rowsTotal: Int64?
        var counts = RunCounts()
        var badRows: Int64 = 0
        var phaseBegan = ContinuousClock.now
        var isCancelled = false
        var isLost = false
        var isStopping = false
    }

    private let state = Mutex(State())

    func update(_ body: @Sendable (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    func begin(_ phase: Phase, rowsTotal: Int64? = nil, bytesTotal: Int64? = nil) {
        state.withLock { state in
            state.phase = phase
            state.phaseBegan = .now
            state.rowsDone = 0
            state.bytesDone = 0
            state.rowsTotal = rowsTotal
            state.bytesTotal = bytesTotal
        }
    }

    var snapshot: State { state.withLock { $0 } }

    /// Throws if the run must not go on.
    func check() throws(RunEnd) {
        let state = snapshot
        if state.isLost { throw .leaseLost }
        if state.isCancelled { throw .cancelled }
        if state.isStopping { throw .stopping }
    }
}

extension RunProgressBoard.State {
    /// The column `progress`.
    var json: JSONValue {
        let seconds = phaseBegan.duration(to: .now) / .seconds(1)
        let rate = seconds > 0.5 && rowsDone > 0 ? Int64(Double(rowsDone) / seconds) : nil
        return [
            "phase": .string(phase.rawValue), "bytes_done": .integer(bytesDone),
            "bytes_total": .integer(orNull: bytesTotal), "rows_done": .integer(rowsDone),
            "rows_total": .integer(orNull: rowsTotal), "rows_per_second": .integer(orNull: rate),
        ]
    }
}
