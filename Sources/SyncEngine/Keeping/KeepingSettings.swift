/// What the keeping room has to know; valid if it exists.
package struct KeepingSettings: Sendable, Equatable {
    /// An IANA name: whose days count where something is due "the next day".
    package var timeZone: String

    package init(timeZone: String = "UTC") {
        self.timeZone = timeZone
    }
}
