import Probes
import SyncEngine

/// What this process was told, checked: a value that exists is valid.
struct Configuration: Sendable, Equatable {
    var environment: String
    var database: Database
    var kafka: Kafka
    var catalog: Catalog
    var retry: Retry
    /// The names of the rules that make a change wait for a person.
    var reviewRules: [String]
    /// From how many active orders on a change needs two people.
    var twoPeopleFrom: Int
    var flood: Flood
    /// How long what is finished is kept.
    var keeping: [KeepingRule: Duration]
    var personalFields: PersonalFields
    var reconciliation: Reconciliation
    /// Each with a name of its own.
    var schedule: [ConfiguredEntry]
    var alerts: Alerts
    /// Whom to call, by source system, each as one line.
    var contacts: [String: String]
    /// The shipped rules with those of `alerts.rules_file`.
    var alertRules: AlertRules
    var http: HTTP
    var erp: ERP
    var socket: Socket
    var operators: Operators
    var console: Console
    var log: Log
    /// Where each value came from.
    var entries: ConfigurationEntries
    /// The file that was read; nil if there was none.
    var path: String?

    struct Database: Sendable, Equatable {
        /// Nil where neither the file nor DATABASE_URL names one.
        var url: Secret?
        var schema: String
        var adopt: [String]
    }

    struct Kafka: Sendable, Equatable {
        var brokers: [String]
        var group: String
        var properties: [String: String]
        var watchedGroups: [String]
    }

    struct Catalog: Sendable, Equatable {
        var topic: String
        var deadLetterTopic: String
        /// What the topics of internal events begin with; nil publishes none.
        var internalEvents: String?
        var defaultSource: String
        /// An IANA name.
        var timeZone: String
    }

    struct Retry: Sendable, Equatable {
        var delays: [Duration]
        var jitterPercent: Int
    }

    struct Flood: Sendable, Equatable {
        var sharePercent: Int
        var windowEvents: Int
    }

    struct Reconciliation: Sendable, Equatable {
        /// Each with a name of its own.
        var sources: [ConfiguredSource]
        /// Each bucket once.
        var buckets: [BucketAccess]
        /// False where the sources are those that come with the build, and nobody has said so.
        var areSourcesConfigured: Bool
        var limits: RunLimits
        var workFolder: String
        /// Messages; 0 where runs never wait for events.
        var yieldAboveLag: Int

        /// Those that deprecate what their file lacks; nil where nobody has configured sources, and
        /// the engine may have others.
        var deprecatingSources: Set<String>? {
            areSourcesConfigured
                ? Set(sources.filter(\.deprecatesOrphans).map(\.name)) : nil
        }
    }

    /// Which ways lead to people. A way that is not configured is nil.
    struct Alerts: Sendable, Equatable {
        var slack: Secret?
        var email: Email?
        var pagerDuty: PagerDuty?
        var deadMan: Secret?
        var messagesPerHour: Int

        struct Email: Sendable, Equatable {
            var host: String
            var port: Int
            var security: MailSettings.Security
            var user: Secret?
            var password: Secret?
            var from: String
            var to: [String]
        }

        struct PagerDuty: Sendable, Equatable {
            var routingKey: Secret
            var url: String
        }
    }

    struct HTTP: Sendable, Equatable {
        /// Nil where nothing is to be served.
        var listen: HTTPSettings?
        var apiKey: Secret?
    }

    struct ERP: Sendable, Equatable {
        /// Each with a name and, if any, a secret of its own.
        var vendors: [VendorSettings]
        var degradedAfter: Duration
        var offlineAfter: Duration
        var reconciliation: Reconciliation
        var jobs: JobSettings
        var orders: OrderSettings

        struct Reconciliation: Sendable, Equatable {
            var rangesAtOnce: Int
            var itemsAtOnce: Int
            var wait: Duration
            var orphanLimitPercent: Int
        }
    }

    struct Socket: Sendable, Equatable {
        /// Nil for the usual places, `none` for nowhere.
        var folder: String?
        var group: String?
    }

    /// Login names and `group:NAME`.
    struct Operators: Sendable, Equatable {
        var admin: [String]
        var `operator`: [String]
        var viewer: [String]
        var serviceAccounts: [String]
    }

    struct Console: Sendable, Equatable {
        var theme: String
        var isASCII: Bool
        var keys: [String: String]
        var escapeDelayMilliseconds: Int
    }

    struct Log: Sendable, Equatable {
        enum Target: String, CaseIterable, Sendable {
            /// The file, if one is configured, otherwise as fits the process.
            case automatic
            case file, stderr, journald
        }

        var target: Target
        var file: String?
        var format: LogLine.Format
        var level: String
    }

    /// Production looks like production, and asks twice.
    var isProduction: Bool { environment.lowercased().hasPrefix("prod") }

    /// From entries whose rules were checked.
    init(
        entries: ConfigurationEntries, path: String?, alertRules: AlertRules = .shipped
    ) {
        environment = entries.text("environment") ?? ""
        var url: Secret?
        if case .secret(let secret) = entries["database.url"]?.value { url = secret }
        database = Database(
            url: url, schema: entries.text("database.schema") ?? "",
            adopt: entries.texts("database.adopt"))
        kafka = Kafka(
            brokers: entries.texts("kafka.brokers"), group: entries.text("kafka.group") ?? "",
            properties: entries.map("kafka.properties"),
            watchedGroups: entries.texts("kafka.watched_groups"))
        catalog = Catalog(
            topic: entries.text("catalog.topic") ?? "",
            deadLetterTopic: entries.text("catalog.dead_letter_topic") ?? "",
            internalEvents: entries.text("catalog.internal_events").flatMap {
                $0 == "off" ? nil : $0
            },
            defaultSource: entries.text("catalog.default_source") ?? "",
            timeZone: entries.text("catalog.time_zone") ?? "")
        retry = Retry(
            delays: entries.durations("retry.delays"),
            jitterPercent: entries.integer("retry.jitter_percent"))
        reviewRules = entries.texts("review.rules")
        twoPeopleFrom = entries.integer("review.two_people_from")
        flood = Flood(
            sharePercent: entries.integer("flood.share_percent"),
            windowEvents: entries.integer("flood.window_events"))
        keeping = Dictionary(
            uniqueKeysWithValues: KeepingRule.allCases.map {
                ($0, entries.duration("keeping.\($0.rawValue)"))
            })
        personalFields = PersonalFields(paths: entries.texts("personal_fields"))
        let catalog = catalog
        reconciliation = Reconciliation(
            sources: entries.records("reconciliation.sources").map {
                ConfiguredSource($0, catalog: catalog)
            },
            buckets: entries.records("reconciliation.buckets").map { BucketAccess($0) },
            areSourcesConfigured: entries["reconciliation.sources"]?.origin != .builtIn,
            limits: RunLimits(entries),
            workFolder: entries.text("reconciliation.work_folder") ?? "",
            yieldAboveLag: entries.integer("reconciliation.yield_above_lag"))
        schedule = ConfiguredEntry.all(
            entries["schedule"]?.origin == .builtIn ? nil : entries.records("schedule"),
            sources: reconciliation.sources, catalog: catalog)
        alerts = Alerts(entries)
        contacts = Self.contacts(entries.records("contacts"))
        self.alertRules = alertRules
        var apiKey: Secret?
        if case .secret(let secret) = entries["http.api_key"]?.value { apiKey = secret }
        http = HTTP(
            listen: HTTPSettings(listen: entries.text("http.listen") ?? ""), apiKey: apiKey)
        erp = ERP(
            vendors: entries.records("erp.vendors").map { VendorSettings($0) },
            degradedAfter: entries.duration("erp.degraded_after"),
            offlineAfter: entries.duration("erp.offline_after"),
            reconciliation: ERP.Reconciliation(
                rangesAtOnce: entries.integer("erp.reconciliation.ranges_at_once"),
                itemsAtOnce: entries.integer("erp.reconciliation.items_at_once"),
                wait: entries.duration("erp.reconciliation.wait"),
                orphanLimitPercent: entries.integer("erp.reconciliation.orphan_limit_percent")),
            jobs: JobSettings(
                maxAttempts: entries.integer("erp.job_attempts"),
                backoff: entries.duration("erp.job_backoff"),
                callbackDeadline: entries.duration("erp.callback_deadline"),
                expiry: entries.duration("erp.job_expiry")),
            orders: OrderSettings(
                topic: entries.text("erp.orders_topic").flatMap { $0 == "none" ? nil : $0 },
                vendorsByCountry: Self.countries(of: entries.records("erp.vendors")),
                defaultVendor: entries.text("erp.default_vendor")))
        socket = Socket(folder: entries.text("socket.folder"), group: entries.text("socket.group"))
        operators = Operators(
            admin: entries.texts("operators.admin"),
            operator: entries.texts("operators.operator"),
            viewer: entries.texts("operators.viewer"),
            serviceAccounts: entries.texts("operators.service_accounts"))
        console = Console(
            theme: entries.text("console.theme") ?? "", isASCII: entries.flag("console.ascii"),
            keys: entries.map("console.keys"),
            escapeDelayMilliseconds: entries.integer("console.escape_delay_ms"))
        log = Log(
            target: entries.text("log.target").flatMap { Log.Target(rawValue: $0) } ?? .automatic,
            file: entries.text("log.file"),
            format: entries.text("log.format").flatMap { LogLine.Format(rawValue: $0) } ?? .text,
            level: entries.text("log.level") ?? "")
        self.entries = entries
        self.path = path
    }

    /// What two engines must have in common to do the same to the same events: a line for each key
    /// that shapes the engine, secrets left out. The engine's row carries its SHA-256.
    var canonicalForm: String {
        var lines: [String] = []
        for key in ConfigurationKey.table where key.shapesTheEngine {
            if key.kind == .map {
                for (name, entry) in entries.names(of: key.path) where !KafkaProperty.isSecret(name)
                {
                    lines.append("\(key.path).\(name)=\(entry.value.yaml)")
                }
            } else if key.kind != .reference, let entry = entries[key.path] {
                lines.append("\(key.path)=\(entry.value.yaml)")
            }
        }
        return lines.joined(separator: "\n")
    }
}

extension Configuration {
    /// Which vendor a country's orders are for; of several the first.
    private static func countries(of vendors: [ConfigurationRecord]) -> [String: String] {
        var routes: [String: String] = [:]
        for vendor in vendors {
            for country in vendor.texts("countries") where routes[country] == nil {
                routes[country] = vendor.text("name")
            }
        }
        return routes
    }
}

extension VendorSettings {
    /// From an element whose rules were checked.
    fileprivate init(_ record: ConfigurationRecord) {
        self.init(
            name: record.text("name") ?? "",
            secret: AgentSecret(record.secret("secret")?.value ?? ""),
            allowedURLPrefixes: record.texts("urls"))
    }
}

extension BucketAccess {
    /// From an element whose rules were checked.
    fileprivate init(_ record: ConfigurationRecord) {
        self.init(
            bucket: record.text("bucket") ?? "",
            credentials: record.text("credentials").flatMap { Credentials($0) } ?? .automatic,
            endpoint: record.text("endpoint"), region: record.text("region"))
    }
}

extension RunLimits {
    fileprivate init(_ entries: ConfigurationEntries) {
        func number(_ name: String) -> Int { entries.integer("reconciliation.\(name)") }
        self.init(
            driftPercent: number("drift_percent"), orphanPercent: number("orphan_percent"),
            rowCountPercent: number("row_count_percent"),
            fillRatePoints: number("fill_rate_points"),
            badRowPercent: number("bad_row_percent"), fromRows: number("limits_from_rows"))
    }
}
