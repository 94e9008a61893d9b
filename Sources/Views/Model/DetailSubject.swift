import Probes

/// The one thing whose detail fills the pane.
package enum DetailSubject: Hashable, Sendable {
    case event(Int64)
    case run(Int64)
    case drift(Int64)
    case review(Int64)
    case letter(Int64)
    case alert(Int64)
    case job(Int64)
    case agent(vendor: String)
    case blame(serviceCode: String)
    case lag(RowID)
    case breaker(RowID)
    case engine(RowID)
    case mapping(RowID)
    case schedule(RowID)
    case audit(RowID)
    case log(RowID)
    /// Of this console, an engine of this machine and the way to both servers.
    case health
    case runbook(String)

    /// What the sampler has to read for it; nil where the list's row says it all.
    var interest: DetailInterest? {
        switch self {
        case .event(let id): .event(id)
        case .run(let id): .run(id)
        case .drift(let id): .drift(id)
        case .review(let id): .review(id)
        case .letter(let id): .letter(id)
        case .alert(let id): .alert(id)
        case .job(let id): .job(id)
        case .agent(let vendor): .agent(vendor: vendor)
        case .blame(let code): .blame(serviceCode: code)
        case .lag, .breaker, .engine, .mapping, .schedule, .audit, .runbook, .log, .health: nil
        }
    }

    var place: Place {
        switch self {
        case .event: .eventDetail
        case .run: .runDetail
        case .drift: .driftDetail
        case .review: .reviewDetail
        case .letter: .letterDetail
        case .alert: .alertDetail
        case .job: .jobDetail
        case .agent: .agentDetail
        case .mapping: .mappingDetail
        case .blame: .blameDetail
        case .lag: .lagDetail
        case .breaker: .breakerDetail
        case .engine: .engineDetail
        case .schedule: .scheduleDetail
        case .audit: .auditDetail
        case .log: .logDetail
        case .health: .healthDetail
        case .runbook: .runbookDetail
        }
    }

    /// For the crumbs over the pane.
    var title: String {
        switch self {
        case .event(let id): "event \(id)"
        case .run(let id): "run \(id)"
        case .drift(let id): "difference \(id)"
        case .review(let id): "change \(id)"
        case .letter(let id): "letter \(id)"
        case .alert(let id): "alert \(id)"
        case .job(let id): "job \(id)"
        case .agent(let vendor): "agent \(vendor)"
        case .blame(let code): "blame \(code)"
        case .lag(.name(let name)), .breaker(.name(let name)):
            // Behind the group, or the engine, that makes it unique.
            name.split(separator: " ").last.map(String.init) ?? name
        case .schedule(.name(let name)), .mapping(.name(let name)): name
        case .lag(.number(let id)), .breaker(.number(let id)), .schedule(.number(let id)),
            .mapping(.number(let id)):
            "\(id)"
        case .engine(let id): "engine \(id.number ?? 0)"
        case .audit(let id): "entry \(id.number ?? 0)"
        case .log(let id): "line \(id.number ?? 0)"
        case .health: "step by step"
        case .runbook(let name): "runbook \(name)"
        }
    }
}

/// A detail in front of a list, and how far it is scrolled.
struct OpenDetail: Sendable, Equatable {
    var subject: DetailSubject
    var top = 0
}
