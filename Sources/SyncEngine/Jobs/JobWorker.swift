import Postgres
import Probes

/// Carries durable jobs out: takes due ones in hand, calls their vendors' agents, writes down how it
/// went.
///
/// Flows in: rows of `sync_jobs`, `NOTIFY sync_jobs`. Flows out: calls, rows. Any number of engines may
/// run one: each claims what the others have not locked, and writes only what it still holds.
actor JobWorker: EngineService {
    /// Jobs of a vendor that one look says of what they wait for.
    private static let mostMarked = 1_000

    private let settings: ERPSettings
    private let engineID: Int64
    private let session: PostgresSession
    private let breakers: BreakerBoard
    let carrier: JobCarrier
    private let abandoned: @Sendable () -> AbandonedJobs
    private let log: EngineLog
    private let wakeup = Wakeup()
    private var isStopping = false
    private var inHand: [String: Int] = [:]
    /// What is carried. A job may be there twice: while its call lasts, the agent may say that it went
    /// wrong, and it is due again.
    private var running: [Hold: Task<Void, Never>] = [:]
    /// Vendors that could not be called when they were last looked at.
    private var away: Set<String> = []
    private var ramps: [String: VendorRamp] = [:]
    /// What the vendors' jobs say that they wait for, and when that was written.
    private var marks: [String: (reason: String?, at: ContinuousClock.Instant)] = [:]
    private var turn = 0
    private var lastComparison: ContinuousClock.Instant?

    /// One taking in hand of a job.
    private struct Hold: Hashable {
        var id: Int64
        var claim: Int64

        init(_ job: JobRecord) {
            id = job.id
            claim = job.claim
        }
    }

    /// - Parameters:
    ///   - session: for claims alone.
    ///   - abandoned: gives back what this engine does not carry.
    init(
        settings: ERPSettings, engineID: Int64, session: PostgresSession, breakers: BreakerBoard,
        carrier: JobCarrier, abandoned: @escaping @Sendable () -> AbandonedJobs, log: EngineLog
    ) {
        self.settings = settings
        self.engineID = engineID
        self.session = session
        self.breakers = breakers
        self.carrier = carrier
        self.abandoned = abandoned
        self.log = log
    }

    func run() async {
        var outage = OutageLog(log, part: "jobs")
        while !isStopping {
            var pause = settings.jobs.pollInterval
            do {
                pause = try await takeSome()
                outage.answered()
            } catch {
                outage.failed(error)
            }
            if !isStopping, pause > .zero { await wakeup.wait(atMost: pause) }
        }
        await drain()
    }

    func stop() {
        isStopping = true
        wakeup.wake()
    }

    /// There may be something due.
    nonisolated func wake() { wakeup.wake() }

    /// Takes in hand what is due and may be called. Returns how long to wait for more.
    private func takeSome() async throws -> Duration {
        try await compare()
        let vendors = try await lookAround()
        let plan = JobPlan(
            vendors, free: settings.jobs.calls - running.count,
            perVendor: settings.jobs.callsPerVendor, atMost: settings.jobs.pollInterval,
            first: turn)
        turn &+= 1
        let claims = plan.claims
        let engineID = engineID
        let areMarked = try await mark(plan.waits)
        let claimed = try await session.withConnection(patience: .seconds(1)) { connection in
            guard !claims.isEmpty else { return [JobRecord]() }
            return try await connection.query(
                EngineSQL.jobClaim,
                [
                    .int(engineID), .textArray(claims.map(\.vendor)),
                    .int32Array(claims.map { Int32($0.most) }),
                ]
            ).map { row in try JobRecord(row: row) }
        }
        for job in claimed { start(job) }
        let isDone = claimed.isEmpty && areMarked
        return isDone || running.count >= settings.jobs.calls ? plan.pause : .zero
    }

    /// What the table says that we have in hand, and that we do not carry, is given back. A claim whose
    /// answer was lost with its connection leaves such jobs, and nobody else looks after them while this
    /// engine lives.
    private func compare() async throws {
        let moment = ContinuousClock.now
        if let lastComparison, lastComparison.duration(to: moment) < settings.jobs.pollInterval {
            return
        }
        let (held, engineID, abandoned) = (Array(running.keys), engineID, abandoned())
        let given = try await session.withConnection(patience: .seconds(1)) { connection in
            try await connection.transaction { connection in
                let rows = try await connection.query(
                    EngineSQL.jobUnheld,
                    [
                        .int(engineID), .int64Array(held.map(\.id)), .int64Array(held.map(\.claim)),
                    ])
                return try await abandoned.giveBack(rows, on: connection)
            }
        }
        lastComparison = moment
        for job in given {
            log(
                .warning, "jobs", "job \(job.id) was in hand, and nobody carried it: given back",
                job.logFields)
        }
    }

    /// Lets the jobs themselves say why they wait: where that has changed, and of vendors that cannot be
    /// called from time to time, since new ones come. A bounded number a look, so that one vendor's
    /// hundred thousand jobs do not keep another's waiting; false if some are left.
    private func mark(_ waits: [String: String?]) async throws -> Bool {
        var isDone = true
        for (vendor, reason) in waits.sorted(by: { $0.key < $1.key }) {
            if let mark = marks[vendor], mark.reason == reason,
                reason == nil || mark.at.duration(to: .now) < .seconds(2)
            {
                continue
            }
            let marked = try await session.withConnection(patience: .seconds(1)) { connection in
                try await connection.query(
                    EngineSQL.jobWait,
                    [.text(vendor), .text(ifPresent: reason), .int(Self.mostMarked)]
                ).affected
            }
            guard marked < Self.mostMarked else {
                isDone = false
                continue
            }
            marks[vendor] = (reason, .now)
        }
        return isDone
    }

    /// What is known of the vendors that have pending jobs; those that have come back begin slowly.
    private func lookAround() async throws -> [JobPlan.Vendor] {
        let rows = try await session.withConnection(patience: .seconds(1)) { connection in
            try await connection.query(EngineSQL.jobVendors)
        }
        let moment = ContinuousClock.now
        return try rows.map { row in
            let name = try row.string(0)
            var vendor = JobPlan.Vendor(
                name: name, isThere: try row.bool(1),
                isConfigured: settings[vendor: name].map { !$0.secret.value.isEmpty } ?? false,
                breaker: breakers.state("\(name):\(AgentCall.Kind.orders.rawValue)"),
                dueIn: .seconds(try row.double(2)), inHand: inHand[name] ?? 0)
            let canBeCalled =
                vendor.isThere && vendor.isConfigured && vendor.breaker == .closed
            if !canBeCalled {
                away.insert(name)
                ramps[name] = nil
            } else if away.remove(name) != nil {
                ramps[name] = VendorRamp(since: moment)
            }
            if let ramp = ramps[name] {
                vendor.allowance = ramp.allowance(at: moment)
                if vendor.allowance == nil { ramps[name] = nil }
            }
            return vendor
        }
    }

    private func start(_ job: JobRecord) {
        inHand[job.vendor, default: 0] += 1
        ramps[job.vendor]?.start(1)
        running[Hold(job)] = Task {
            await carrier.carry(job)
            ended(job)
        }
    }

    private func ended(_ job: JobRecord) {
        running[Hold(job)] = nil
        inHand[job.vendor, default: 1] -= 1
        if inHand[job.vendor] == 0 { inHand[job.vendor] = nil }
        wakeup.wake()
    }

    /// What is in hand may end; what takes too long for that is broken off and left to others.
    private func drain() async {
        let tasks = Array(running.values)
        let deadline = Task {
            try? await Task.sleep(for: .seconds(3))
            for task in tasks { task.cancel() }
        }
        for task in tasks { await task.value }
        deadline.cancel()
    }
}
