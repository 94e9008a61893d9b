import FoundationEssentials
import Kafka
import VendorSimulator

/// Brings the demo's orders to the engine: by its API and by the topic.
actor OrderProducer {
    /// From one order to the next.
    private static let pace: Duration = .milliseconds(900)

    private var generator: OrderGenerator
    private let client: EngineClient
    private let producer: KafkaProducer
    /// By their numbers; empty where nobody counts, since a demo may run for days.
    private(set) var placed: [String: DemoOrder] = [:]
    private let remembers: Bool
    private(set) var repeated = 0

    init(
        seed: UInt64, engineURL: String, apiKey: String, producer: KafkaProducer, remembers: Bool
    ) {
        generator = OrderGenerator(seed: seed)
        client = EngineClient(base: engineURL, apiKey: apiKey, token: "")
        self.producer = producer
        self.remembers = remembers
    }

    private struct Body: Encodable {
        let orderId: String
        let vendorId: String
        let lines: [DemoOrder.Line]
    }

    /// Until the task is cancelled. An order that could not be brought is brought again.
    func run() async {
        var next = generator.next()
        while !Task.isCancelled {
            do {
                try await bring(next)
                next = generator.next()
            } catch {
                // The engine or the broker is away: the person may be playing with them.
            }
            try? await Task.sleep(for: Self.pace)
        }
    }

    private func bring(_ order: DemoOrder) async throws {
        // What may have come in is expected, even if its answer is lost.
        if remembers { placed[order.number] = order }
        switch order.way {
        case .api:
            try await client.call(
                "POST", "/api/v1/orders", as: .apiKey,
                body: Body(orderId: order.number, vendorId: order.vendor, lines: order.lines),
                correlationID: "demo-\(order.number)")
        case .topic:
            let record = KafkaRecord(
                topic: DemoTopics.orders, partition: 0, key: Array(order.number.utf8),
                value: Self.event(order).bytes)
            for result in try await producer.produce([record]) { _ = try result.get() }
        }
        if order.isRepeat { repeated += 1 }
    }

    /// A repeated order is another event about the same order.
    private static func event(_ order: DemoOrder) -> JSONTree {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let lines = order.lines.map { line in
            JSONTree.object([
                JSONMember("sku", .string(line.sku)),
                JSONMember("quantity", .integer(line.quantity)),
            ])
        }
        return [
            "eventId": .string("evt_\(order.number)\(order.isRepeat ? "_again" : "")"),
            "eventType": .string(DemoTopics.orders),
            "eventTimestamp": .string(CalendarText.timestamp(now)),
            "source": "projects",
            "correlationId": .string("demo-\(order.number)"),
            "data": [
                "serviceOrderId": .string(order.number), "vendorId": .string(order.vendor),
                "lines": .array(lines),
            ],
        ]
    }
}
