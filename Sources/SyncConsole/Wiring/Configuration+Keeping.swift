import SyncEngine

extension Configuration {
    /// How long each is kept.
    var keepingSettings: KeepingSettings {
        KeepingSettings(periods: keeping, timeZone: catalog.timeZone)
    }
}
