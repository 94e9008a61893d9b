import Probes
import Synchronization

/// How far a run is; written by who carries it out, read by who renews its lease.
final class RunProgressBoard: Sendable {
    enum Phase: String, Sendable {
        case fetching, staging, comparing, deciding, applying, closing, reverting

        /// Nothing of the catalog is written: what is under way can be broken off anywhere.
        /// Otherwise the run ends between two chunks.
        var canBeBrokenOff: Bool {
            switch self {
            case .fetching, .staging, .comparing: true
            case .deciding, .applying, .closing, .reverting: false
            }
        }
    }

    struct State: Sendable {
        var phase = Phase.fetching
        var bytesDone: Int64 = 0
        var bytesTotal: Int64?
        var rowsDone: Int64 = 0
        var rowsTotal: Int64?
        var counts = RunCounts()
        var badRows: Int64 = 0
        /// Events go first for now: the next chunk waits.
        var waitsForEvents = false
        var phaseBegan = ContinuousClock.now
        var isCancelled = false
        var isLost = false
        var isStopping = false

        /// Why the run must not go on; nil if it may.
        var end: RunEnd? {
            isLost ? .leaseLost : isCancelled ? .cancelled : isStopping ? .stopping : nil
        }
    }

    private let state = Mutex(State())
    private let breakOff = Mutex<(@Sendable () -> Void)?>(nil)

    func update(_ body: @Sendable (inout State) -> Void) {
        let isOver = state.withLock { state in
            body(&state)
            return state.end != nil && state.phase.canBeBrokenOff
        }
        if isOver { breakOff.withLock { $0 }?() }
    }

    /// - Parameter body: called, maybe more than once, when the run must not go on and is in a phase
    ///   that can be broken off. A chunk that follows asks `check` first.
    func whenBrokenOff(_ body: @escaping @Sendable () -> Void) {
        breakOff.withLock { $0 = body }
        update { _ in }
    }

    func begin(_ phase: Phase, rowsTotal: Int64? = nil, bytesTotal: Int64? = nil) {
        state.withLock { state in
            state.phase = phase
            state.phaseBegan = .now
            state.waitsForEvents = false
            state.rowsDone = 0
            state.bytesDone = 0
            state.rowsTotal = rowsTotal
            state.bytesTotal = bytesTotal
        }
    }

    var snapshot: State { state.withLock { $0 } }

    /// Throws if the run must not go on.
    func check() throws(RunEnd) {
        if let end = snapshot.end { throw end }
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
            "waits_for_events": .bool(waitsForEvents),
        ]
    }
}
