/// An event that can be decided, read from the tree that the generator sent.
struct ModelledEvent {
    enum Change: Equatable {
        case created, updated, deprecated, unknown
    }

    let change: Change
    let serviceCode: String
    /// Milliseconds since 1970.
    let time: Int64
    let source: String?
    let version: String?
    /// New values by column, for the columns that the event names.
    let patch: [String: JSONTree]
    let reason: String?
    let replacement: String?

    /// An event's time further ahead than this is not believed.
    static let believedAheadMilliseconds: Int64 = 300_000

    /// Why a message can never be applied: `invalid` or `timestamp_in_future`.
    struct Rejection: Error {
        let reason: String
    }

    init(_ tree: JSONTree, sentAt: Int64) throws(Rejection) {
        let invalid = Rejection(reason: "invalid")
        guard let type = tree["eventType"]?.string, !type.isEmpty, let data = tree["data"],
            case .object = data, let code = data["externalServiceCode"]?.string, !code.isEmpty
        else { throw invalid }
        switch type {
        case "service.created": change = .created
        case "service.updated": change = .updated
        case "service.deprecated": change = .deprecated
        default: change = .unknown
        }
        serviceCode = code
        source = tree["source"]?.string
        version = tree["version"]?.string
        if let text = tree["eventTimestamp"] {
            guard let time = text.string.flatMap(CalendarText.milliseconds) else { throw invalid }
            self.time = time
        } else {
            time = sentAt
        }
        guard time <= sentAt + Self.believedAheadMilliseconds else {
            throw Rejection(reason: "timestamp_in_future")
        }
        var patch: [String: JSONTree] = [:]
        if change == .created || change == .updated {
            for column in CatalogColumn.all {
                guard let sent = data[column.key] else { continue }
                guard let value = column.value(of: sent) else { throw invalid }
                patch[column.column] = value
            }
        }
        self.patch = patch
        reason = data["reason"]?.string
        replacement = data["replacementServiceCode"]?.string
        if change == .created, !canCreate { throw invalid }
    }

    /// A creation needs a country and a name in one language.
    var canCreate: Bool {
        guard patch["country_code"]?.string != nil, case .object(let names)? = patch["name_i18n"]
        else { return false }
        return !names.isEmpty
    }

    /// Whether it carries a type or a category that falls to the default.
    var hasUnknownWords: Bool {
        func isUnknown(_ column: String, in known: [String: String]) -> Bool {
            guard let word = patch[column]?.string else { return false }
            return known[word] == nil
        }
        return isUnknown("source_type", in: SourceMapping.types)
            || isUnknown("source_category", in: SourceMapping.categories)
    }
}
