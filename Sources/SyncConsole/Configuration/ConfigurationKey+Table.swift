import SyncEngine

extension ConfigurationKey {
    /// Every key of this build, in the order of the file.
    static let table: [ConfigurationKey] = [
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
            "Published messages go after this."),
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
            "keeping.topic_retention", .period, .duration(.seconds(7 * 86_400)),
            "How long the broker keeps the topic: events can come again for so long."),
        ConfigurationKey(
            "keeping.replay_window", .period, .duration(.seconds(14 * 86_400)),
            "How far back beyond that somebody may want to read again."),
        ConfigurationKey(
            "alerts.rules_file", .text, .none,
            "Your own alert rules, in the form of docs/alert-rules.yaml: they replace or add by name.",
            example: "/etc/syncconsole/alert-rules.yaml"),
        ConfigurationKey(
            "alerts.slack.url", .reference, .none,
            "Slack's incoming webhook; secret, so a reference.",
            example: "env:SLACK_WEBHOOK_URL", variables: ["SLACK_WEBHOOK_URL"]),
        ConfigurationKey(
            "alerts.email.host", .text, .none, "The SMTP server that takes mail.",
            example: "smtp.example.org"),
        ConfigurationKey(
            "alerts.email.port", .integer(1...65_535), .integer(587), "Its port."),
        ConfigurationKey(
            "alerts.email.tls", .choice(MailSettings.Security.allCases.map(\.rawValue)),
            .text("starttls"),
            "starttls: required before anything is said; tls: from the first byte; none."),
        ConfigurationKey(
            "alerts.email.user", .reference, .none, "The name to log in with; without one, none.",
            example: "env:SMTP_USER"),
        ConfigurationKey(
            "alerts.email.password", .reference, .none, "Its password; secret, so a reference.",
            example: "env:SMTP_PASSWORD"),
        ConfigurationKey(
            "alerts.email.from", .text, .none, "Who the mail is from.",
            example: "syncconsole@example.org"),
        ConfigurationKey(
            "alerts.email.to", .texts, .texts([]), "Who gets it.", example: "[oncall@example.org]"),
        ConfigurationKey(
            "alerts.pagerduty.routing_key", .reference, .none,
            "The integration key of PagerDuty's Events API v2; secret, so a reference.",
            example: "env:PAGERDUTY_ROUTING_KEY"),
        ConfigurationKey(
            "alerts.pagerduty.url", .text, .text("https://events.pagerduty.com/v2/enqueue"),
            "Where its events go."),
        ConfigurationKey(
            "alerts.dead_man.url", .reference, .none,
            "Called every minute while all is well: who waits for the call notices a dead engine.",
            example: "env:DEAD_MAN_URL"),
        ConfigurationKey(
            "alerts.messages_per_hour", .integer(1...3_600), .integer(60),
            "A channel gets no more; what is held back is in its next message."),

        ConfigurationKey(
            "contacts", .records(contactMembers), .records([]),
            "Whom to call about a source system; shown where one must be called.",
            example: "[ { system: PYXIS, name: Catalog desk, email: catalog@example.org } ]"),

        ConfigurationKey(
            "http.listen", .text, .text("127.0.0.1:8787"),
            "Where /metrics and /health are served; none for nowhere, port 0 for any free one.",
            variables: ["SYNCCONSOLE_HTTP_LISTEN"]),

        ConfigurationKey(
            "socket.folder", .text, .none,
            "Holds the engines' local sockets, for consoles of this machine; none for no socket.",
            example: "/run/syncconsole"),
        ConfigurationKey(
            "socket.group", .text, .none,
            "A Unix group that may ask there too, besides the engine's user and root.",
            example: "oncall"),

        ConfigurationKey(
            "operators.admin", .texts, .texts([]),
            "Login names, or group:NAME, that may do everything.", example: "[ana]"),
        ConfigurationKey(
            "operators.operator", .texts, .texts([]),
            "Those that may decide, retry, resolve, pause and reset.",
            example: "[bob, group:oncall]"),
        ConfigurationKey(
            "operators.viewer", .texts, .texts([]),
            "Those that only look. Without any operators every login may operate."),
        ConfigurationKey(
            "operators.service_accounts", .texts, .texts([]),
            "Logins that may speak for another through SYNCCONSOLE_OPERATOR, besides root."),

        ConfigurationKey("console.theme", .text, .text("dark"), "The theme to begin with."),
        ConfigurationKey(
            "console.ascii", .flag, .flag(false), "Draw with ASCII only."),
        ConfigurationKey(
            "console.keys", .map, .map([:]), "Other keys: the name of what a key does, and the key."
        ),
        ConfigurationKey(
            "console.escape_delay_ms", .integer(0...1_000), .integer(25),
            "How long Escape waits for the rest of a sequence, in milliseconds."),

        ConfigurationKey(
            "log.target", .choice(Configuration.Log.Target.allCases.map(\.rawValue)),
            .text("automatic"),
            "Where the log goes; automatic: to log.file if there is one, else as fits the process."),
        ConfigurationKey(
            "log.format", .choice(LogLine.Format.allCases.map(\.rawValue)), .text("text"),
            "Lines for people (key=value), or JSON, one object a line."),
        ConfigurationKey(
            "log.file", .text, .none,
            "Where the log goes; for run and watch $XDG_STATE_HOME/syncconsole/syncconsole.log,"
                + " for engine standard error.",
            example: "/var/log/syncconsole/engine.log"),
        ConfigurationKey(
            "log.level", .choice(EngineLog.Level.allCases.map(\.rawValue)), .text("info"),
            "The least important line that is still written."),
    ]

    /// What an element of `reconciliation.sources` holds.
    private static let sourceMembers: [ConfigurationKey] = [
        ConfigurationKey(
            "name", .text, .none, "As people name it; the country if nothing is said."),
        ConfigurationKey("country", .text, .none, "Two capital letters."),
        ConfigurationKey(
            "location", .text, .none, "file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/."),
        ConfigurationKey(
            "time_zone", .text, .none, "Where its days begin; else catalog.time_zone."),
        ConfigurationKey(
            "system", .text, .none, "Who owns its services; else catalog.default_source."),
        ConfigurationKey(
            "as_of", .choice(FileSource.AsOf.allCases.map(\.rawValue)), .none,
            "What moment a file speaks of."),
        ConfigurationKey(
            "wait", .duration, .none, "How long a file that is not there is waited for."),
        ConfigurationKey(
            "deprecate_orphans", .flag, .none,
            "Whether services that the file lacks are deprecated."),
    ]

    /// What an element of `contacts` holds.
    private static let contactMembers: [ConfigurationKey] = [
        ConfigurationKey("system", .text, .none, "As events and files name it."),
        ConfigurationKey("name", .text, .none, "The team or person."),
        ConfigurationKey("email", .text, .none, "Its address."),
        ConfigurationKey("phone", .text, .none, "Its number."),
        ConfigurationKey("url", .text, .none, "Where to reach it."),
    ]

    /// What an element of `reconciliation.buckets` holds.
    private static let bucketMembers: [ConfigurationKey] = [
        ConfigurationKey("bucket", .text, .none, "gs://NAME or s3://NAME."),
        ConfigurationKey(
            "credentials", .text, .none,
            "automatic, metadata (Google's workload identity), file:PATH of a key file, or none."),
        ConfigurationKey(
            "endpoint", .text, .none, "https://host, or http://host:port of an emulator."),
        ConfigurationKey("region", .text, .none, "Of an s3:// bucket, such as eu-west-1."),
    ]

    /// What an element of `schedule` holds.
    private static let scheduleMembers: [ConfigurationKey] = [
        ConfigurationKey(
            "name", .text, .none, "As people name it; else the job and its source: reconcile-ES."),
        ConfigurationKey(
            "job", .choice(ScheduledJobKind.allCases.map(\.rawValue)), .none, "What is done."),
        ConfigurationKey("source", .text, .none, "For reconcile: one of reconciliation.sources."),
        ConfigurationKey(
            "cron", .text, .none, "Minute, hour, day of month, month, day of week; or @daily."),
        ConfigurationKey(
            "time_zone", .text, .none, "Whose clock; else the source's, else catalog.time_zone."),
    ]

    static let byPath = Dictionary(uniqueKeysWithValues: table.map { ($0.path, $0) })

    /// In the order of the file.
    static let sections = table.compactMap(\.section).reduce(into: [String]()) { seen, section in
        if seen.last != section { seen.append(section) }
    }
}
