import Probes

/// One event of the catalog topic, decoded and valid.
package struct CatalogEvent: Equatable, Sendable {
    /// The envelope's `eventId`; if absent, `topic/partition/offset`.
    package var eventID: String
    package var eventType: CatalogEventType
    /// The envelope's `eventTimestamp`; if absent, Kafka's own.
    package var eventTimestamp: Timestamp
    /// The system that sent it, such as `PYXIS`; nil if the envelope does not say.
    package var source: String?
    package var version: String?
    package var correlationID: String?
    package var externalServiceCode: String
    /// For created and updated events; empty otherwise.
    package var patch: ServicePatch
    /// For deprecations: why.
    package var reason: String?
    /// For deprecations: the code of the service that takes its place.
    package var replacementServiceCode: String?
    /// Whether `jsonb` can hold the message as it came.
    package var isStorableAsJSONB: Bool

    package init(
        eventID: String, eventType: CatalogEventType, eventTimestamp: Timestamp,
        source: String? = nil, version: String? = nil, correlationID: String? = nil,
        externalServiceCode: String, patch: ServicePatch = ServicePatch(),
        reason: String? = nil, replacementServiceCode: String? = nil,
        isStorableAsJSONB: Bool = true
    ) {
        self.eventID = eventID
        self.eventType = eventType
        self.eventTimestamp = eventTimestamp
        self.source = source
        self.version = version
        self.correlationID = correlationID
        self.externalServiceCode = externalServiceCode
        self.patch = patch
        self.reason = reason
        self.replacementServiceCode = replacementServiceCode
        self.isStorableAsJSONB = isStorableAsJSONB
    }
}

package enum CatalogEventType: Hashable, Sendable {
    case created
    case updated
    case deprecated
    /// A type that this flow does not know: logged as skipped.
    case unknown(String)

    package init(name: String) {
        switch name {
        case "service.created": self = .created
        case "service.updated": self = .updated
        case "service.deprecated": self = .deprecated
        default: self = .unknown(name)
        }
    }

    /// The name on the wire.
    package var name: String {
        switch self {
        case .created: "service.created"
        case .updated: "service.updated"
        case .deprecated: "service.deprecated"
        case .unknown(let name): name
        }
    }
}

/// Why a message cannot be applied, now or ever, with what could still be read from it.
package struct EventFault: Error, Equatable, Sendable {
    package enum Reason: String, Sendable, CaseIterable {
        /// Empty, not UTF-8, not JSON, not an object, nested too deep.
        case malformed
        /// JSON, but a required value is missing or a value breaks a rule.
        case invalid
        /// Its time lies further ahead of the clock than is believed.
        case timestampInFuture = "timestamp_in_future"
    }

    package var reason: Reason
    /// What is wrong and where: `data.scopeIncluded[2] is a number, a text was expected`.
    package var message: String
    /// Whether `message` may hold something of the value at fault.
    package var quotesValue = true
    /// The place of the fault for the fingerprint, without positions: `data.scopeIncluded`.
    package var place: String
    /// `eventId` if it could be read, otherwise `topic/partition/offset`.
    package var eventID: String
    package var eventType: String?
    package var eventTimestamp: Timestamp?
    package var source: String?
    package var correlationID: String?
    package var externalServiceCode: String?
    package var isStorableAsJSONB: Bool

    package init(
        reason: Reason, message: String, place: String, eventID: String,
        eventType: String? = nil, eventTimestamp: Timestamp? = nil, source: String? = nil,
        correlationID: String? = nil, externalServiceCode: String? = nil,
        isStorableAsJSONB: Bool = false
    ) {
        self.reason = reason
        self.message = message
        self.place = place
        self.eventID = eventID
        self.eventType = eventType
        self.eventTimestamp = eventTimestamp
        self.source = source
        self.correlationID = correlationID
        self.externalServiceCode = externalServiceCode
        self.isStorableAsJSONB = isStorableAsJSONB
    }
}
