import Kafka

/// One message that was delivered, decoded, and hashed.
struct Delivery: Sendable {
    var message: SourceMessage
    /// As an event of the catalog; what came with another topic's applier is none.
    var decoded: Result<CatalogEvent, EventFault> { _read { yield reading.value } }
    /// As an order; nil for an event of the catalog.
    let order: Result<ERPOrder, EventFault>?
    /// SHA-256 of the value.
    var payloadHash: [UInt8]
    private let reading: Shared<Result<CatalogEvent, EventFault>>

    init(message: SourceMessage, order: Result<ERPOrder, EventFault>, payloadHash: [UInt8]) {
        self.message = message
        self.payloadHash = payloadHash
        self.order = order
        reading = Shared(.failure(order.fault ?? EventFault.noCatalogEvent(order, message)))
    }

    init(
        message: SourceMessage, decoded: Result<CatalogEvent, EventFault>, payloadHash: [UInt8]
    ) {
        self.message = message
        self.payloadHash = payloadHash
        order = nil
        reading = Shared(decoded)
    }

    var eventID: String {
        switch decoded {
        case .success(let event): event.eventID
        case .failure(let fault): fault.eventID
        }
    }

    /// Why it cannot be decided at all.
    var fault: EventFault? { order.map(\.fault) ?? decoded.fault }

    var serviceCode: String? {
        guard case .success(let event) = decoded else { return nil }
        return event.externalServiceCode
    }
}

/// Deliveries of one partition that go into one transaction.
///
/// No event id stands in it with two contents: what the second one is depends on what becomes of
/// the first, so it begins the next batch.
struct DeliveryBatch: Sendable {
    private(set) var deliveries: [Delivery] = []
    /// The first delivery of each event id; the others are duplicates.
    private(set) var claimants: [Delivery] = []
    private var hashes: [String: [UInt8]] = [:]

    /// Takes as many of `candidates` as may stand in one batch; at least one.
    init(from candidates: ArraySlice<Delivery>) {
        for delivery in candidates {
            let id = delivery.eventID
            if let hash = hashes[id] {
                guard hash == delivery.payloadHash else { return }
            } else {
                hashes[id] = delivery.payloadHash
                claimants.append(delivery)
            }
            deliveries.append(delivery)
        }
    }

    var nextOffset: Int64 { (deliveries.last?.message.offset ?? -1) + 1 }

    /// The services that the batch is about.
    var serviceCodes: Set<String> { Set(claimants.compactMap(\.serviceCode)) }
}

extension Result where Failure == EventFault {
    /// Nil for a success.
    var fault: EventFault? {
        guard case .failure(let fault) = self else { return nil }
        return fault
    }
}

extension EventFault {
    /// What an order is to those who look for an event of the catalog.
    fileprivate static func noCatalogEvent(
        _ order: Result<ERPOrder, EventFault>, _ message: SourceMessage
    ) -> EventFault {
        EventFault(
            reason: .invalid, message: "an order is no event of the catalog", place: "",
            eventID: (try? order.get())?.eventID ?? message.defaultEventID)
    }
}
