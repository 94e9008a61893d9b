import Kafka
import Postgres
import Probes

/// All that an engine needs to know; valid if it exists.
package struct EngineSettings: Sendable {
    package var database: PostgresSettings
    package var kafka: KafkaSettings
    package var group: String
    package var topics: [String]
    /// Events decided in one transaction, at most.
    package var batchEvents: Int
    /// Bytes held of messages that wait to be applied, over all partitions.
    package var bufferBytes: Int
    package var flood: FloodDetector
    package var apply: ApplyContext
    package var breakerPolicy: BreakerPolicy
    package var reconciliation: ReconciliationSettings
    package var agentReconciliation: AgentReconciliationSettings
    /// What is started at its times, by the engine that leads.
    package var schedule: [ScheduleEntry]
    package var keeping: KeepingSettings
    package var alerts: AlertSettings
    package var erp: ERPSettings
    package var identity: EngineIdentity
    /// Nil where nothing is served over HTTP.
    package var http: HTTPSettings?
    /// Shown by who may use the API; nil where none is configured: what needs one is not served.
    package var apiKey: SecretText?
    /// Nil where there is no local socket.
    package var socket: SocketSettings?
    /// Holds the newest lines of the log, for whoever asks on the local socket.
    package var logRing: LogRing?

    package init(
        database: PostgresSettings, kafka: KafkaSettings, group: String, topics: [String],
        batchEvents: Int = 500, bufferBytes: Int = 32 << 20,
        flood: FloodDetector = FloodDetector(), apply: ApplyContext,
        breakerPolicy: BreakerPolicy = BreakerPolicy(),
        reconciliation: ReconciliationSettings = ReconciliationSettings(),
        agentReconciliation: AgentReconciliationSettings = AgentReconciliationSettings(),
        schedule: [ScheduleEntry] = [], keeping: KeepingSettings = KeepingSettings(),
        alerts: AlertSettings = AlertSettings(), erp: ERPSettings = ERPSettings(),
        identity: EngineIdentity, http: HTTPSettings? = nil, apiKey: SecretText? = nil,
        socket: SocketSettings? = nil, logRing: LogRing? = nil
    ) {
        self.database = database
        self.kafka = kafka
        self.group = group
        self.topics = topics
        self.batchEvents = batchEvents
        self.bufferBytes = bufferBytes
        self.flood = flood
        self.apply = apply
        self.breakerPolicy = breakerPolicy
        self.reconciliation = reconciliation
        self.agentReconciliation = agentReconciliation
        self.schedule = schedule
        self.keeping = keeping
        self.alerts = alerts
        self.erp = erp
        self.identity = identity
        self.http = http
        self.apiKey = apiKey
        self.socket = socket
        self.logRing = logRing
    }
}
