/// An event with everything that is known of it.
package struct EventDetail: Sendable, Equatable {
    package var row: EventRow
    package var serviceID: Int64?
    package var warnings: [String]
    package var headers: [Header]
    /// As received, if it is text; otherwise the printable part with the rest escaped.
    package var payload: String
    /// The dead letter or the review item that it became.
    package var letterID: Int64?
    package var reviewID: Int64?
    /// While parked: the event it waits behind. While retrying: when it is due.
    package var blockedBy: Int64?
    package var dueAt: Timestamp?

    package init(
        row: EventRow, serviceID: Int64?, warnings: [String], headers: [Header], payload: String,
        letterID: Int64?, reviewID: Int64?, blockedBy: Int64?, dueAt: Timestamp?
    ) {
        self.row = row
        self.serviceID = serviceID
        self.warnings = warnings
        self.headers = headers
        self.payload = payload
        self.letterID = letterID
        self.reviewID = reviewID
        self.blockedBy = blockedBy
        self.dueAt = dueAt
    }
}

package struct Header: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// One field of a proposed change, both sides as compact JSON; `null` where there is nothing.
package struct FieldChange: Sendable, Equatable {
    package var field: String
    package var before: String
    package var after: String
    /// The reasons that hold this field, empty if it alone would not be held.
    package var reasons: [String]

    package init(field: String, before: String, after: String, reasons: [String]) {
        self.field = field
        self.before = before
        self.after = after
        self.reasons = reasons
    }
}

/// A review item with its diff, its impact now, and what became of earlier items of the service.
package struct ReviewDetail: Sendable, Equatable {
    package var row: ReviewRow
    package var changes: [FieldChange]
    /// Whole contents as JSON objects.
    package var currentJSON: String
    package var proposedJSON: String
    /// Active orders counted now; `row.impactActiveOrders` is the count when it was held.
    package var activeOrdersNow: Int
    package var serviceName: String?
    package var fsmServiceCode: String?
    package var eventID: String?
    package var logID: Int64?
    /// True if the service has moved since: the item can only be rejected or looked at anew.
    package var hasServiceMoved: Bool
    package var earlier: [ReviewRow]

    package init(
        row: ReviewRow, changes: [FieldChange], currentJSON: String, proposedJSON: String,
        activeOrdersNow: Int, serviceName: String?, fsmServiceCode: String?, eventID: String?,
        logID: Int64?, hasServiceMoved: Bool, earlier: [ReviewRow]
    ) {
        self.row = row
        self.changes = changes
        self.currentJSON = currentJSON
        self.proposedJSON = proposedJSON
        self.activeOrdersNow = activeOrdersNow
        self.serviceName = serviceName
        self.fsmServiceCode = fsmServiceCode
        self.eventID = eventID
        self.logID = logID
        self.hasServiceMoved = hasServiceMoved
        self.earlier = earlier
    }
}

/// A dead letter with its payload and what was tried.
package struct LetterDetail: Sendable, Equatable {
    package var row: LetterRow
    package var payload: String
    package var payloadBytes: [UInt8]
    package var headers: [Header]
    package var history: [LetterHistoryEntry]
    /// What a retry would most likely meet now: newer decided event, parked service, nothing.
    package var staleWarning: String?

    package init(
        row: LetterRow, payload: String, payloadBytes: [UInt8], headers: [Header],
        history: [LetterHistoryEntry], staleWarning: String?
    ) {
        self.row = row
        self.payload = payload
        self.payloadBytes = payloadBytes
        self.headers = headers
        self.history = history
        self.staleWarning = staleWarning
    }
}

package struct LetterHistoryEntry: Sendable, Equatable {
    package var at: Timestamp
    package var action: String
    package var operatorName: String?
    package var result: String
    package var message: String?

    package init(
        at: Timestamp, action: String, operatorName: String?, result: String, message: String?
    ) {
        self.at = at
        self.action = action
        self.operatorName = operatorName
        self.result = result
        self.message = message
    }
}

/// Who set each field of a service last.
package struct BlameReading: Sendable, Equatable {
    package var serviceCode: String
    package var serviceID: Int64
    package var fsmServiceCode: String
    package var status: String
    package var rowVersion: Int64
    package var fields: [Field]

    package struct Field: Sendable, Equatable {
        package var field: String
        /// The stored value as compact JSON.
        package var valueJSON: String
        /// `event`, `file`, `person` or `correction`.
        package var origin: String
        package var logID: Int64?
        package var eventID: String?
        package var operatorName: String?
        package var reviewID: Int64?
        package var letterID: Int64?
        package var at: Timestamp?

        package init(
            field: String, valueJSON: String, origin: String, logID: Int64?, eventID: String?,
            operatorName: String?, reviewID: Int64?, letterID: Int64?, at: Timestamp?
        ) {
            self.field = field
            self.valueJSON = valueJSON
            self.origin = origin
            self.logID = logID
            self.eventID = eventID
            self.operatorName = operatorName
            self.reviewID = reviewID
            self.letterID = letterID
            self.at = at
        }
    }

    package init(
        serviceCode: String, serviceID: Int64, fsmServiceCode: String, status: String,
        rowVersion: Int64, fields: [Field]
    ) {
        self.serviceCode = serviceCode
        self.serviceID = serviceID
        self.fsmServiceCode = fsmServiceCode
        self.status = status
        self.rowVersion = rowVersion
        self.fields = fields
    }
}
