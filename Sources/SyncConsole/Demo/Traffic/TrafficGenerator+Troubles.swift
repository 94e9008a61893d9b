extension TrafficGenerator {
    /// An event without an id of its own: every delivery of it counts as a new one.
    mutating func sendWithoutEventID() {
        guard var service = draw(.active) else { return create() }
        let keys = writer.revise(&service)
        let time = newTime(after: service)
        let event = envelope("updated", of: service, at: time, data: service.data(only: keys))
        service.newestEventAt = time
        send(.withoutEventID, key: service.code, .tree(event.without("eventId")))
        keep(service)
    }

    /// An event whose time is Kafka's own, which counts from the sending.
    mutating func sendWithoutTimestamp() {
        // A service whose newest event is as late as that would take it for too old.
        let quiet = services.filter {
            $0.standing == .active && $0.newestEventAt < start + plannedAt
        }
        guard var service = random.pick(quiet) else { return update() }
        let keys = writer.revise(&service)
        let event = envelope("updated", of: service, at: 0, data: service.data(only: keys))
        send(.withoutTimestamp, key: service.code, .tree(event.without("eventTimestamp")))
        service.newestEventAt = start + plannedAt
        keep(service)
    }

    mutating func deprecateUnknown() {
        var service = writer.invent(at: start + plannedAt)
        service.standing = .retired
        sendEvent(
            .deprecationOfUnknown, "deprecated", of: &service,
            data: deprecation(of: service, replacement: nil), withVersion: false)
    }

    /// The creation stands right behind the deprecation: overtaken by it, or newer, which makes
    /// the deprecation a letter. Nothing else is sent: in which order it would be tried is chance.
    mutating func deprecateBeforeCreation() {
        var service = writer.invent(at: start + plannedAt)
        service.standing = .retired
        let creation = service
        sendEvent(
            .deprecationBeforeCreation, "deprecated", of: &service,
            data: deprecation(of: service, replacement: nil), withVersion: false)
        let isOvertaken = random.chance(percent: 50)
        let time = isOvertaken ? service.newestEventAt - 2_000 : newTime(after: service)
        sendEvent(
            isOvertaken ? .lateCreation : .creation, "created", of: &service, data: creation.data,
            at: time)
        keep(service)
    }

    /// A system speaks about a service that another one owns.
    mutating func mismatchSource() {
        guard let service = draw(.active),
            let other = random.pick(SalesSystem.all.filter { $0.name != service.system.name })
        else { return create() }
        var changed = service
        _ = writer.revise(&changed)
        let event = envelope(
            "updated", of: changed, at: newTime(after: service), data: changed.data)
        send(.sourceMismatch, key: service.code, .tree(event.with("source", .string(other.name))))
    }

    /// The database refuses the service for some seconds; the first event is retried, the others
    /// wait behind it, and all are applied in the end.
    mutating func refuseForAWhile() {
        guard var service = draw(.active), (refusedUntil[service.code] ?? .min) < plannedAt else {
            return update()
        }
        refusedUntil[service.code] = plannedAt + 60_000
        for number in 0..<3 {
            _ = writer.revise(&service)
            let refusal = TemporaryRefusal(serviceCode: service.code, seconds: 4)
            sendEvent(
                .refusedForAWhile, "updated", of: &service, data: service.data,
                refusal: number == 0 ? refusal : nil)
        }
        keep(service)
    }

    /// A state that the database never takes, and a second one behind it: both end as letters.
    mutating func refuseForGood() {
        guard refusedForGood < Self.mostRefusedForGood else { return update() }
        refusedForGood += 1
        var service = writer.invent(at: start + plannedAt)
        sendEvent(.creation, "created", of: &service, data: service.data)
        for number in 1...2 {
            service.estimatedDurationMinutes =
                RefusalRule.longestDurationMinutes + 60 * number + random.below(60)
            service.revision += 1
            sendEvent(.refusedForGood, "updated", of: &service, data: service.data)
        }
        service.standing = .retired
        keep(service)
    }
}
