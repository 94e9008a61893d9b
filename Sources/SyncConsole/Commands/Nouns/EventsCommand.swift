import ArgumentParser
import Probes

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "The event log: list, show, tail, replay.",
        subcommands: [
            ListCommand<EventKind>.self, ShowCommand<EventKind>.self, EventsTailCommand.self,
            EventsReplayCommand.self,
        ],
        defaultSubcommand: ListCommand<EventKind>.self)
}

enum EventKind: NounKind {
    static let noun = Noun.events
    static let singular = "event"
    static let columns = [
        ListColumn("id", .number), ListColumn("received_at", .age, title: "AGE"),
        ListColumn("status"), ListColumn("event_type", title: "TYPE"),
        ListColumn("service_code", title: "SERVICE"), ListColumn("partition", .number),
        ListColumn("offset", .number), ListColumn("attempts", .number, title: "TRIES"),
        ListColumn("latency_ms", .number, title: "MS"), ListColumn("event_id", title: "EVENT"),
        ListColumn("error"),
    ]

    static func list(
        _ look: Look, _ filter: Filter<EventRow>, limit: Int
    ) async throws -> Page<EventRow> {
        try await EventProbe(look.connection, now: look.now).list(filter, limit: limit)
    }

    static func json(_ row: EventRow) -> JSONValue { row.json }

    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await EventProbe(look.connection, now: look.now).show(number(id))?
            .masked(look.personal).json
    }
}
