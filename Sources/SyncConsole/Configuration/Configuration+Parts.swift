import Probes
import SyncEngine

/// What belongs together in a configuration, by the file's own headings.
extension Configuration {
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
}
