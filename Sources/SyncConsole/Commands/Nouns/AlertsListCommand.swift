import ArgumentParser
import Probes

/// `alerts list`: one by one, or put together as the console's pane shows them.
struct AlertsListCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration { ListCommand<AlertKind>.configuration }

    enum Grouping: String, ExpressibleByArgument, CaseIterable { case rule }

    @OptionGroup var list: ListCommand<AlertKind>
    @Option(
        help: ArgumentHelp(
            "Put them together: of each rule those that stand, or, where none does, those that are "
                + "over.",
            valueName: "rule"))
    var by: Grouping?

    func run() async throws {
        guard by != nil else { return try await list.run() }
        let filter = try list.filter()
        let limit = list.limit
        let (page, now) = try await DatabaseAccess.look(try list.options.load()) { connection in
            let now = Timestamp.now
            return (
                try await AlertProbe(connection, now: now).groups(filter, limit: limit), now
            )
        }
        if list.json {
            try JSONOutput.write(.array(page.rows.map(\.json)))
        } else {
            try StandardOutput.write(list.text(Self.table(page.rows, now: now), of: page))
        }
    }

    static func table(_ groups: [AlertGroup], now: Timestamp) -> TextTable {
        TextTable(
            [
                .init(title: "STATE"), .init(title: "SEVERITY"), .init(title: "RULE"),
                .init(title: "SUBJECTS", alignment: .right),
                .init(title: "UNATTENDED", alignment: .right),
                .init(title: "SINCE", alignment: .right),
                .init(title: "NEWEST", alignment: .right), .init(title: "THE NEWEST"),
            ],
            rows: groups.map { group in
                [
                    group.state.rawValue, group.severity.rawValue, group.rule,
                    "\(group.subjects)", "\(group.unattendedIDs.count)",
                    AgeText.write(now.since(group.firstAt)),
                    AgeText.write(now.since(group.newestAt)),
                    group.newest.details ?? group.newest.summary,
                ]
            })
    }
}
