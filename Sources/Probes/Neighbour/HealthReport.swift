/// The answer to `/health`.
package struct HealthReport: Sendable, Equatable, Codable {
    package var isAlive: Bool
    package var parts: [HealthPart]
    package var engineID: Int64?
    package var version: String
    package var takenAt: Timestamp

    package init(
        isAlive: Bool, parts: [HealthPart], engineID: Int64?, version: String, takenAt: Timestamp
    ) {
        self.isAlive = isAlive
        self.parts = parts
        self.engineID = engineID
        self.version = version
        self.takenAt = takenAt
    }

    /// Whether every part that the work needs is well.
    package var isReady: Bool {
        isAlive && parts.allSatisfy { !$0.isRequired || $0.state == .ok }
    }

    /// `ok`, `degraded` where something asks for a look, `failed` where the work stands still.
    package var state: HealthPart.State {
        guard isReady else { return .failed }
        return parts.allSatisfy { $0.state == .ok } ? .ok : .degraded
    }

    package var json: JSONValue {
        .object([
            .init("state", .string(state.rawValue)),
            .init("live", .bool(isAlive)),
            .init("ready", .bool(isReady)),
            .init("engine_id", .integer(orNull: engineID)),
            .init("version", .string(version)),
            .init("taken_at", .timestamp(takenAt)),
            .init("parts", .object(parts.map { JSONMember($0.name, $0.json) })),
        ])
    }
}
