/// All that the screen draws from: the newest reading of each kind, each with its age.
///
/// A reading stays when its server goes away; `database` and `kafka` then say since when.
///
/// Readings are published when what they say has changed, and every few seconds for their times:
/// `takenAt` is when each was read last.
package struct ConsoleReadings: Sendable {
    package var database: ServerState
    package var kafka: ServerState
    package var overview: Reading<OverviewReading>?
    package var lag: Reading<Page<LagRow>>?
    package var events: Reading<Page<EventRow>>?
    package var runs: Reading<Page<RunRow>>?
    package var drift: Reading<Page<DriftRow>>?
    package var driftGroups: Reading<Page<DriftGroup>>?
    package var review: Reading<Page<ReviewRow>>?
    package var letters: Reading<Page<LetterRow>>?
    package var clusters: Reading<Page<LetterCluster>>?
    package var breakers: Reading<Page<BreakerRow>>?
    package var jobs: Reading<Page<JobRow>>?
    package var alerts: Reading<Page<AlertRow>>?
    package var alertGroups: Reading<Page<AlertGroup>>?
    package var engines: Reading<Page<EngineRow>>?
    package var agents: Reading<Page<AgentRow>>?
    package var mappings: Reading<Page<MappingRow>>?
    package var schedule: Reading<Page<ScheduleRow>>?
    package var audit: Reading<Page<AuditRow>>?
    package var auditSeals: Reading<AuditSealState>?
    package var eventDetail: Reading<EventDetail>?
    package var runDetail: Reading<RunDetail>?
    package var driftDetail: Reading<DriftDetail>?
    package var reviewDetail: Reading<ReviewDetail>?
    package var letterDetail: Reading<LetterDetail>?
    package var alertDetail: Reading<AlertDetail>?
    package var jobDetail: Reading<JobDetail>?
    package var agentDetail: Reading<AgentDetail>?
    package var blame: Reading<BlameReading>?
    /// What an engine of this machine knows, while the database cannot be reached or somebody looks
    /// at its log or its health.
    package var neighbour: Reading<NeighbourReading>?
    /// Step by step to both servers, while somebody looks at their health.
    package var walk: Reading<[HealthStep]>?
    /// Oldest first.
    package var log: Reading<Page<LogEntry>>?
    /// The filter that the newest list was taken with.
    package var listTakenFor: ListInterest?
    /// Why the newest list or detail could not be taken, other than an unreachable server.
    package var problem: String?
    /// What one look at the overview takes, rounded: it is shown, not added up.
    package var databaseMilliseconds: Int?
    /// Oldest first, one sample a second, at most 300.
    package var receivedPerSecond: [Double]
    package var lagMessages: [Double]

    package init(database: ServerState, kafka: ServerState) {
        self.database = database
        self.kafka = kafka
        receivedPerSecond = []
        lagMessages = []
    }
}
