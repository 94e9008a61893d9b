@testable import Demo

/// Deliveries of one service, written down by hand.
final class History {
    static let base: Int64 = 1_763_700_000_000
    static let code = "PYX_ES_HVAC_00123"
    static let service: JSONTree = [
        "countryCode": "ES", "businessUnit": "LM_ES", "type": "installation", "category": "hvac",
        "name": ["es": "Aire", "en": "AC"], "description": ["es": "Texto"],
        "shortDescription": ["es": "AC"], "scopeIncluded": ["a", "b"], "scopeExcluded": ["c"],
        "worksiteRequirements": ["w"], "productPrerequisites": ["p"],
        "contractType": "pre_service", "estimatedDuration": 90, "complexity": "LOW",
        "requiresTechnicalVisit": false, "effectiveFrom": "2025-02-01", "effectiveTo": nil,
    ]

    private(set) var model = DemoModel()
    private(set) var deliveries: [Delivery] = []

    /// An event of the service, `milliseconds` after the base.
    func event(
        _ id: String, _ type: String, at milliseconds: Int64, data: JSONTree,
        version: String? = nil, source: String = "PYXIS"
    ) {
        var envelope: JSONTree = [
            "eventId": .string(id), "eventType": .string("service." + type),
            "eventTimestamp": .string(CalendarText.timestamp(Self.base + milliseconds)),
            "source": .string(source),
        ]
        if let version { envelope = envelope.with("version", .string(version)) }
        deliver(.tree(envelope.with("data", data.with("externalServiceCode", .string(Self.code)))))
    }

    func garbage(_ bytes: [UInt8]) {
        deliver(.garbage(bytes))
    }

    private func deliver(_ body: TrafficMessage.Body) {
        let delivery = Delivery(
            message: TrafficMessage(
                number: deliveries.count, kind: .fullUpdate, key: Self.code, body: body,
                sentAt: Self.base),
            position: Position(partition: 0, offset: Int64(deliveries.count)))
        deliveries.append(delivery)
        model.take(delivery)
    }

    var outcomes: [DeliveryOutcome] {
        deliveries.compactMap { model.outcomes[$0.position] }
    }

    var service: ModelledService? { model.services[Self.code] }
    var columns: [String: JSONTree] { service?.columns ?? [:] }
}
