import ObjectStores

/// How one bucket is reached, as configured. What it leaves open comes from the environment.
package struct BucketAccess: Sendable, Equatable {
    package enum Credentials: Sendable, Equatable {
        /// What the environment has: a key file's name, keys, the machine's identity.
        case automatic
        /// Google's workload identity, from the metadata server.
        case metadata
        /// A service account's JSON for `gs://`, a file of Amazon's tools for `s3://`.
        case keyFile(String)
        case none

        /// Reads `automatic`, `metadata`, `none` or `file:PATH`.
        package init?(_ text: String) {
            switch text {
            case "automatic": self = .automatic
            case "metadata": self = .metadata
            case "none": self = .none
            default:
                guard text.hasPrefix("file:/") else { return nil }
                self = .keyFile(String(text.dropFirst("file:".utf8.count)))
            }
        }
    }

    /// `gs://exports` or `s3://exports`.
    package var bucket: String
    package var credentials: Credentials
    package var endpoint: String?
    package var region: String?

    package init(
        bucket: String, credentials: Credentials = .automatic, endpoint: String? = nil,
        region: String? = nil
    ) {
        self.bucket = bucket
        self.credentials = credentials
        self.endpoint = endpoint
        self.region = region
    }

    /// Letters, digits and `-`, as in `eu-west-1`.
    package static func isRegion(_ text: String) -> Bool { AmazonStorageSettings.isRegion(text) }
}

extension ReconciliationSettings {
    /// Says how buckets are reached.
    ///
    /// - Parameter environment: of this process, for what is left open.
    package mutating func reach(_ buckets: [BucketAccess], environment: [String: String]) {
        stores.environment = environment
        for access in buckets {
            let parts = access.bucket.split(separator: "/", omittingEmptySubsequences: true)
            guard parts.count == 2 else { continue }
            let name = String(parts[1])
            if parts[0] == "gs:" {
                stores.googleBuckets[name] = access.google
            } else {
                stores.amazonBuckets[name] = access.amazon
            }
        }
    }
}

extension BucketAccess {
    fileprivate var google: GoogleStorageSettings {
        var settings = GoogleStorageSettings()
        settings.endpoint = endpoint
        settings.credentials =
            switch credentials {
            case .automatic: .automatic
            case .metadata: .metadataServer
            case .keyFile(let path): .keyFile(path)
            case .none: .none
            }
        return settings
    }

    fileprivate var amazon: AmazonStorageSettings {
        var settings = AmazonStorageSettings()
        settings.endpoint = endpoint
        settings.region = region
        settings.credentials =
            switch credentials {
            // Amazon's machines have another way to lend keys, which is not spoken here.
            case .automatic, .metadata: .automatic
            case .keyFile(let path): .keyFile(path)
            case .none: .none
            }
        return settings
    }
}
