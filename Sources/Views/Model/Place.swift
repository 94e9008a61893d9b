import Probes

/// Where the keys go: the list, the detail or the overlay that is in front.
package struct Place: OptionSet, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    static let overview = Place(rawValue: 1 << 0)
    static let lagList = Place(rawValue: 1 << 1)
    static let eventList = Place(rawValue: 1 << 2)
    static let reviewList = Place(rawValue: 1 << 3)
    static let letterList = Place(rawValue: 1 << 4)
    static let clusterList = Place(rawValue: 1 << 5)
    static let breakerList = Place(rawValue: 1 << 6)
    static let engineList = Place(rawValue: 1 << 7)
    static let auditList = Place(rawValue: 1 << 8)
    static let eventDetail = Place(rawValue: 1 << 9)
    static let reviewDetail = Place(rawValue: 1 << 10)
    static let letterDetail = Place(rawValue: 1 << 11)
    static let blameDetail = Place(rawValue: 1 << 12)
    static let lagDetail = Place(rawValue: 1 << 13)
    static let breakerDetail = Place(rawValue: 1 << 14)
    static let engineDetail = Place(rawValue: 1 << 15)
    static let auditDetail = Place(rawValue: 1 << 16)
    static let helpOverlay = Place(rawValue: 1 << 17)
    static let resultOverlay = Place(rawValue: 1 << 18)
    static let filterPrompt = Place(rawValue: 1 << 19)
    static let palettePrompt = Place(rawValue: 1 << 20)
    /// A dialog with fields to fill in.
    static let form = Place(rawValue: 1 << 21)
    /// A dialog that only asks yes or no.
    static let question = Place(rawValue: 1 << 22)

    static let runList = Place(rawValue: 1 << 23)
    static let driftList = Place(rawValue: 1 << 24)
    static let driftGroupList = Place(rawValue: 1 << 25)
    static let runDetail = Place(rawValue: 1 << 26)
    static let driftDetail = Place(rawValue: 1 << 27)
    /// A value is chosen: the source to start a run of, the place to read from.
    static let sourcePrompt = Place(rawValue: 1 << 28)

    static let runbookList = Place(rawValue: 1 << 29)
    static let runbookDetail = Place(rawValue: 1 << 30)
    static let scheduleList = Place(rawValue: 1 << 31)
    static let scheduleDetail = Place(rawValue: 1 << 32)
    static let alertList = Place(rawValue: 1 << 33)
    static let alertDetail = Place(rawValue: 1 << 34)
    static let alertGroupList = Place(rawValue: 1 << 44)

    static let jobList = Place(rawValue: 1 << 35)
    static let jobDetail = Place(rawValue: 1 << 36)
    static let agentList = Place(rawValue: 1 << 37)
    static let agentDetail = Place(rawValue: 1 << 38)
    static let mappingList = Place(rawValue: 1 << 39)
    static let mappingDetail = Place(rawValue: 1 << 40)

    static let logList = Place(rawValue: 1 << 50)
    static let logDetail = Place(rawValue: 1 << 51)
    static let healthDetail = Place(rawValue: 1 << 52)

    static let lists: Place = [
        .logList,
        .lagList, .eventList, .reviewList, .letterList, .clusterList, .breakerList, .engineList,
        .auditList, .runList, .driftList, .driftGroupList, .scheduleList,
        .runbookList, .alertList, .alertGroupList, .jobList, .agentList, .mappingList,
    ]
    static let details: Place = [
        .logDetail, .healthDetail,
        .eventDetail, .reviewDetail, .letterDetail, .blameDetail, .lagDetail, .breakerDetail,
        .engineDetail, .auditDetail, .runDetail, .driftDetail, .scheduleDetail,
        .runbookDetail, .alertDetail, .jobDetail, .agentDetail, .mappingDetail,
    ]
    static let panes: Place = [.overview, .lists, .details]
    static let readers: Place = [.helpOverlay, .resultOverlay]
    static let prompts: Place = [.filterPrompt, .palettePrompt, .sourcePrompt]
    static let dialogs: Place = [.form, .question]

    init(list noun: Noun) {
        switch noun {
        case .lag: self = .lagList
        case .events: self = .eventList
        case .runs: self = .runList
        case .drift: self = .driftList
        case .driftGroups: self = .driftGroupList
        case .review: self = .reviewList
        case .dlq: self = .letterList
        case .clusters: self = .clusterList
        case .breakers: self = .breakerList
        case .jobs: self = .jobList
        case .agents: self = .agentList
        case .mappings: self = .mappingList
        case .alerts: self = .alertList
        case .alertGroups: self = .alertGroupList
        case .engines: self = .engineList
        case .schedule: self = .scheduleList
        case .audit: self = .auditList
        case .logs: self = .logList
        case .runbooks: self = .runbookList
        }
    }
}
