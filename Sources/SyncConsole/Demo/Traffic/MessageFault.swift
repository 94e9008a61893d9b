/// Messages that no waiting makes right, and some that only look odd.
enum MessageFault: CaseIterable, Sendable {
    case cutOff, notUTF8, empty, list, nestedNumber
    case noServiceCode, noEventType, noData, noCountry, noName
    case durationAsText, scopeAsText, impossibleDate
    case unknownEventType, inTheFuture

    var kind: TrafficKind {
        switch self {
        case .cutOff: .malformedJSON
        case .notUTF8: .notUTF8
        case .empty: .emptyValue
        case .list, .nestedNumber: .notAnObject
        case .noServiceCode, .noEventType, .noData, .noCountry, .noName: .missingField
        case .durationAsText, .scopeAsText, .impossibleDate: .wrongType
        case .unknownEventType: .unknownEventType
        case .inTheFuture: .inTheFuture
        }
    }
}

extension TrafficGenerator {
    /// Sends an update that is spoilt in one way.
    mutating func send(_ fault: MessageFault) {
        guard let service = draw(.active) else { return create() }
        var changed = service
        _ = writer.revise(&changed)
        let time = newTime(after: service)
        let event = envelope("updated", of: changed, at: time, data: changed.data)
        // A creation that is not acceptable must not stand for a service that exists.
        let stranger = writer.invent(at: start + plannedAt)
        let creation = envelope("created", of: stranger, at: time, data: stranger.data)
        let day = CalendarText.millisecondsPerDay
        var key = service.code
        let body: TrafficMessage.Body
        switch fault {
        case .cutOff: body = .garbage(Array(event.bytes.dropLast(20 + random.below(300))))
        case .notUTF8: body = .garbage(Self.inLatin1(event.bytes))
        case .empty: body = .garbage([])
        case .list: body = .garbage(JSONTree.array([event]).bytes)
        case .nestedNumber: body = .garbage(Array("42".utf8))
        case .noServiceCode:
            body = .tree(event.with("data", changed.data.without("externalServiceCode")))
        case .noEventType: body = .tree(event.without("eventType"))
        case .noData: body = .tree(event.without("data"))
        case .noCountry:
            key = stranger.code
            body = .tree(creation.with("data", stranger.data.without("countryCode")))
        case .noName:
            key = stranger.code
            body = .tree(creation.with("data", stranger.data.without("name")))
        case .durationAsText:
            body = .tree(event.with("data", changed.data.with("estimatedDuration", "2 hours")))
        case .scopeAsText:
            body = .tree(event.with("data", changed.data.with("scopeIncluded", "everything")))
        case .impossibleDate:
            body = .tree(event.with("eventTimestamp", "next tuesday"))
        case .unknownEventType:
            body = .tree(event.with("eventType", "service.renamed"))
        case .inTheFuture:
            let ahead = time + day * Int64(1 + random.below(400))
            body = .tree(event.with("eventTimestamp", .string(CalendarText.timestamp(ahead))))
        }
        send(fault.kind, key: key, body)
    }

    /// The text as an old system would send it: accented letters as single bytes.
    static func inLatin1(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        // The last byte before the end makes it invalid even where the text is all ASCII.
        var output = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        output.insert(0xE9, at: max(0, output.count - 3))
        return output
    }
}
