/// What must have happened to everything that was sent, worked out one delivery at a time.
///
/// It follows the written rules and shares no code with the engine: it knows no batches, no
/// transactions, no retries that take time. Deliveries of a partition must be given in their order;
/// those of different partitions may be mixed, because a service stays in one partition.
package struct DemoModel: Sendable {
    /// Attempts before an error that waiting might have cured becomes a letter.
    private static let allAttempts = 4

    /// By code.
    package internal(set) var services: [String: ModelledService] = [:]
    /// One of each delivery.
    package private(set) var outcomes: [Position: DeliveryOutcome] = [:]
    package var letters: [ModelledLetter] {
        lettersByPosition.values.sorted { $0.position < $1.position }
    }
    package private(set) var eventIDs: [Position: String] = [:]

    private let topic: String
    private var lettersByPosition: [Position: ModelledLetter] = [:]
    private var seen: [String: FirstUse] = [:]
    /// Deprecations of services that were not there, by code: their creation may be on the way.
    private var waiting: [String: (event: ModelledEvent, delivery: Delivery)] = [:]
    /// Time of the newest decided event of each service.
    package internal(set) var newestDecided: [String: Int64] = [:]

    /// What an event id was first used for.
    private struct FirstUse {
        let body: TrafficMessage.Body
        let position: Position
    }

    package init(topic: String = DemoTopics.catalog) {
        self.topic = topic
    }

    package mutating func take(_ delivery: Delivery) {
        let position = delivery.position
        let ownID = "\(topic)/\(position)"
        guard case .tree(let tree) = delivery.message.body else {
            eventIDs[position] = ownID
            addLetter(delivery, "malformed")
            return
        }
        let id = tree["eventId"]?.string ?? ownID
        eventIDs[position] = id
        if let first = seen[id] {
            if first.body == delivery.message.body {
                outcomes[position] = .duplicate
                return
            }
            guard lettersByPosition[first.position] != nil else {
                addLetter(delivery, "event_id_reused")
                return
            }
            lettersByPosition[first.position]?.isResolved = true
        }
        seen[id] = FirstUse(body: delivery.message.body, position: position)
        do throws(ModelledEvent.Rejection) {
            let event = try ModelledEvent(tree, sentAt: delivery.message.sentAt)
            decide(event, delivery)
        } catch {
            addLetter(delivery, error.reason)
        }
    }

    private mutating func decide(_ event: ModelledEvent, _ delivery: Delivery) {
        let code = event.serviceCode
        guard event.change != .unknown else {
            outcomes[delivery.position] = .skipped(reason: "unknown_event_type")
            return
        }
        guard let service = services[code] else {
            create(event, delivery)
            return
        }
        if let source = event.source, .string(source) != service.columns["external_system_source"] {
            addLetter(delivery, "source_mismatch")
            return
        }
        if let newest = newestDecided[code], event.time < newest {
            outcomes[delivery.position] = .skipped(reason: "stale")
            return
        }
        if event.change == .deprecated {
            deprecate(service, event, delivery)
        } else {
            update(service, event, delivery)
        }
    }

    private mutating func create(_ event: ModelledEvent, _ delivery: Delivery) {
        guard event.change != .deprecated else {
            addLetter(delivery, "not_found", attempts: Self.allAttempts)
            waiting[event.serviceCode] = (event, delivery)
            return
        }
        guard event.canCreate else {
            addLetter(delivery, "invalid")
            return
        }
        var columns: [String: JSONTree] = [
            "external_service_code": .string(event.serviceCode),
            "external_system_source": .string(event.source ?? "PYXIS"),
            "status": "ACTIVE", "deprecated_reason": .null, "replacement_service_code": .null,
            "sync_version": .text(event.version),
        ]
        for column in CatalogColumn.all { columns[column.column] = column.empty }
        columns.merge(event.patch) { _, new in new }
        write(ModelledService(columns: columns), event, delivery, effect: "created")
        endWait(for: event)
    }

    /// A deprecation that overtook its creation is applied behind it; one that is older than the
    /// creation was meant for something else and stays a letter.
    ///
    /// True where the creation comes before the deprecation's attempts are used up.
    private mutating func endWait(for creation: ModelledEvent) {
        guard let (event, delivery) = waiting.removeValue(forKey: creation.serviceCode),
            creation.time <= event.time, let service = services[creation.serviceCode]
        else { return }
        lettersByPosition[delivery.position] = nil
        deprecate(service, event, delivery)
    }

    private mutating func update(
        _ service: ModelledService, _ event: ModelledEvent, _ delivery: Delivery
    ) {
        // A field that the event leaves out is as the source last said, decided upon or not.
        var proposed = service.openItem?.proposed ?? service.columns
        proposed.merge(event.patch) { _, new in new }
        let comesBack = service.columns["status"] == "DEPRECATED"
        if comesBack {
            proposed["status"] = "ACTIVE"
            proposed["deprecated_reason"] = .null
            proposed["replacement_service_code"] = .null
        }
        if let version = event.version { proposed["sync_version"] = .string(version) }
        let reasons = BreakingRules.reasons(from: service.columns, to: proposed)
        guard reasons.isEmpty, !comesBack else {
            supersede(service.openItem)
            var held = service
            held.openItem = ModelledService.OpenItem(
                position: delivery.position, proposed: proposed, reasons: reasons,
                comesBack: comesBack)
            services[event.serviceCode] = held
            newestDecided[event.serviceCode] = event.time
            outcomes[delivery.position] = .held
            return
        }
        var before = service.columns
        before["sync_version"] = proposed["sync_version"]
        write(
            ModelledService(columns: proposed), replacing: service, event, delivery,
            effect: before == proposed ? "unchanged" : "updated")
    }

    private mutating func deprecate(
        _ service: ModelledService, _ event: ModelledEvent, _ delivery: Delivery
    ) {
        var columns = service.columns
        var effect = "deprecated"
        if columns["status"] == "DEPRECATED" {
            // It ended before, and came back only as a proposal: its end stays.
            if let reason = event.reason { columns["deprecated_reason"] = .string(reason) }
            if let code = event.replacement { columns["replacement_service_code"] = .string(code) }
            effect = columns == service.columns ? "unchanged" : "updated"
        } else {
            columns["status"] = "DEPRECATED"
            columns["effective_to"] = .integer(event.time * 1_000)
            columns["deprecated_reason"] = .string(
                event.reason ?? "Deprecated by external system")
            columns["replacement_service_code"] = .text(event.replacement)
        }
        if let version = event.version { columns["sync_version"] = .string(version) }
        write(
            ModelledService(columns: columns), replacing: service, event, delivery,
            effect: effect)
    }

    /// Writes the row unless the database's own rule is against it, now and at every attempt.
    private mutating func write(
        _ service: ModelledService, replacing old: ModelledService? = nil, _ event: ModelledEvent,
        _ delivery: Delivery, effect: String
    ) {
        if case .integer(let minutes)? = service.columns["estimated_duration_minutes"],
            RefusalRule.refuses(durationMinutes: minutes)
        {
            addLetter(delivery, "retries_exhausted", attempts: Self.allAttempts)
            return
        }
        supersede(old?.openItem)
        services[event.serviceCode] = service
        newestDecided[event.serviceCode] = event.time
        outcomes[delivery.position] = .processed(effect: effect, warned: event.hasUnknownWords)
    }

    private mutating func supersede(_ item: ModelledService.OpenItem?) {
        guard let position = item?.position else { return }
        outcomes[position] = .skipped(reason: "superseded")
    }

    private mutating func addLetter(_ delivery: Delivery, _ reason: String, attempts: Int = 1) {
        outcomes[delivery.position] = .deadLettered(reason: reason, attempts: attempts)
        lettersByPosition[delivery.position] = ModelledLetter(
            position: delivery.position, message: delivery.message, reason: reason,
            attempts: attempts)
    }
}
