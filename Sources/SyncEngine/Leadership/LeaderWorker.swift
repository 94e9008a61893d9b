/// Does the duties of the leader while this engine leads; idle otherwise.
///
/// Flows in: `seat`. Flows out: what the duties write. Each duty goes at its own pace.
actor LeaderWorker: EngineService {
    private static let look: Duration = .seconds(1)

    private let seat: LeaderSeat
    private let duties: [any LeaderDuty]
    private let log: EngineLog
    private var wakeups: [Wakeup] = []
    private var isStopping = false

    init(seat: LeaderSeat, duties: [any LeaderDuty], log: EngineLog) {
        self.seat = seat
        self.duties = duties
        self.log = log
        wakeups = duties.map { _ in Wakeup() }
    }

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for (duty, wakeup) in zip(duties, wakeups) {
                group.addTask { await self.keepDoing(duty, wakeup) }
            }
        }
        for duty in duties { await duty.end() }
    }

    func stop() {
        isStopping = true
        for wakeup in wakeups { wakeup.wake() }
    }

    private func keepDoing(_ duty: any LeaderDuty, _ wakeup: Wakeup) async {
        var outage = OutageLog(log, part: duty.name)
        while !isStopping {
            guard let term = seat.term else {
                await wakeup.wait(atMost: Self.look)
                continue
            }
            do {
                try await duty.carryOut(term)
                outage.answered()
            } catch let lost as LeadershipLost {
                log(.warning, duty.name, "\(lost)")
            } catch {
                outage.failed(error)
            }
            if !isStopping { await wakeup.wait(atMost: duty.interval) }
        }
    }
}
