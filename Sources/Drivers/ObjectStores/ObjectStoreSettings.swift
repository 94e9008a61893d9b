/// How buckets are reached. A folder needs none of it.
package struct ObjectStoreSettings: Sendable {
    package var google = GoogleStorageSettings()
    package var patience = TransferPatience()
    /// Where names such as `GOOGLE_APPLICATION_CREDENTIALS` are looked up that the settings leave
    /// open: the process's environment, as the caller has it.
    package var environment: [String: String]

    package init(environment: [String: String] = [:]) {
        self.environment = environment
    }

    /// Nil if it is empty too.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
