/// How buckets are reached. A folder needs none of it.
///
/// Its description holds no secrets.
package struct ObjectStoreSettings: Sendable {
    package var google = GoogleStorageSettings()
    /// Where names such as `GOOGLE_APPLICATION_CREDENTIALS` are looked up that the settings leave
    /// open: the process's environment, as the caller has it.
    package var environment: [String: String]

    package init(environment: [String: String] = [:]) {
        self.environment = environment
    }
}

/// How Google Cloud Storage is reached.
package struct GoogleStorageSettings: Sendable {
    package enum Credentials: Sendable, Equatable {
        /// None where the endpoint is an emulator's, the key file that
        /// `GOOGLE_APPLICATION_CREDENTIALS` names, otherwise the machine's identity.
        case automatic
        /// Workload identity: a token from the metadata server of the machine or the pod.
        case metadataServer
        /// The path of a service account's key, in Google's JSON.
        case keyFile(String)
        case none
    }

    package var credentials: Credentials = .automatic
    /// Instead of `https://storage.googleapis.com`; without it `STORAGE_EMULATOR_HOST` counts.
    package var endpoint: String?

    package init() {}
}
