import Probes

/// Messages as people read them: what, since when, how many, what to do next. Never a payload.
struct AlertText: Sendable {
    /// Told in full; of what comes behind only names and numbers.
    static let mostInFull = 10

    let message: AlertMessage

    /// `[production] CRITICAL consumer_lag_high service-catalog` or `[production] 3 alerts, 1 over`.
    var headline: String {
        let news = message.news
        guard news.count == 1, let only = news.first else {
            let over = news.count { $0.isOver }
            let firing = news.count - over
            let parts = [
                firing > 0 ? Self.count(firing, "alert") : nil, over > 0 ? "\(over) over" : nil,
            ].compactMap { $0 }
            return line("[\(message.environment)] \(parts.joined(separator: ", "))")
        }
        return line("[\(message.environment)] \(Self.word(only)) \(only.name)")
    }

    /// A few lines for each alert, the gravest first.
    var body: [String] {
        var lines: [String] = []
        if let delay = message.delay { lines += [line(delay), ""] }
        let sorted = message.news.enumerated().sorted {
            (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset)
        }.map(\.element)
        for news in sorted.prefix(Self.mostInFull) {
            lines += paragraph(news) + [""]
        }
        let rest = sorted.dropFirst(Self.mostInFull)
        if !rest.isEmpty {
            var counts: [(rule: String, count: Int)] = []
            for news in rest {
                if let place = counts.firstIndex(where: { $0.rule == news.rule }) {
                    counts[place].count += 1
                } else {
                    counts.append((news.rule, 1))
                }
            }
            let names = counts.prefix(20).map { "\($0.rule) \($0.count)" }
            lines += [line("And \(rest.count) more: \(names.joined(separator: ", "))."), ""]
        }
        lines.append("All of them: syncconsole alerts")
        return lines
    }

    private func paragraph(_ news: AlertNews) -> [String] {
        var lines = [line("\(Self.word(news)) \(news.name): \(news.summary)")]
        var what: [String] = []
        if let value = news.value { what.append("\(value) (rule: \(news.condition))") }
        if let details = news.details { what.append(details) }
        if !what.isEmpty { lines.append("  " + line(what.joined(separator: "; "))) }
        lines.append("  " + line(when(news)))
        if news.occurrences > 1 {
            lines.append("  " + Self.count(Int(news.occurrences), "time"))
        }
        if let by = news.acknowledgedBy { lines.append("  " + line("\(by) looks after it")) }
        guard !news.isOver else { return lines }
        var next: [String] = []
        if let runbook = news.runbook { next.append("syncconsole runbook \(runbook)") }
        if let id = news.alertID { next.append("syncconsole alerts show \(id)") }
        if !next.isEmpty { lines.append("  what to do: " + line(next.joined(separator: "; "))) }
        if let contact = news.contact { lines.append("  " + line("call: \(contact)")) }
        return lines
    }

    private func when(_ news: AlertNews) -> String {
        let began = news.firedAt ?? news.startedAt
        if let ended = news.resolvedAt, news.isOver {
            return "from \(Self.moment(began)) to \(Self.moment(ended)), "
                + Self.span(ended.since(began))
        }
        return "since \(Self.moment(began)), \(Self.span(message.now.since(began)))"
    }

    // MARK: Words

    static func word(_ news: AlertNews) -> String {
        if news.isOver { return "OVER" }
        if news.isOnlyAcknowledged { return "TAKEN" }
        return news.severity.rawValue.uppercased()
    }

    private static func rank(_ news: AlertNews) -> Int {
        news.isOver ? 3 : 2 - news.severity.rank
    }

    static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }

    /// `2026-11-21 03:10 UTC`
    static func moment(_ moment: Timestamp) -> String {
        let text = moment.iso8601
        return text.prefix(16).replacing("T", with: " ") + " UTC"
    }

    /// `8 min`, `1 h 5 min`, `2 d 3 h`.
    static func span(_ duration: Duration) -> String {
        let minutes = max(0, duration.components.seconds) / 60
        if minutes < 1 { return "less than a minute" }
        if minutes < 60 { return "\(minutes) min" }
        if minutes < 1_440 { return "\(minutes / 60) h \(minutes % 60) min" }
        return "\(minutes / 1_440) d \(minutes % 1_440 / 60) h"
    }

    private func line(_ text: String) -> String { OneLine.clean(text, limit: 400) }
}
