import Probes

/// A country's daily file: where it comes to be, what it is called, and whose services it lists.
package struct FileSource: Sendable {
    /// What moment the file speaks of.
    package enum AsOf: String, Sendable, CaseIterable {
        /// The object's time, unless it is later than the day in the file's name; then that day's
        /// beginning, so that a copied file does not claim to be younger than it is.
        case automatic
        /// The object's time, whatever its name says.
        case objectTime = "object_time"
        /// The beginning of the day in the file's name.
        case name
    }

    /// As people name it: `ES`.
    package var name: String
    /// Two letters A to Z.
    package var country: String
    /// The system that owns the listed services, as in `external_system_source`.
    package var system: String
    /// `file:///srv/exports`, `gs://bucket/prefix/` or `s3://bucket/prefix/`.
    package var location: String
    /// Seconds that the source's clock is ahead of UTC at a moment.
    package var secondsFromUTC: CanonicalForm.ZoneOffset
    package var asOf: AsOf
    /// How long a file that is not there yet is waited for.
    package var patience: Duration
    /// Whether services that the file lacks are deprecated; otherwise they are counted and listed.
    package var deprecatesOrphans: Bool

    package init(
        name: String, country: String, system: String, location: String,
        secondsFromUTC: @escaping CanonicalForm.ZoneOffset = { _ in 0 },
        asOf: AsOf = .automatic, patience: Duration = .seconds(7_200),
        deprecatesOrphans: Bool = false
    ) {
        self.name = name
        self.country = country
        self.system = system
        self.location = location
        self.secondsFromUTC = secondsFromUTC
        self.asOf = asOf
        self.patience = patience
        self.deprecatesOrphans = deprecatesOrphans
    }
}
