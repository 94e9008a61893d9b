import ArgumentParser
import Views

/// `screenshot`: one frame of the console without a terminal.
struct ScreenshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screenshot", abstract: "Print one pane of the console, as it is now.",
        discussion: "Panes: \(Pane.allCases.map(\.rawValue).joined(separator: ", ")).")

    @OptionGroup var options: ConfigurationOptions
    @Option(help: ArgumentHelp("Which pane.", valueName: "name"))
    var pane: PaneArgument
    @Option(help: ArgumentHelp("Columns and rows.", valueName: "120x40"))
    var size = SizeArgument(size: Size(rows: 40, columns: 120))
    @Option(help: ArgumentHelp("text, ansi or svg.", valueName: "format"))
    var format = FormatArgument(format: .text)
    @Option(
        help: ArgumentHelp("Look for so long before, for rates and graphs.", valueName: "duration"))
    var after: DurationArgument?
    @Flag(help: "Draw with ASCII only.")
    var ascii = false
    @Option(help: ArgumentHelp("In this theme.", valueName: "name"))
    var theme: String?

    func run() async throws {
        let configuration = try options.load()
        let look = try ConsoleLook(
            configuration.console, theme: theme, isASCII: ascii, in: .current())
        var facts = ConsoleFacts(
            role: .watch, environment: configuration.environment,
            isProduction: configuration.isProduction, zone: .local,
            twoPeopleFrom: configuration.twoPeopleFrom,
            personalFields: configuration.personalFields)
        facts.contacts = configuration.contacts
        let readings = try await ReadingsNow.take(
            configuration, for: pane.pane, facts: facts, lookingFor: after?.duration ?? .zero)
        let snapshot = ConsoleSnapshot(
            pane: pane.pane, size: size.size, readings: readings, facts: facts, now: .now,
            theme: look.themes[look.themeIndex], glyphs: look.glyphs ?? .unicode)
        try StandardOutput.write(snapshot.rendered(format.format))
    }
}

struct PaneArgument: ExpressibleByArgument {
    let pane: Pane

    init?(argument: String) {
        guard let pane = Pane(named: argument) else { return nil }
        self.pane = pane
    }
}

/// `120x40`: columns, then rows, from 20x5 to 500x200.
struct SizeArgument: ExpressibleByArgument {
    let size: Size

    init(size: Size) { self.size = size }

    init?(argument: String) {
        let parts = argument.split(separator: "x").map { Int($0) }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1],
            (20...500).contains(columns), (5...200).contains(rows)
        else { return nil }
        size = Size(rows: rows, columns: columns)
    }

    var defaultValueDescription: String { "\(size.columns)x\(size.rows)" }
}

struct FormatArgument: ExpressibleByArgument {
    let format: ConsoleSnapshot.Format

    init(format: ConsoleSnapshot.Format) { self.format = format }

    init?(argument: String) {
        guard let format = ConsoleSnapshot.Format(rawValue: argument) else { return nil }
        self.format = format
    }

    var defaultValueDescription: String { format.rawValue }
}
