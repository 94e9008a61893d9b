import SyncEngine

extension ConfigurationKey {
    /// Every key of this build, in the order of the file.
    static let table = workTable + vendorTable + alertTable + processTable

    static let byPath = Dictionary(uniqueKeysWithValues: table.map { ($0.path, $0) })

    /// In the order of the file.
    static let sections = table.compactMap(\.section).reduce(into: [String]()) { seen, section in
        if seen.last != section { seen.append(section) }
    }

    /// What is done, and with which servers.
    private static let workTable: [ConfigurationKey] = [
        ConfigurationKey(
            "environment", .text, .text("unnamed"),
            "Shown in the frame. A name that begins with \"prod\" is production, and looks it.",
            example: "production"),

        ConfigurationKey(
            "database.url", .reference, .none,
            "The PostgreSQL to work in. A URL with a password must be a reference.",
            example: "env:DATABASE_URL", variables: ["DATABASE_URL"]),
        ConfigurationKey(
            "database.schema", .text, .text("public"), "The schema that holds the tables."),
        ConfigurationKey(
            "database.adopt", .texts, .texts([]),
            "Tables of the platform's that are read and never altered.",
            example: "[service_order, contract_template]"),

        ConfigurationKey(
            "kafka.brokers", .texts, .texts([]), "The brokers to begin with.",
            example: "[kafka-1:9092, kafka-2:9092]", variables: ["KAFKA_BROKERS"]),
        ConfigurationKey(
            "kafka.group", .text, .text("service-catalog-consumer-group"),
            "The consumer group that the engines share."),
        ConfigurationKey(
            "kafka.properties", .map,
            .map(["session.timeout.ms": "30000", "heartbeat.interval.ms": "3000"]),
            "Any of librdkafka's properties, passed through; secrets as references.",
            variables: [
                "KAFKA_SSL", "KAFKA_SASL_MECHANISM", "KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD",
            ]),
        ConfigurationKey(
            "kafka.watched_groups", .texts, .texts([]),
            "Other consumer groups whose lag is shown."),

        ConfigurationKey(
            "catalog.topic", .text, .text("service-catalog"), "The topic of the catalog's events."),
        ConfigurationKey(
            "catalog.dead_letter_topic", .text, .text("dlq.failed_events"),
            "Where dead letters are published too."),
        ConfigurationKey(
            "catalog.internal_events", .text, .text("catalog.service"),
            "What the topics begin with in which others hear of changes; off tells nobody."),
        ConfigurationKey(
            "catalog.default_source", .text, .text("PYXIS"),
            "The source system of an event that names none."),
        ConfigurationKey(
            "catalog.time_zone", .text, .text("UTC"), "Where a date without a time begins.",
            example: "Europe/Madrid"),

        ConfigurationKey(
            "retry.delays", .durations, .durations([.seconds(2), .seconds(4), .seconds(8)]),
            "The waits after the first failure, the second, and so on; then a dead letter."),
        ConfigurationKey(
            "retry.jitter_percent", .integer(0...100), .integer(0),
            "How much longer, at random, a wait may be."),

        ConfigurationKey(
            "review.rules", .choices(BreakingReason.allCases.map(\.rawValue)),
            .texts(BreakingReason.allCases.map(\.rawValue)),
            "What makes a change wait for a person."),
        ConfigurationKey(
            "review.two_people_from", .integer(0...1_000_000_000), .integer(50),
            "A change that so many active orders use, or more, needs two people's approval."),

        ConfigurationKey(
            "flood.share_percent", .integer(1...100), .integer(50),
            "A partition pauses when more than this share of its last events failed alike."),
        ConfigurationKey(
            "flood.window_events", .integer(10...100_000), .integer(200),
            "How many events that looks back over."),

        ConfigurationKey(
            "reconciliation.sources", .records(sourceMembers), .records(ConfiguredSource.builtIn),
            "The countries' daily files: whose they are, and where they come to be.",
            example: """
                [ { name: ES, country: ES, location: "file:///srv/exports", \
                time_zone: Europe/Madrid } ]
                """, variables: ["GCS_BUCKET"]),
        ConfigurationKey(
            "reconciliation.buckets", .records(bucketMembers), .records([]),
            "How buckets are reached whose access the environment does not settle.",
            example: "[ { bucket: \"gs://exports\", credentials: \"file:/etc/gcs-key.json\" } ]"),
        ConfigurationKey(
            "reconciliation.work_folder", .text, .text("/var/tmp"),
            "Holds what does not fit into memory while a run lasts: about the size of its file."),
        ConfigurationKey(
            "reconciliation.drift_percent", .integer(0...100), .integer(30),
            "A run asks when more than this share of the rows compared would drift."),
        ConfigurationKey(
            "reconciliation.orphan_percent", .integer(0...100), .integer(30),
            "A run asks when the file lacks more than this share of the country's services."),
        ConfigurationKey(
            "reconciliation.row_count_percent", .integer(0...10_000), .integer(30),
            "A run asks when its rows are further than this from the last good runs' median."),
        ConfigurationKey(
            "reconciliation.fill_rate_points", .integer(0...100), .integer(30),
            "A run asks when a column is filled so many points more or less often than usual."),
        ConfigurationKey(
            "reconciliation.bad_row_percent", .integer(0...100), .integer(30),
            "A run asks when more than this share of its rows is bad."),
        ConfigurationKey(
            "reconciliation.limits_from_rows", .integer(1...1_000_000), .integer(20),
            "Below so many rows, or services, a share means nothing."),
        ConfigurationKey(
            "reconciliation.yield_above_lag", .integer(0...1_000_000_000), .integer(5_000),
            "A run waits between chunks while more messages than this lag, and not fewer; 0: never."
        ),

        ConfigurationKey(
            "schedule", .records(scheduleMembers), .none,
            "What is started at its times; without a word each source's run, at 03:00 there.",
            example: """
                [ { job: reconcile, source: ES, cron: "0 3 * * *", time_zone: Europe/Madrid } ]
                """),

        ConfigurationKey(
            "personal_fields", .texts, .texts([]),
            "Values that say something about a person, by path: masked on screen, erasable.",
            example: "[data.contact.email, headers.x-user]"),

        ConfigurationKey(
            "keeping.event_log", .period, .duration(KeepingRule.eventLog.standardPeriod),
            "Whole months of events go when they are older than this."),
        ConfigurationKey(
            "keeping.dedupe", .period, .duration(KeepingRule.dedupe.standardPeriod),
            "Event ids are remembered for so long; reading a topic again from further back is refused."
        ),
        ConfigurationKey(
            "keeping.dead_letters", .period, .duration(KeepingRule.deadLetters.standardPeriod),
            "Resolved dead letters go after this."),
        ConfigurationKey(
            "keeping.reviews", .period, .duration(KeepingRule.reviews.standardPeriod),
            "The contents of decided review items go after this; the decision stays."),
        ConfigurationKey(
            "keeping.outbox", .period, .duration(KeepingRule.outbox.standardPeriod),
            "Messages that the broker refused for good go after this."),
        ConfigurationKey(
            "keeping.runs", .period, .duration(KeepingRule.runs.standardPeriod),
            "Ended runs, with their drift and bad rows, go after this."),
        ConfigurationKey(
            "keeping.engines", .period, .duration(KeepingRule.engines.standardPeriod),
            "Engines that have stopped go from the list after this."),
        ConfigurationKey(
            "keeping.notices", .period, .duration(KeepingRule.notices.standardPeriod),
            "Notices that an alert has taken up go after this."),
        ConfigurationKey(
            "keeping.alerts", .period, .duration(KeepingRule.alerts.standardPeriod),
            "Alerts that are over go after this, with their history and deliveries."),
        ConfigurationKey(
            "keeping.replays", .period, .duration(KeepingRule.replays.standardPeriod),
            "What came of replaying an event goes after this."),
        ConfigurationKey(
            "keeping.sync_jobs", .period, .duration(KeepingRule.syncJobs.standardPeriod),
            "Vendors' jobs that have ended go after this, with their calls."),
        ConfigurationKey(
            "keeping.reconciliation_events", .period,
            .duration(KeepingRule.reconciliationEvents.standardPeriod),
            "What comparisons with agents came to goes after this."),
        ConfigurationKey(
            "keeping.topic_retention", .period, .duration(.seconds(7 * 86_400)),
            "How long the broker keeps the topic: events can come again for so long."),
        ConfigurationKey(
            "keeping.replay_window", .period, .duration(.seconds(14 * 86_400)),
            "How far back beyond that somebody may want to read again."),
    ]
}
