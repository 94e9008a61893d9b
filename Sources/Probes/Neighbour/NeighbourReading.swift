import FoundationEssentials

/// What an engine tells a console on the same machine, on its local socket: from memory, whether its
/// servers are there or not.
///
/// Every build reads what its own version wrote; one that speaks another version is not understood,
/// and said to be so.
package struct NeighbourReading: Sendable, Equatable, Codable {
    package static let version = 1
    /// Lines of the log that go with it.
    package static let logLines = 500

    package var version: Int
    package var engineID: Int64?
    package var processID: Int
    package var role: String
    package var build: String
    /// Which database the engine works in, without secrets: consoles of another one look elsewhere.
    package var place: String
    package var health: HealthReport
    package var database: ServerState
    package var kafka: ServerState?
    /// The last reading that succeeded.
    package var shared: SharedReading?
    /// Of this engine, as they are in its memory.
    package var breakers: [BreakerRow]
    package var alerts: [NeighbourAlert]
    package var log: [LogEntry]
    package var takenAt: Timestamp

    package init(
        engineID: Int64?, processID: Int, role: String, build: String, place: String,
        health: HealthReport, database: ServerState, kafka: ServerState?, shared: SharedReading?,
        breakers: [BreakerRow], alerts: [NeighbourAlert] = [], log: [LogEntry],
        takenAt: Timestamp
    ) {
        version = Self.version
        self.engineID = engineID
        self.processID = processID
        self.role = role
        self.build = build
        self.place = place
        self.health = health
        self.database = database
        self.kafka = kafka
        self.shared = shared
        self.breakers = breakers
        self.alerts = alerts
        self.log = log
        self.takenAt = takenAt
    }

    /// As it is sent: one JSON document.
    package var document: [UInt8] {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = Self.floatWords
        guard let data = try? encoder.encode(self) else { return [] }
        return Array(data)
    }

    /// Nil for what is no such document, or of another version.
    package init?(document: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let reading = try? decoder.decode(Self.self, from: Data(document)),
            reading.version == Self.version
        else { return nil }
        self = reading
    }

    private static let floatWords = JSONEncoder.NonConformingFloatEncodingStrategy
        .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")

    /// `engine 12 on this machine`
    package var name: String {
        engineID.map { "engine \($0) on this machine" } ?? "an engine on this machine"
    }
}
