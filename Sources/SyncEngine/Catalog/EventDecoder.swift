import Probes

/// A message of the catalog topic as Kafka delivered it.
package struct CatalogMessage: Sendable {
    package var value: [UInt8]
    /// Header names and values; a name may occur more than once.
    package var headers: [(name: String, value: [UInt8])]
    package var topic: String
    package var partition: Int32
    package var offset: Int64
    /// Kafka's own timestamp; nil if the message has none.
    package var timestamp: Timestamp?

    package init(
        value: [UInt8], headers: [(name: String, value: [UInt8])] = [], topic: String,
        partition: Int32, offset: Int64, timestamp: Timestamp?
    ) {
        self.value = value
        self.headers = headers
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
    }

    /// Names the message where it has no `eventId` of its own.
    package var position: String { "\(topic)/\(partition)/\(offset)" }
}

/// Bytes to a typed event, once, at the border.
///
/// Every fault is permanent: the same bytes will not become valid by waiting. An event type that
/// is not known is no fault.
package struct EventDecoder: Sendable {
    /// How far ahead of the clock an event's time is still believed.
    package var futureTolerance: Duration
    /// A fault in one of these is not told with its value: what is told is logged, listed, sent.
    package var personalFields: PersonalFields

    package init(
        futureTolerance: Duration = .seconds(300), personalFields: PersonalFields = .none
    ) {
        self.futureTolerance = futureTolerance
        self.personalFields = personalFields
    }

    /// Decodes and validates a message; `now` is the moment of decoding.
    package func decode(
        _ message: CatalogMessage, now: Timestamp
    ) -> Result<CatalogEvent, EventFault> {
        var reading = EventReading(message: message, now: now, futureTolerance: futureTolerance)
        do throws(EventFault) {
            return .success(try reading.read())
        } catch {
            guard error.quotesValue, personalFields.covers(payloadPlace: error.place) else {
                return .failure(error)
            }
            var fault = error
            fault.message = "\(error.place) is not what was expected; its value is personal"
            return .failure(fault)
        }
    }
}
