import Probes

/// One step of the schema, from a `.sql` file that is never edited once released.
package struct Migration: Sendable {
    package let version: Int
    package let name: String
    package let sql: String
    /// Tables that the platform may own; naming them in `database.adopt` skips the migration.
    package let adoptable: [String]
    /// Tables that this migration makes: a foreign one of that name is refused.
    package let tables: [String]

    /// All of them, in order. A test compares the list with the folder.
    package static let all: [Migration] = [
        Migration(
            version: 1, name: "catalog", sql: text(PackageResources.migration_0001_catalog_sql),
            adoptable: [],
            tables: [
                "consumer_offsets", "consumer_gaps", "service_catalog", "fsm_code_counters",
                "service_catalog_event_log", "processed_events", "entity_stream",
                "pending_events", "dead_letter_queue", "dead_letter_history", "outbox",
                "review_items", "sync_runs", "engines", "leases", "circuit_breakers",
                "breaker_orders", "audit_log", "service_catalog_reconciliation",
            ]),
        Migration(
            version: 2, name: "service_order",
            sql: text(PackageResources.migration_0002_service_order_sql),
            adoptable: ["service_order"], tables: ["service_order"]),
        Migration(
            version: 3, name: "contract_template",
            sql: text(PackageResources.migration_0003_contract_template_sql),
            adoptable: ["contract_template"], tables: ["contract_template"]),
        Migration(
            version: 4, name: "reconciliation",
            sql: text(PackageResources.migration_0004_reconciliation_sql),
            adoptable: [], tables: ["sync_drift", "sync_bad_rows", "file_marks"]),
        Migration(
            version: 5, name: "schedule", sql: text(PackageResources.migration_0005_schedule_sql),
            adoptable: [], tables: ["schedule_entries"]),
        Migration(
            version: 6, name: "alerts", sql: text(PackageResources.migration_0006_alerts_sql),
            adoptable: [],
            tables: [
                "notices", "alerts", "alert_history", "alert_silences", "alert_deliveries",
                "alert_channels", "signal_samples",
            ]),
        Migration(
            version: 7, name: "control", sql: text(PackageResources.migration_0007_control_sql),
            adoptable: [], tables: ["event_replays"]),
        Migration(
            version: 8, name: "keeping", sql: text(PackageResources.migration_0008_keeping_sql),
            adoptable: [], tables: ["audit_seals", "keeping_state"]),
        Migration(
            version: 9, name: "watermarks",
            sql: text(PackageResources.migration_0009_watermarks_sql),
            adoptable: [], tables: ["partition_watermarks"]),
        Migration(
            version: 10, name: "observing",
            sql: text(PackageResources.migration_0010_observing_sql), adoptable: [], tables: []),
        Migration(
            version: 11, name: "outbox_and_gaps",
            sql: text(PackageResources.migration_0011_outbox_and_gaps_sql), adoptable: [],
            tables: ["outbox_totals"]),
        Migration(
            version: 12, name: "erp", sql: text(PackageResources.migration_0012_erp_sql),
            adoptable: [],
            tables: [
                "agent_registry", "agent_status_history", "erp_code_mappings", "items",
                "warehouses", "stock", "erp_orders", "sync_jobs", "sync_job_calls",
                "reconciliation_events",
            ]),
        Migration(
            version: 13, name: "usable_from",
            sql: text(PackageResources.migration_0013_usable_from_sql), adoptable: [], tables: []),
        Migration(
            version: 14, name: "reports",
            sql: text(PackageResources.migration_0014_reports_sql), adoptable: [], tables: []),
    ]

    /// The version of the schema that this build was made for.
    package static let newest = all.map(\.version).max() ?? 0

    /// The oldest build, by its newest migration, that can work with the schema once this one has been
    /// applied, as the file's first line says: `-- usable_from: 12`. Nil before there was such a line.
    package var usableFrom: Int? {
        let mark = "-- usable_from: "
        guard sql.hasPrefix(mark) else { return nil }
        return Int(sql.dropFirst(mark.count).prefix { !$0.isNewline })
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}

/// What `migrate` did, or would do.
package struct MigrationStep: Sendable, Equatable {
    package enum Outcome: String, Sendable {
        case applied
        /// The platform owns the table; it is read and never altered.
        case adopted
        /// A dry run: this is what would be applied.
        case pending
        case alreadyApplied = "already_applied"
        /// A later build's, which this one can live with.
        case newer
    }

    package var version: Int
    package var name: String
    package var outcome: Outcome

    package init(version: Int, name: String, outcome: Outcome) {
        self.version = version
        self.name = name
        self.outcome = outcome
    }
}

/// Whether this build can work with the schema that it finds.
package enum SchemaVerdict: Sendable, Equatable {
    case found(SchemaReading)
    /// No table of ours is there.
    case empty
    /// Tables of our names that our migrations did not make.
    case foreignTables([String])

    /// What is wrong and what to type; nil if nothing is.
    package var advice: String? {
        switch self {
        case .found(let reading): reading.isUsable ? nil : reading.advice
        case .empty: "the database has no schema yet: run `syncconsole migrate`"
        case .foreignTables(let names):
            "tables named \(names.joined(separator: ", ")) are there that syncconsole did not "
                + "create: name them in database.adopt if they are the platform's, "
                + "or choose another database.schema"
        }
    }
}
