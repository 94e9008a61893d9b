/// What came of a check.
package struct CheckResult: Sendable, Equatable {
    package enum Verdict: String, Sendable, CaseIterable {
        case ok, bad
        /// It could not be looked up, or nobody can say yet.
        case unknown
    }

    package var verdict: Verdict
    /// What was found, with its figure, in a few words.
    package var words: String
    /// The figure alone, in the unit that the words say; nil where there is none.
    package var figure: Double?

    package init(_ verdict: Verdict, _ words: String, figure: Double? = nil) {
        self.verdict = verdict
        self.words = words
        self.figure = figure
    }

    static func unknown(_ words: String) -> CheckResult { CheckResult(.unknown, words) }

    /// Bad if there is any, `none` for nothing.
    static func count(_ value: Int, _ words: String, none: String) -> CheckResult {
        CheckResult(value > 0 ? .bad : .ok, value > 0 ? words : none, figure: Double(value))
    }
}

/// All that checks look at.
package struct CheckReadings: Sendable {
    package var console: ConsoleReadings
    /// Of the walk to both servers, where somebody has gone it; it says more than a state.
    package var steps: [HealthStep]
    package var now: Timestamp

    package init(_ console: ConsoleReadings, steps: [HealthStep] = [], now: Timestamp) {
        self.console = console
        self.steps = steps
        self.now = now
    }

    /// - Returns: the answer of these readings; unknown where they are too old to tell.
    package func result(of check: RunbookCheck) -> CheckResult {
        guard check.subject.needsDatabase else { return server(check.subject) }
        guard let overview = console.overview else {
            return .unknown(
                isDatabaseAway ? "the database cannot be reached" : "nothing has been read yet")
        }
        // What was read before the database went says nothing about now.
        if isDatabaseAway {
            return .unknown(
                "the database cannot be reached; last read "
                    + "\(CheckWords.age(now.since(overview.takenAt))) ago")
        }
        return result(of: check, in: overview.value)
    }

    private func result(of check: RunbookCheck, in overview: OverviewReading) -> CheckResult {
        switch check.subject {
        case .databaseReachable, .kafkaReachable: server(check.subject)
        case .databaseLatency: databaseLatency
        case .databaseWaits: databaseWaits(overview)
        case .enginesLive, .enginesSilent, .enginesLeader, .groupMembers:
            engines(check.subject, overview)
        case .consumerLag, .consumerTrend, .eventsArriving, .eventsRetrying, .partitionsPaused,
            .gapsOpen:
            consumer(check.subject, overview)
        case .breakersOpen, .outboxWaiting, .lettersOpen, .lettersRecent, .lettersCluster,
            .reviewOpen, .reviewOldest:
            waiting(check.subject, overview)
        case .runsLast, .runsDrift, .runsAwaiting, .runsWaiting: runs(check, overview)
        case .scheduleNext: schedule(overview)
        }
    }

    private var isDatabaseAway: Bool {
        if case .unreachable = console.database { true } else { false }
    }
}
