import Probes

/// The decoding of one message, with what has been read so far.
struct EventReading {
    let message: CatalogMessage
    let now: Timestamp
    let futureTolerance: Duration

    private var eventID: String?
    private var eventType: String?
    private var eventTimestamp: Timestamp?
    private var source: String?
    private var correlationID: String?
    private var code: String?
    private var isStorable = false

    init(message: CatalogMessage, now: Timestamp, futureTolerance: Duration) {
        self.message = message
        self.now = now
        self.futureTolerance = futureTolerance
    }

    mutating func read() throws(EventFault) -> CatalogEvent {
        let root = try parse()
        salvage(from: root)
        do throws(FieldFault) {
            return try validated(root)
        } catch {
            var fault = fault(error.reason, error.message, place: error.place)
            fault.quotesValue = error.quotesValue
            throw fault
        }
    }

    private mutating func parse() throws(EventFault) -> JSONCursor {
        guard !message.value.isEmpty else {
            throw fault(.malformed, "the value is empty", place: "value")
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(message.value)
        } catch {
            throw fault(.malformed, "the value is not JSON: \(error)", place: "value")
        }
        isStorable = document.isStorableAsJSONB
        guard document.root.kind == .object else {
            throw fault(
                .malformed, "the value is \(document.root.kind.words), an object was expected",
                place: "value")
        }
        return document.root
    }

    /// Takes what can be shown of a message even if it turns out to be at fault.
    private mutating func salvage(from root: JSONCursor) {
        eventID = FieldReader.shown(root.member("eventId"))
        eventType = FieldReader.shown(root.member("eventType"))
        source = FieldReader.shown(root.member("source"))
        correlationID =
            FieldReader.shown(root.member("correlationId")) ?? message.correlationID
        code = FieldReader.shown(root.member("data")?.member("externalServiceCode"))
        eventTimestamp = root.member("eventTimestamp")?.string.flatMap { Timestamp(iso8601: $0) }
    }

    private mutating func validated(_ root: JSONCursor) throws(FieldFault) -> CatalogEvent {
        let envelope = FieldReader(object: root, path: "")
        let id = try envelope.word("eventId", at: root.member("eventId"))
        let source = try envelope.word("source", at: root.member("source"))
        let version = try envelope.version(at: root.member("version"))
        guard let type = try envelope.word("eventType", at: root.member("eventType")) else {
            throw .missing("eventType")
        }
        guard let object = root.member("data"), !object.isNull else {
            throw .missing("data")
        }
        guard object.kind == .object else { throw .unexpected(object, "data", "an object") }
        let data = FieldReader(object: object, path: "data.")
        guard
            let code = try data.word(
                "externalServiceCode", at: object.member("externalServiceCode"))
        else { throw .missing("data.externalServiceCode") }
        let timestamp =
            try envelope.moment("eventTimestamp", at: root.member("eventTimestamp"))
            ?? message.timestamp ?? now
        eventTimestamp = timestamp
        try refuseFuture(timestamp)

        var event = CatalogEvent(
            eventID: id ?? message.position, eventType: CatalogEventType(name: type),
            eventTimestamp: timestamp, source: source, version: version,
            correlationID: correlationID, externalServiceCode: code, isStorableAsJSONB: isStorable)
        switch event.eventType {
        case .created, .updated: event.patch = try data.patch()
        case .deprecated:
            event.reason = try data.text("reason", at: object.member("reason"))
            event.replacementServiceCode = try data.word(
                "replacementServiceCode", at: object.member("replacementServiceCode"))
        case .unknown: break
        }
        return event
    }

    private func refuseFuture(_ timestamp: Timestamp) throws(FieldFault) {
        guard timestamp.since(now) > futureTolerance else { return }
        throw FieldFault(
            "eventTimestamp \(timestamp.iso8601) is more than "
                + "\(futureTolerance.components.seconds) s ahead of the clock",
            place: "eventTimestamp", reason: .timestampInFuture)
    }

    private func fault(
        _ reason: EventFault.Reason, _ message: String, place: String
    ) -> EventFault {
        EventFault(
            reason: reason, message: message, place: place,
            eventID: eventID ?? self.message.position, eventType: eventType,
            eventTimestamp: eventTimestamp, source: source, correlationID: correlationID,
            externalServiceCode: code, isStorableAsJSONB: isStorable)
    }
}

extension CatalogMessage {
    /// The correlation id from the headers; nil if there is none that can be shown.
    var correlationID: String? {
        for (name, value) in headers where Self.correlationHeaders.contains(name.lowercased()) {
            guard let text = String(validating: value, as: UTF8.self) else { continue }
            if FieldReader.isWord(text), !text.isEmpty { return text }
        }
        return nil
    }

    private static let correlationHeaders: Set<String> = [
        "x-correlation-id", "correlation_id", "correlation-id", "correlationid",
    ]
}
