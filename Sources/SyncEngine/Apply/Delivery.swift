import Kafka

/// One message that was delivered, decoded, and hashed.
struct Delivery: Sendable {
    var message: SourceMessage
    var decoded: Result<CatalogEvent, EventFault> { _read { yield reading.value } }
    /// SHA-256 of the value.
    var payloadHash: [UInt8]
    private let reading: Shared<Result<CatalogEvent, EventFault>>

    init(
        message: SourceMessage, decoded: Result<CatalogEvent, EventFault>, payloadHash: [UInt8]
    ) {
        self.message = message
        self.payloadHash = payloadHash
        reading = Shared(decoded)
    }

    var eventID: String {
        switch decoded {
        case .success(let event): event.eventID
        case .failure(let fault): fault.eventID
        }
    }

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
