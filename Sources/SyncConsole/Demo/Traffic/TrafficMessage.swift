/// One message of the demo, with what is known about it.
package struct TrafficMessage: Sendable {
    /// The value as it was meant, before it became bytes.
    package enum Body: Sendable, Hashable {
        case tree(JSONTree)
        /// Something that is no JSON object in UTF-8.
        case garbage([UInt8])
    }

    /// Counts from 0 in the order of sending.
    package let number: Int
    /// Milliseconds after the start at which it is to be sent; never goes back.
    package let plannedAt: Int64
    package let kind: TrafficKind
    /// Kafka's key: the service's code, nil where none is known.
    package let key: String?
    package let body: Body
    /// Kafka's own timestamp, milliseconds since 1970.
    package let sentAt: Int64
    /// The refusal that must stand in the database before the message is sent.
    package let refusal: TemporaryRefusal?

    package var value: [UInt8] {
        switch body {
        case .tree(let tree): tree.bytes
        case .garbage(let bytes): bytes
        }
    }

    package init(
        number: Int, plannedAt: Int64 = 0, kind: TrafficKind, key: String?, body: Body,
        sentAt: Int64, refusal: TemporaryRefusal? = nil
    ) {
        self.number = number
        self.plannedAt = plannedAt
        self.kind = kind
        self.key = key
        self.body = body
        self.sentAt = sentAt
        self.refusal = refusal
    }

    /// The partition of `count` that the key belongs to (FNV-1a), so that a service's events
    /// stay in order and a seed always fills the same partitions.
    package func partition(of count: Int32) -> Int32 {
        guard count > 1 else { return 0 }
        guard let key else { return Int32(number % Int(count)) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int32(hash % UInt64(count))
    }
}

/// An order to the demo's trigger: refuse every write to a service for so long.
package struct TemporaryRefusal: Sendable, Hashable {
    package let serviceCode: String
    /// Counted from the first refused write; shorter than the retries last, so that it recovers.
    package let seconds: Int
}
