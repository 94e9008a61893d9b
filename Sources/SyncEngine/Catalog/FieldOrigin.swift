import Probes

/// Where a field's value came from.
///
/// As JSON, with only the keys that are known:
/// `{"o":"event","log":123,"id":"evt_1","at":1737109800000000}`; also `letter`, `review`, `by`,
/// `run`, `line`.
package struct FieldOrigin: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// An event of a topic: `logID`, `eventID`; `reviewID` and `operatorName` if a person
        /// approved it; `letterID` if it was retried as a dead letter.
        case event
        /// A line of a file that created the service or was approved: `runID`, `line`.
        case file
        /// A person: `operatorName`.
        case person
        /// A run that corrected drift: `runID`, `line`.
        case correction
    }

    package var kind: Kind
    /// When the value was true at its source: the event's time, the file's `as_of`.
    package var at: Timestamp
    package var logID: Int64?
    package var eventID: String?
    package var letterID: Int64?
    package var reviewID: Int64?
    package var operatorName: String?
    package var runID: Int64?
    package var line: Int64?

    package init(
        kind: Kind, at: Timestamp, logID: Int64? = nil, eventID: String? = nil,
        letterID: Int64? = nil, reviewID: Int64? = nil, operatorName: String? = nil,
        runID: Int64? = nil, line: Int64? = nil
    ) {
        self.kind = kind
        self.at = at
        self.logID = logID
        self.eventID = eventID
        self.letterID = letterID
        self.reviewID = reviewID
        self.operatorName = operatorName
        self.runID = runID
        self.line = line
    }

    package var json: JSONValue {
        var members = [JSONMember("o", .string(kind.rawValue))]
        func add(_ key: String, _ value: JSONValue) {
            if value != .null { members.append(JSONMember(key, value)) }
        }
        add("log", .integer(orNull: logID))
        add("id", .string(orNull: eventID))
        add("letter", .integer(orNull: letterID))
        add("review", .integer(orNull: reviewID))
        add("by", .string(orNull: operatorName))
        add("run", .integer(orNull: runID))
        add("line", .integer(orNull: line))
        add("at", .integer(at.microseconds))
        return .object(members)
    }

    /// Reads back what `json` wrote; nil if the kind or the time is missing.
    package init?(json object: JSONCursor) {
        guard let kind = object.member("o")?.string.flatMap(Kind.init),
            let at = object.member("at")?.int64
        else { return nil }
        self.init(
            kind: kind, at: Timestamp(microseconds: at), logID: object.member("log")?.int64,
            eventID: object.member("id")?.string, letterID: object.member("letter")?.int64,
            reviewID: object.member("review")?.int64, operatorName: object.member("by")?.string,
            runID: object.member("run")?.int64, line: object.member("line")?.int64)
    }
}
