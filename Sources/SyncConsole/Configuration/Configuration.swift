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

    /// Production looks like production, and asks twice.
    var isProduction: Bool { environment.lowercased().hasPrefix("prod") }

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
