extension TrafficGenerator {
    /// Sends a change that a person has to decide; sometimes only the keys that it touches.
    mutating func breakSomething(_ change: BreakingChange) {
        for _ in 0..<20 {
            guard let before = draw(.active) else { return create() }
            var service = before
            guard let keys = change.make(to: &service, random: &random) else { continue }
            service.revision += 1
            service.standing = .held
            let data = random.chance(percent: 30) ? service.data(only: keys) : service.data
            sendEvent(.breaking(change), "updated", of: &service, data: data)
            beforeHold[service.code] = before
            keep(service)
            return
        }
        create()
    }

    /// A newer state of a held service; or its end, which needs nobody's consent.
    mutating func supersede(byDeprecation: Bool = false) {
        guard var service = draw(.held, .returning) else { return breakSomething(.contractType) }
        if byDeprecation { return deprecate(service, replacement: nil) }
        service.estimatedDurationMinutes += 15
        service.revision += 1
        sendEvent(.supersedingUpdate, "updated", of: &service, data: service.data)
        keep(service)
    }

    /// The source takes its breaking change back: nothing is left to decide.
    mutating func withdraw() {
        guard let held = draw(.held), let before = beforeHold[held.code] else {
            return breakSomething(.contractType)
        }
        var service = before
        service.revision = held.revision + 1
        service.newestEventAt = held.newestEventAt
        service.standing = .active
        beforeHold[service.code] = nil
        sendEvent(.withdrawnChange, "updated", of: &service, data: service.data)
        keep(service)
    }

    /// The same bytes again, with luck at once, otherwise later.
    mutating func duplicate() {
        let message = random.chance(percent: 50) ? recent.last : random.pick(recent)
        guard let message else { return create() }
        send(.duplicate, key: message.key, message.body)
    }

    /// An id that was used for something else, by the same service: which of two partitions is
    /// read first would be chance.
    mutating func reuseEventID() {
        var choices = recent
        while !choices.isEmpty {
            let earlier = choices.remove(at: random.below(choices.count))
            guard case .tree(let tree) = earlier.body, let id = tree["eventId"],
                let service = service(of: earlier), service.standing == .active
            else { continue }
            var other = service
            _ = writer.revise(&other)
            let event = envelope(
                "updated", of: other, at: newTime(after: service), data: other.data)
            return send(.reusedEventID, key: service.code, .tree(event.with("eventId", id)))
        }
        create()
    }

    /// An invalid creation, and the same event id again with the fault removed.
    mutating func correct() {
        var service = writer.invent(at: start + plannedAt)
        let time = newTime(after: service)
        let event = envelope("created", of: service, at: time, data: service.data)
        let faulty = event.with("data", service.data.without("countryCode"))
        send(.missingField, key: service.code, .tree(faulty))
        service.newestEventAt = time
        send(.correction, key: service.code, .tree(event))
        keep(service)
    }
}
