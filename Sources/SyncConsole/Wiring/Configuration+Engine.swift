import FoundationEssentials
import Hashing
import Kafka
import Postgres
import Probes
import SyncEngine

extension Configuration {
    /// What deciding events and operations needs, from the configuration and this machine's clock.
    var applyContext: ApplyContext {
        get throws(CommandError) {
            ApplyContext(
                deadLetterTopic: catalog.deadLetterTopic,
                internalTopics: catalog.internalEvents.map { InternalTopics(prefix: $0) },
                rules: try rules,
                twoPersonRule: TwoPersonRule(fromActiveOrders: Int64(twoPeopleFrom)),
                retry: RetryPolicy(
                    delays: retry.delays, jitterShare: Double(retry.jitterPercent) / 100),
                defaultSource: catalog.defaultSource, canonicalForm: canonicalForms,
                decoder: EventDecoder(personalFields: personalFields),
                personalFields: personalFields, now: { .now })
        }
    }

    /// Vendors, their agents, their jobs.
    var erpSettings: ERPSettings {
        ERPSettings(
            vendors: erp.vendors, degradedAfter: erp.degradedAfter,
            offlineAfter: erp.offlineAfter, jobs: erp.jobs, orders: erp.orders)
    }

    /// - Parameters:
    ///   - role: `run` or `engine`.
    ///   - logRing: what the engine's log is remembered in.
    /// - Throws: `CommandError`, usage, where a server is not configured.
    func engineSettings(
        role: String, host: String, operatorName: String?, logRing: LogRing? = nil
    ) throws(CommandError) -> EngineSettings {
        var database = try postgresSettings
        database.applicationName = "syncconsole \(role)"
        var kafka = try kafkaSettings
        kafka.clientId = "syncconsole-\(host)"
        var listening = http.listen
        listening?.handedSocket = HandedSockets.http(in: Surroundings.current().variables)
        return EngineSettings(
            database: database, kafka: kafka, group: self.kafka.group, topics: [catalog.topic],
            flood: FloodDetector(
                window: flood.windowEvents, share: Double(flood.sharePercent) / 100),
            apply: try applyContext, reconciliation: reconciliationSettings,
            agentReconciliation: agentReconciliationSettings,
            schedule: scheduleEntries, keeping: keepingSettings, alerts: alertSettings,
            erp: erpSettings,
            identity: identity(role: role, host: host, operatorName: operatorName),
            http: listening, apiKey: http.apiKey.map { SecretText($0.value) },
            socket: socketFolders.map {
                SocketSettings(folders: $0, group: socket.group)
            }, logRing: logRing)
    }

    /// Where the sockets of this machine's engines may lie; nil where none are wanted.
    var socketFolders: [String]? {
        NeighbourProbe.folders(
            configured: socket.folder, variables: Surroundings.current().variables)
    }

    /// Asks the engines of this machine that work in the same database.
    var neighbours: NeighbourProbe? {
        guard let folders = socketFolders, let place = try? postgresSettings.place else {
            return nil
        }
        return NeighbourProbe(folders: folders, place: place)
    }

    func identity(role: String, host: String, operatorName: String?) -> EngineIdentity {
        EngineIdentity(
            role: role, version: SyncConsole.version, configurationHash: hash, host: host,
            operatorName: operatorName)
    }

    /// By which engines that do not do the same are told apart: SHA-256 of the canonical form.
    var hash: String {
        SHA256.hexadecimal(Array(canonicalForm.utf8))
    }

    /// The names were checked when the configuration was read.
    private var rules: ReviewRules {
        get throws(CommandError) {
            do { return try ReviewRules(names: reviewRules) } catch {
                throw CommandError(.usage, "review.rules does not know \(error.name)")
            }
        }
    }

    private var canonicalForms: CanonicalForm {
        CanonicalForm(secondsFromUTC: Self.clock(in: catalog.timeZone))
    }

    /// How far the clocks of a time zone are ahead of UTC; its name was checked when it was read.
    static func clock(in timeZone: String) -> CanonicalForm.ZoneOffset {
        let zone = TimeZone(identifier: timeZone) ?? .gmt
        return { moment in
            let seconds = Double(moment.microseconds) / 1_000_000
            return zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
        }
    }
}
