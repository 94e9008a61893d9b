extension TrafficGenerator {
    mutating func create() {
        var service = writer.invent(at: start + plannedAt)
        sendEvent(.creation, "created", of: &service, data: service.data)
        keep(service)
    }

    mutating func createWithUnknownWords() {
        var service = writer.invent(at: start + plannedAt)
        service.type = random.pick(SourceWords.unknownTypes) ?? service.type
        service.category = random.pick(SourceWords.unknownCategories) ?? service.category
        sendEvent(.creationOfUnknownWords, "created", of: &service, data: service.data)
        keep(service)
    }

    /// The update overtakes the creation, which is older and comes too late.
    mutating func updateBeforeCreation() {
        var service = writer.invent(at: start + plannedAt)
        let creation = envelope(
            "created", of: service, at: newTime(after: service) - 5_000, data: service.data)
        _ = writer.revise(&service)
        sendEvent(.updateBeforeCreation, "updated", of: &service, data: service.data)
        send(.lateCreation, key: service.code, .tree(creation), mayRepeat: true)
        keep(service)
    }

    mutating func update() {
        guard var service = draw(.active, .held) else { return create() }
        _ = writer.revise(&service)
        let type = random.chance(percent: 5) ? "created" : "updated"
        sendEvent(.fullUpdate, type, of: &service, data: service.data)
        keep(service)
    }

    mutating func updatePartly() {
        guard var service = draw(.active, .held) else { return create() }
        let keys = writer.revise(&service)
        sendEvent(.partialUpdate, "updated", of: &service, data: service.data(only: keys))
        keep(service)
    }

    mutating func repeatUnchanged() {
        guard var service = draw(.active) else { return create() }
        sendEvent(.unchangedUpdate, "updated", of: &service, data: service.data)
        keep(service)
    }

    /// A second event with the time of the service's newest: the later offset decides.
    mutating func tie() {
        guard var service = draw(.active) else { return create() }
        let time = service.newestEventAt
        _ = writer.revise(&service)
        sendEvent(.tie, "updated", of: &service, data: service.data, at: time)
        keep(service)
    }

    /// An event that was overtaken on its way: whatever it says, it is too old.
    mutating func sendStale() {
        guard let service = draw(.active, .held, .deprecated) else { return create() }
        var overtaken = service
        _ = writer.revise(&overtaken)
        let time = service.newestEventAt - 1 - Int64(random.below(600_000))
        let isDeprecation = random.chance(percent: 15)
        let tree = envelope(
            isDeprecation ? "deprecated" : "updated", of: overtaken, at: time,
            data: isDeprecation ? deprecation(of: service, replacement: nil) : overtaken.data,
            withVersion: !isDeprecation)
        send(.stale, key: service.code, .tree(tree), mayRepeat: true)
    }

    /// Ends a service; a fifth of the ended ones names a replacement that is created only later.
    mutating func deprecate() {
        guard let service = draw(.active, .held, .returning) else { return create() }
        let replacement = random.below(10)
        guard replacement < 4 else { return deprecate(service, replacement: nil) }
        if replacement < 2, services.count < Self.mostServices {
            var successor = writer.invent(at: start + plannedAt)
            deprecate(service, replacement: successor.code)
            sendEvent(.creation, "created", of: &successor, data: successor.data)
            keep(successor)
        } else {
            deprecate(service, replacement: draw(.active)?.code)
        }
    }

    mutating func deprecate(_ old: SourceService, replacement: String?) {
        var service = old
        service.standing = .deprecated
        beforeHold[service.code] = nil
        sendEvent(
            .deprecation, "deprecated", of: &service,
            data: deprecation(of: service, replacement: replacement), withVersion: false)
        keep(service)
    }

    mutating func deprecation(of service: SourceService, replacement: String?) -> JSONTree {
        var members = [JSONMember("externalServiceCode", .string(service.code))]
        if random.chance(percent: 80) {
            let reasons = service.market.phrases.deprecationReasons
            members.append(JSONMember("reason", .text(random.pick(reasons))))
        }
        if let replacement {
            members.append(JSONMember("replacementServiceCode", .string(replacement)))
        }
        return .object(members)
    }

    mutating func bringBack() {
        guard var service = draw(.deprecated) else { return deprecate() }
        _ = writer.revise(&service)
        service.effectiveTo = nil
        service.standing = .returning
        let type = random.chance(percent: 50) ? "created" : "updated"
        sendEvent(.returnAfterDeprecation, type, of: &service, data: service.data)
        keep(service)
    }
}
