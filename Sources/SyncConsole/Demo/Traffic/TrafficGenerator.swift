/// Endless catalog traffic, faults included, and always the same for the same seed and start.
///
/// It opens with a backlog of creations and one message or more of every `TrafficKind`, all due
/// at once; then it follows its `ArrivalClock`. It keeps the services as their source systems see
/// them, so that it can change them sensibly, and leaves it to `DemoModel` to say what must come of
/// it. No outcome depends on when an engine gets to a message: no partial update is sent while a
/// service is deprecated, nothing more is sent for a service whose creation never comes.
package struct TrafficGenerator: Sendable {
    /// Milliseconds since 1970 at which the traffic starts.
    package let start: Int64
    var random: SplitMix64
    var writer: ServiceWriter
    var clock: ArrivalClock
    var plannedAt: Int64 = 0
    var isOpening = true
    /// Nothing fails, and nothing waits for anybody.
    private let isCalm: Bool
    /// The service whose events the database refuses, once there is one.
    var poisoned: SourceService?
    /// Messages made and not handed out yet, oldest last.
    private var ready: [TrafficMessage] = []
    private var produced = 0

    /// By position, so that one can be drawn by number; `indexes` finds one by its code.
    private(set) var services: [SourceService] = []
    private var indexes: [String: Int] = [:]
    /// A held service as it was before its breaking change.
    var beforeHold: [String: SourceService] = [:]
    /// The newest well-formed messages with an id of their own, for duplicates.
    private(set) var recent: [TrafficMessage] = []
    var refusedForGood = 0
    /// Until when (planned time) each service is refused, so that no two refusals meet.
    var refusedUntil: [String: Int64] = [:]

    static let mostServices = 4_000
    static let mostRefusedForGood = 4
    private static let recentCapacity = 400

    /// `rate` is the average after the opening, in messages a second; `openingServices` the
    /// number of creations in the opening, to which those of the exporting system are added.
    package init(
        seed: UInt64, start: Int64, rate: Double, openingServices: Int = 300,
        exported: [ExportedEvent] = [], isCalm: Bool = false
    ) {
        self.start = start
        self.isCalm = isCalm
        random = SplitMix64(seed: seed)
        writer = ServiceWriter(seed: seed ^ 0x5EED)
        clock = ArrivalClock(rate: rate)
        plannedAt = -3_600_000
        for event in exported where event.time <= start + plannedAt { send(event) }
        if isCalm {
            openCalmly(services: openingServices)
        } else {
            open(services: max(openingServices, 60))
        }
        for event in exported where event.time > start - 3_600_000 { send(event) }
        isOpening = false
    }

    /// The next message, in the order of sending.
    package mutating func next() -> TrafficMessage {
        while ready.isEmpty {
            if isCalm { actCalmly() } else { act() }
        }
        return ready.removeLast()
    }

    // MARK: What the kinds of traffic are made with

    /// A time for an event of this service: now, and later than its newest event.
    func newTime(after service: SourceService?) -> Int64 {
        max(start + plannedAt, (service?.newestEventAt ?? 0) + 1)
    }

    mutating func newEventID(at milliseconds: Int64) -> String {
        let text = CalendarText.timestamp(milliseconds).utf8.filter { (48...57).contains($0) }
        let digits = String(decoding: text, as: UTF8.self)
        let suffix = String(random.next() % 2_176_782_336, radix: 36)
        return "evt_\(digits.prefix(8))_\(digits.dropFirst(8).prefix(6))_\(produced)\(suffix)"
    }

    /// Sends the tree as it is.
    mutating func send(
        _ kind: TrafficKind, key: String?, _ body: TrafficMessage.Body,
        refusal: TemporaryRefusal? = nil, mayRepeat: Bool = false
    ) {
        if !isOpening { plannedAt = clock.next() }
        let message = TrafficMessage(
            number: produced, plannedAt: plannedAt, kind: kind, key: key, body: body,
            sentAt: start + plannedAt, refusal: refusal)
        produced += 1
        ready.insert(message, at: 0)
        if mayRepeat {
            if recent.count == Self.recentCapacity { recent.removeFirst(recent.count / 2) }
            recent.append(message)
        }
    }

    /// An envelope as in the seed's example.
    mutating func envelope(
        _ type: String, of service: SourceService, at milliseconds: Int64, data: JSONTree,
        withVersion: Bool = true
    ) -> JSONTree {
        var members = [
            JSONMember("eventId", .string(newEventID(at: milliseconds))),
            JSONMember("eventType", .string("service." + type)),
            JSONMember("eventTimestamp", .string(CalendarText.timestamp(milliseconds))),
            JSONMember("source", .string(service.system.name)),
        ]
        if withVersion { members.append(JSONMember("version", .string(service.version))) }
        return .object(members + [JSONMember("data", data)])
    }

    /// Sends an event that will be decided, and remembers its time.
    mutating func sendEvent(
        _ kind: TrafficKind, _ type: String, of service: inout SourceService, data: JSONTree,
        at milliseconds: Int64? = nil, withVersion: Bool = true,
        refusal: TemporaryRefusal? = nil
    ) {
        let time = milliseconds ?? newTime(after: service)
        service.newestEventAt = max(service.newestEventAt, time)
        let tree = envelope(type, of: service, at: time, data: data, withVersion: withVersion)
        send(kind, key: service.code, .tree(tree), refusal: refusal, mayRepeat: true)
    }

    /// Sends an event of the exporting system. It is never repeated, and its service is not among
    /// those that are drawn.
    private mutating func send(_ event: ExportedEvent) {
        let tree = envelope(
            event.type, of: event.service, at: event.time, data: event.data,
            withVersion: event.kind != .deprecation)
        send(event.kind, key: event.service.code, .tree(tree))
    }

    mutating func keep(_ service: SourceService) {
        if let index = indexes[service.code] {
            services[index] = service
        } else {
            indexes[service.code] = services.count
            services.append(service)
        }
    }

    func service(of message: TrafficMessage) -> SourceService? {
        message.key.flatMap { indexes[$0] }.map { services[$0] }
    }

    /// A service of this standing, by chance; nil if a few draws find none.
    mutating func draw(_ standings: SourceService.Standing...) -> SourceService? {
        for _ in 0..<40 {
            guard let service = random.pick(services) else { return nil }
            if standings.contains(service.standing) { return service }
        }
        return services.last { standings.contains($0.standing) }
    }
}
