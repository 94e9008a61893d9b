/// Says what the sampler does next. Time is passed in.
///
/// What takes long is done more rarely, so that the console never keeps a server busy: a question
/// that took a tenth of a second is not asked again for two. A list that stays the same is looked at
/// every four seconds, or at once when the overview says that something has happened.
struct SamplingSchedule: Sendable, Equatable {
    /// In the order in which they are done when several are due.
    enum Job: Int, CaseIterable, Sendable {
        case list, detail, tail, lag, services, vendors, overview
    }

    /// The share of time that one job may take: a twentieth; a fifth for the live tail.
    private static let rest = 20
    private static let restOfTail = 5
    private static let longest: Duration = .seconds(30)
    private static let quietInterval: Duration = .seconds(4)

    private var nextDue: [Job: ContinuousClock.Instant] = [:]
    /// When the list is due if something happens.
    private var listSoonest: ContinuousClock.Instant?

    /// The first job that is due; nil if none is.
    func due(at now: ContinuousClock.Instant, _ interest: Interest) -> Job? {
        Job.allCases.first { isWanted($0, interest) && (nextDue[$0] ?? now) <= now }
    }

    /// When to look again.
    func next(after now: ContinuousClock.Instant, _ interest: Interest) -> ContinuousClock.Instant {
        let times = Job.allCases.filter { isWanted($0, interest) }.map { nextDue[$0] ?? now }
        return max(times.min() ?? now, now)
    }

    /// - Parameter hasChanged: whether it told something new.
    mutating func finished(
        _ job: Job, at now: ContinuousClock.Instant, took: Duration, hasChanged: Bool = true
    ) {
        let rest = job == .tail ? Self.restOfTail : Self.rest
        let interval = Self.interval(of: job, hasChanged: hasChanged)
        let pause = min(max(interval, took * rest), Self.longest)
        nextDue[job] = now + pause
        if job == .list {
            listSoonest = now + pause
            if !hasChanged { nextDue[.list] = now + max(pause, Self.quietInterval) }
        }
        if job == .overview, hasChanged, let listSoonest { nextDue[.list] = listSoonest }
    }

    /// What the screen has just asked for is done at once.
    mutating func changed(from old: Interest, to new: Interest) {
        if old.list != new.list {
            nextDue[.list] = nil
            listSoonest = nil
        }
        if old.detail != new.detail { nextDue[.detail] = nil }
        if old.tailsEvents != new.tailsEvents { nextDue[.tail] = nil }
    }

    /// After an outage everything is old.
    mutating func restart() {
        nextDue = [:]
        listSoonest = nil
    }

    private func isWanted(_ job: Job, _ interest: Interest) -> Bool {
        switch job {
        case .list: interest.list != nil
        case .detail: interest.detail != nil
        case .tail: interest.tailsEvents
        case .overview, .lag, .services, .vendors: true
        }
    }

    private static func interval(of job: Job, hasChanged: Bool) -> Duration {
        switch job {
        case .list, .detail, .overview: .seconds(1)
        // While events come, they are on screen within the next frame or two.
        case .tail: hasChanged ? .milliseconds(25) : .milliseconds(250)
        case .lag, .vendors: .seconds(2)
        case .services: .seconds(5)
        }
    }
}
