import ArgumentParser
import Probes
import SyncEngine

struct LagCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lag", abstract: "Consumer lag, partition by partition: list, show.",
        subcommands: [ListCommand<LagKind>.self, ShowCommand<LagKind>.self],
        defaultSubcommand: ListCommand<LagKind>.self)
}

enum LagKind: NounKind {
    static let noun = Noun.lag
    static let singular = "partition"
    static let columns = [
        ListColumn("group"), ListColumn("topic"), ListColumn("partition", .number),
        ListColumn("status"), ListColumn("lag_messages", .number, title: "LAG"),
        ListColumn("current_offset", .number, title: "CURRENT"),
        ListColumn("end_offset", .number, title: "END"),
        ListColumn("consumed_per_second", .number, title: "READ/S"),
        ListColumn("produced_per_second", .number, title: "WRITTEN/S"),
        ListColumn("drain_seconds", .seconds, title: "DRAINS IN"),
        ListColumn("paused_reason", title: "PAUSED"),
    ]

    /// Two looks, a second apart: rates and statuses need both.
    static func list(
        _ look: Look, _ filter: Filter<LagRow>, limit: Int
    ) async throws -> Page<LagRow> {
        let observer = KafkaObservation.start(look.configuration, log: .silent)
        let probe = LagProbe(settings: look.configuration.lagSettings, observer: observer)
        let rows: [LagRow]
        do {
            rows = try await probe.take(look.connection, over: .seconds(1))
            await observer?.close(deadline: .seconds(1))
        } catch {
            await observer?.close(deadline: .seconds(1))
            throw error
        }
        let matching = rows.filter { filter.matches($0, at: look.now) }
        return Page(rows: Array(matching.prefix(limit)), matching: matching.count)
    }

    static func json(_ row: LagRow) -> JSONValue { row.json }

    /// By `topic/partition` of our own group, or by `group topic/partition`.
    static func show(_ look: Look, id: String) async throws -> JSONValue? {
        try await find(look, where: "") {
            $0.id == id || ($0.isOurs && "\($0.topic)/\($0.partition)" == id)
        }
    }
}
