import Probes
import SyncEngine

extension Configuration {
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
            secret: SecretText(record.secret("secret")?.value ?? ""),
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
