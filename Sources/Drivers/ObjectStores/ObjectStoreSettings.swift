/// How buckets are reached. A folder needs none of it.
package struct ObjectStoreSettings: Sendable {
    /// For buckets that have no settings of their own.
    package var google = GoogleStorageSettings()
    package var amazon = AmazonStorageSettings()
    /// By the bucket's name.
    package var googleBuckets: [String: GoogleStorageSettings] = [:]
    package var amazonBuckets: [String: AmazonStorageSettings] = [:]
    package var patience = TransferPatience()
    /// Stands before every call to a bucket.
    package var gate: any CallGate
    /// Where names such as `GOOGLE_APPLICATION_CREDENTIALS` are looked up that the settings leave
    /// open: the process's environment, as the caller has it.
    package var environment: [String: String]

    package init(environment: [String: String] = [:], gate: (any CallGate)? = nil) {
        self.gate = gate ?? OpenGate()
        self.environment = environment
    }

    /// Nil if it is empty too.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
