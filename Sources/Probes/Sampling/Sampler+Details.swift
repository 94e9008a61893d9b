import Postgres

extension Sampler {
    /// Reads a detail again only if its stamp has changed: payloads may be large.
    func sample(_ detail: DetailInterest, _ connection: PostgresConnection) async throws {
        guard let stamp = try await stamp(of: detail, connection) else {
            forgetDetails(but: nil)
            throw SampleMissing(words: detail.absence)
        }
        if let last = detailStamp, last.interest == detail, last.stamp == stamp { return }
        switch detail {
        case .event(let id):
            try await store(EventProbe(connection).show(id), \.eventDetail, detail)
        case .run(let id):
            try await store(RunProbe(connection).show(id), \.runDetail, detail)
        case .drift(let id):
            try await store(DriftProbe(connection).show(id), \.driftDetail, detail)
        case .review(let id):
            try await store(ReviewProbe(connection).show(id), \.reviewDetail, detail)
        case .letter(let id):
            try await store(LetterProbe(connection).show(id), \.letterDetail, detail)
        case .alert(let id):
            try await store(AlertProbe(connection).show(id), \.alertDetail, detail)
        case .job(let id):
            try await store(JobProbe(connection).show(id), \.jobDetail, detail)
        case .agent(let vendor):
            try await store(AgentProbe(connection).show(vendor), \.agentDetail, detail)
        case .blame(let code):
            try await store(BlameProbe(connection).show(serviceCode: code), \.blame, detail)
        }
        detailStamp = (detail, stamp)
    }

    /// Details of something else would only mislead.
    func forgetDetails(but detail: DetailInterest?) {
        detailStamp = nil
        detailProblem = nil
        if detail?.isEvent != true { ledger.clear(\.eventDetail) }
        if detail?.isRun != true { ledger.clear(\.runDetail) }
        if detail?.isDrift != true { ledger.clear(\.driftDetail) }
        if detail?.isReview != true { ledger.clear(\.reviewDetail) }
        if detail?.isLetter != true { ledger.clear(\.letterDetail) }
        if detail?.isAlert != true { ledger.clear(\.alertDetail) }
        if detail?.isJob != true { ledger.clear(\.jobDetail) }
        if detail?.isAgent != true { ledger.clear(\.agentDetail) }
        if detail?.isBlame != true { ledger.clear(\.blame) }
    }

    private func stamp(
        of detail: DetailInterest, _ connection: PostgresConnection
    ) async throws -> String? {
        switch detail {
        case .event(let id): try await EventProbe(connection).stamp(id)
        case .run(let id): try await RunProbe(connection).stamp(id)
        case .drift(let id): try await DriftProbe(connection).stamp(id)
        case .review(let id): try await ReviewProbe(connection).stamp(id)
        case .letter(let id): try await LetterProbe(connection).stamp(id)
        case .alert(let id): try await AlertProbe(connection).stamp(id)
        case .job(let id): try await JobProbe(connection).stamp(id)
        case .agent(let vendor): try await AgentProbe(connection).stamp(vendor)
        case .blame(let code): try await BlameProbe(connection).stamp(serviceCode: code)
        }
    }

    private func store<Value: Equatable & Sendable>(
        _ value: Value?, _ path: WritableKeyPath<ConsoleReadings, Reading<Value>?>,
        _ detail: DetailInterest
    ) throws {
        guard let value else { throw SampleMissing(words: detail.absence) }
        ledger.set(path, value, at: .now)
    }
}

extension DetailInterest {
    fileprivate var isEvent: Bool { if case .event = self { true } else { false } }
    fileprivate var isRun: Bool { if case .run = self { true } else { false } }
    fileprivate var isDrift: Bool { if case .drift = self { true } else { false } }
    fileprivate var isReview: Bool { if case .review = self { true } else { false } }
    fileprivate var isLetter: Bool { if case .letter = self { true } else { false } }
    fileprivate var isAlert: Bool { if case .alert = self { true } else { false } }
    fileprivate var isJob: Bool { if case .job = self { true } else { false } }
    fileprivate var isAgent: Bool { if case .agent = self { true } else { false } }
    fileprivate var isBlame: Bool { if case .blame = self { true } else { false } }

    fileprivate var absence: String {
        switch self {
        case .event(let id): "there is no event \(id)"
        case .run(let id): "there is no run \(id)"
        case .drift(let id): "there is no row of drift \(id)"
        case .review(let id): "there is no review item \(id)"
        case .letter(let id): "there is no dead letter \(id)"
        case .alert(let id): "there is no alert \(id)"
        case .job(let id): "there is no job \(id)"
        case .agent(let vendor): "there is no agent of \(vendor)"
        case .blame(let code): "there is no service \(code)"
        }
    }
}
