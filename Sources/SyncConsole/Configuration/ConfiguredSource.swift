import SyncEngine

/// A country's daily file, as configured; see `FileSource`.
struct ConfiguredSource: Sendable, Equatable {
    var name: String
    var country: String
    var location: String
    /// An IANA name.
    var timeZone: String
    var system: String
    var asOf: FileSource.AsOf
    var wait: Duration
    var deprecatesOrphans: Bool

    /// What the seed names, without any configuration.
    static let builtIn: [ConfigurationRecord] = {
        let zones = [
            ("ES", "Europe/Madrid"), ("FR", "Europe/Paris"), ("IT", "Europe/Rome"),
            ("PL", "Europe/Warsaw"),
        ]
        return zones.map { country, zone in
            ConfigurationRecord([
                "name": country, "country": country, "time_zone": zone,
                "location": location(bucket: "fsm-service-catalog"),
            ])
        }
    }()

    /// Where the seed's exports lie in a bucket.
    static func location(bucket: String) -> String { "gs://\(bucket)/service-catalog/" }

    /// A local source whose days begin in UTC, with the defaults of all the rest.
    init(country: String, location: String, system: String) {
        name = country
        self.country = country
        self.location = location
        self.system = system
        timeZone = "UTC"
        asOf = .automatic
        wait = .seconds(7_200)
        deprecatesOrphans = false
    }

    /// From an element whose rules were checked.
    init(_ record: ConfigurationRecord, catalog: Configuration.Catalog) {
        country = record.text("country") ?? ""
        name = record.text("name") ?? country
        location = record.text("location") ?? ""
        timeZone = record.text("time_zone") ?? catalog.timeZone
        system = record.text("system") ?? catalog.defaultSource
        asOf = record.text("as_of").flatMap(FileSource.AsOf.init) ?? .automatic
        wait = record.duration("wait") ?? .seconds(7_200)
        deprecatesOrphans = record.flag("deprecate_orphans")
    }
}
