import Probes
import Testing

@testable import SyncEngine

@Suite("The moment that a file speaks of")
struct FileMomentTests {
    private static let late = moment("2100-01-01T00:00:00Z")

    private static func moment(_ text: String) -> Timestamp { ReconcileFixture.moment(text) }

    /// One hour ahead of UTC, two in summer, as the clocks of Madrid were in 2025.
    private static let madrid: CanonicalForm.ZoneOffset = { now in
        let summer = moment("2025-03-30T01:00:00Z")..<moment("2025-10-26T01:00:00Z")
        return summer.contains(now) ? 7_200 : 3_600
    }

    /// Two hours ahead of UTC, three in summer; its clocks change at midnight.
    private static let cairo: CanonicalForm.ZoneOffset = { now in
        let summer = moment("2025-04-24T22:00:00Z")..<moment("2025-10-30T21:00:00Z")
        return summer.contains(now) ? 10_800 : 7_200
    }

    private static func source(
        _ offset: @escaping CanonicalForm.ZoneOffset = madrid, asOf: FileSource.AsOf = .automatic
    ) -> FileSource {
        FileSource(
            name: "ES", country: "ES", system: "PYXIS", location: "/srv", secondsFromUTC: offset,
            asOf: asOf)
    }

    private static func asOf(
        _ object: String, _ day: String = "20250117", _ source: FileSource = source(),
        now: Timestamp = late
    ) -> String {
        FileMoment.asOf(
            name: "services_ES_\(day).csv", objectTime: moment(object), source: source, now: now
        ).iso8601.replacing(".000000", with: "")
    }

    @Test("the object's time holds on the day in the name and before it, to the last moment")
    func automatic() {
        #expect(Self.asOf("2025-01-17T02:00:00Z") == "2025-01-17T02:00:00Z")
        #expect(Self.asOf("2025-01-14T02:00:00Z") == "2025-01-14T02:00:00Z")
        // Midnight in Madrid is 23:00 in UTC.
        #expect(
            Self.asOf("2025-01-17T22:59:59.999999Z") == "2025-01-17T22:59:59.999999Z")
        #expect(Self.asOf("2025-01-17T23:00:00Z") == "2025-01-16T23:00:00Z")
        #expect(Self.asOf("2025-03-01T12:00:00Z") == "2025-01-16T23:00:00Z")
    }

    @Test("the days on which the clocks change have 23 and 25 hours")
    func changes() {
        // Sunday, 30 March, ends at 22:00 in UTC; Sunday, 26 October, at 23:00.
        #expect(Self.asOf("2025-03-30T21:59:59Z", "20250330") == "2025-03-30T21:59:59Z")
        #expect(Self.asOf("2025-03-30T22:00:00Z", "20250330") == "2025-03-29T23:00:00Z")
        #expect(Self.asOf("2025-10-26T22:59:59Z", "20251026") == "2025-10-26T22:59:59Z")
        #expect(Self.asOf("2025-10-26T23:00:00Z", "20251026") == "2025-10-25T22:00:00Z")
    }

    @Test("a day that has no midnight begins after the gap")
    func noMidnight() {
        let source = Self.source(Self.cairo)
        #expect(Self.asOf("2026-01-01T00:00:00Z", "20250425", source) == "2025-04-24T22:00:00Z")
        #expect(Self.asOf("2026-01-01T00:00:00Z", "20251031", source) == "2025-10-30T22:00:00Z")
        #expect(Self.asOf("2026-01-01T00:00:00Z", "20251030", source) == "2025-10-29T21:00:00Z")
    }

    @Test("one of the two is taken always, if the source says so")
    func configured() {
        #expect(
            Self.asOf("2025-03-01T12:00:00Z", "20250117", Self.source(asOf: .objectTime))
                == "2025-03-01T12:00:00Z")
        #expect(
            Self.asOf("2025-01-17T12:00:00Z", "20250117", Self.source(asOf: .name))
                == "2025-01-16T23:00:00Z")
        #expect(
            Self.asOf("2025-01-10T12:00:00Z", "20250117", Self.source(asOf: .name))
                == "2025-01-16T23:00:00Z")
    }

    @Test("a name without a day leaves the object's time")
    func noDay() {
        for name in ["services.csv", "services_ES_20250230.csv", "services_ES_2025011.csv"] {
            for asOf in FileSource.AsOf.allCases {
                let moment = FileMoment.asOf(
                    name: name, objectTime: Self.moment("2025-03-01T12:00:00Z"),
                    source: Self.source(asOf: asOf), now: Self.late)
                #expect(moment == Self.moment("2025-03-01T12:00:00Z"), "\(name) \(asOf)")
            }
        }
    }

    @Test("no file speaks of what is yet to come")
    func future() {
        let now = Self.moment("2025-01-17T01:00:00Z")
        #expect(Self.asOf("2025-01-17T02:00:00Z", now: now) == "2025-01-17T01:00:00Z")
        for asOf in FileSource.AsOf.allCases {
            #expect(
                Self.asOf("2025-01-19T02:00:00Z", "20250118", Self.source(asOf: asOf), now: now)
                    == "2025-01-17T01:00:00Z")
        }
    }

    // MARK: Names

    @Test("the file of the day is that of the source's day")
    func names() {
        let source = Self.source()
        let expected = [
            ("2025-01-17T22:59:59Z", "20250117"), ("2025-01-17T23:00:00Z", "20250118"),
            ("2025-07-17T21:59:59Z", "20250717"), ("2025-07-17T22:00:00Z", "20250718"),
            ("2024-12-31T23:00:00Z", "20250101"), ("1969-12-31T22:30:00Z", "19691231"),
        ]
        for (now, day) in expected {
            #expect(FileName.of(source, at: Self.moment(now)) == "services_ES_\(day).csv")
        }
        let west = Self.source { _ in -5 * 3_600 }
        #expect(
            FileName.of(west, at: Self.moment("2025-01-17T04:59:59Z"))
                == "services_ES_20250116.csv")
    }

    @Test("a daily file is one of its source's with a day of the calendar")
    func daily() {
        let source = Self.source()
        #expect(FileName.isDaily("services_ES_20240229.csv", of: source))
        for name in [
            "services_FR_20250117.csv", "services_ES_20250229.csv", "services_ES_20251301.csv",
            "services_ES_20250117.csv.gz", "services_ES_2025117.csv", "services_ES_.csv",
            "services_ES_２０２５0117.csv", "xservices_ES_20250117.csv", "services_ES_-0250117.csv",
        ] {
            #expect(!FileName.isDaily(name, of: source), "\(name)")
        }
    }

    @Test("a name and the day that it was made of agree, whatever the clock")
    func agree() {
        var catalog = RandomCatalog(seed: 4)
        for _ in 0..<2_000 {
            let source = Self.source(catalog.pick([Self.madrid, Self.cairo]))
            let now = Self.moment("2025-01-01T00:00:00Z")
                .advanced(by: .seconds(catalog.number(below: 365 * 86_400)))
            let name = FileName.of(source, at: now)
            #expect(FileName.isDaily(name, of: source))
            // Written now and read now: it speaks of now. Copied a week later: of its day.
            #expect(
                FileMoment.asOf(name: name, objectTime: now, source: source, now: now) == now)
            let copied = FileMoment.asOf(
                name: name, objectTime: now.advanced(by: .seconds(7 * 86_400)), source: source,
                now: Self.late)
            #expect(copied <= now && FileName.of(source, at: copied) == name)
            #expect(
                FileName.of(source, at: copied.advanced(by: .microseconds(-1))) != name)
        }
    }
}
