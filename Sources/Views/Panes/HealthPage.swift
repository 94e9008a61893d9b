import Probes

/// How this console reaches its servers, what an engine of this machine says of itself, and the way
/// to both servers step by step.
struct HealthPage: DetailContent {
    let model: ConsoleModel

    func write(into document: inout Document) {
        writeConsole(&document)
        writeNeighbour(&document)
        document.heading("Step by step from here")
        if let walk = model.readings.walk {
            Self.write(walk.value, into: &document)
            document.paragraph("walked \(model.context.age(walk.takenAt))", .muted, indent: 2)
        } else {
            document.paragraph("walking \(model.glyphs.ellipsis)", .muted, indent: 2)
        }
    }

    private func writeConsole(_ document: inout Document) {
        document.field("database", words(model.readings.database))
        document.field("kafka", words(model.readings.kafka))
    }

    private func words(_ state: ServerState) -> [Span] {
        switch state {
        case .ready(let since):
            [
                Span("\(model.glyphs.check) answers", Style(.ok)),
                Span("  since \(model.context.near(since))", Style(.muted)),
            ]
        case .connecting: [Span("\(model.glyphs.circleEmpty) connecting", Style(.warning))]
        case .unreachable(let since, let error):
            [
                Span(
                    "\(model.glyphs.ballot) unreachable since \(model.context.near(since))",
                    Style(.critical)),
                Span("  \(error)", Style(.muted)),
            ]
        }
    }

    private func writeNeighbour(_ document: inout Document) {
        guard let neighbour = model.readings.neighbour?.value else {
            document.heading("Engines of this machine")
            document.paragraph(
                "None answers on a local socket for this database.", .muted, indent: 2)
            return
        }
        let name = neighbour.name.prefix(1).uppercased() + neighbour.name.dropFirst()
        document.heading("\(name), process \(neighbour.processID)")
        for part in neighbour.health.parts {
            document.field(
                "  \(part.name)",
                [
                    Span("\(sign(part)) \(part.words)", Style(role(part))),
                    Span(
                        part.since.map { "  since \(model.context.near($0))" } ?? "",
                        Style(.muted)),
                ])
        }
        write(neighbour.alerts, into: &document)
    }

    private func write(_ alerts: [NeighbourAlert], into document: inout Document) {
        guard !alerts.isEmpty else { return }
        document.heading("Alerts in its memory")
        for alert in alerts {
            let isFiring = alert.state == "firing"
            let told = alert.told.isEmpty ? "nobody told yet" : alert.told.joined(separator: ", ")
            document.field(
                "  \(alert.state)",
                [
                    Span(alert.summary, Style(isFiring ? .critical : .warning)),
                    Span(
                        "  since \(model.context.near(alert.startedAt)); \(told)", Style(.muted)),
                ])
        }
    }

    private func sign(_ part: HealthPart) -> String {
        switch part.state {
        case .ok: model.glyphs.check
        case .failed: model.glyphs.ballot
        case .degraded: "!"
        case .unknown: model.glyphs.circleEmpty
        }
    }

    private func role(_ part: HealthPart) -> Role {
        switch part.state {
        case .ok: .normal
        case .failed: .critical
        case .degraded, .unknown: .warning
        }
    }

    /// The steps under the name of their server; what was not tried is muted.
    static func write(_ steps: [HealthStep], into document: inout Document) {
        var part: HealthStep.Part?
        for step in steps {
            if step.part != part {
                if part != nil { document.blank() }
                document.line([Span(step.part.rawValue, Style(.title))])
            }
            part = step.part
            let (sign, role): (String, Role) =
                switch step.result {
                case .ok: (document.glyphs.check, .ok)
                case .failed: (document.glyphs.ballot, .critical)
                case .skipped: (document.glyphs.circleEmpty, .muted)
                case .warning: (AlertSeverity.warning.sign(document.glyphs), .warning)
                }
            document.field(
                "  \(step.name)",
                [
                    Span("\(sign) ", Style(role)),
                    Span(step.message, Style(step.result == .ok ? .normal : role)),
                ])
        }
    }

    /// For a message to somebody who can help.
    var copyText: String {
        (model.readings.walk?.value ?? []).map {
            "\($0.part.rawValue) \($0.name): \($0.result.rawValue): \($0.message)"
        }.joined(separator: "\n")
    }
}
