/// A service as the sales system that owns it sees it, whatever the field-service side holds.
struct SourceService: Sendable {
    /// What may still be sent for it without its outcome depending on chance.
    enum Standing: Sendable {
        case active
        /// A breaking change of it waits; `applied` is the state before that change.
        case held
        case deprecated
        /// It came back after a deprecation and waits.
        case returning
        /// Nothing more is sent for it.
        case retired
    }

    let code: String
    let system: SalesSystem
    var market: Market
    var type: String
    var category: String
    var name: [JSONMember]
    var description: [JSONMember]
    var shortDescription: [JSONMember]
    var scopeIncluded: [String]
    var scopeExcluded: [String]
    var worksiteRequirements: [String]
    var productPrerequisites: [String]
    var contractType: String
    var estimatedDurationMinutes: Int
    var complexity: String
    var requiresTechnicalVisit: Bool
    /// Milliseconds since 1970, as are all times of the demo.
    var effectiveFrom: Int64
    var effectiveTo: Int64?
    var revision = 0
    var standing = Standing.active
    /// Time of the newest event that was sent and will be decided.
    var newestEventAt: Int64 = 0

    /// The envelope's `version`: the seed's "2.0", its last digit counting the changes.
    var version: String { "2.\(revision)" }

    /// The whole `data` object, in the order of the seed's example.
    var data: JSONTree {
        .object([
            JSONMember("externalServiceCode", .string(code)),
            JSONMember("countryCode", .string(market.country)),
            JSONMember("businessUnit", .string(market.businessUnit)),
            JSONMember("type", .string(type)),
            JSONMember("category", .string(category)),
            JSONMember("name", .object(name)),
            JSONMember("description", .object(description)),
            JSONMember("shortDescription", .object(shortDescription)),
            JSONMember("scopeIncluded", .strings(scopeIncluded)),
            JSONMember("scopeExcluded", .strings(scopeExcluded)),
            JSONMember("worksiteRequirements", .strings(worksiteRequirements)),
            JSONMember("productPrerequisites", .strings(productPrerequisites)),
            JSONMember("contractType", .string(contractType)),
            JSONMember("estimatedDuration", .integer(estimatedDurationMinutes)),
            JSONMember("complexity", .string(complexity)),
            JSONMember("requiresTechnicalVisit", .bool(requiresTechnicalVisit)),
            JSONMember("effectiveFrom", .string(Self.dateText(effectiveFrom))),
            JSONMember("effectiveTo", .text(effectiveTo.map(CalendarText.timestamp))),
        ])
    }

    /// `data` reduced to the service's code and the named keys: a partial update.
    func data(only keys: [String]) -> JSONTree {
        guard case .object(let members) = data else { return data }
        return .object(
            members.filter { $0.key == "externalServiceCode" || keys.contains($0.key) })
    }

    /// Every third day is sent as a date without a time, as some of the systems do.
    private static func dateText(_ milliseconds: Int64) -> String {
        let day = milliseconds / CalendarText.millisecondsPerDay
        return day % 3 == 0
            ? CalendarText.date(milliseconds) : CalendarText.timestamp(milliseconds)
    }
}
