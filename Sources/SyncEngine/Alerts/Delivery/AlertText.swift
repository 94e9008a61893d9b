import Probes

/// Messages as people read them: what, since when, how many, what to do next. Never a payload.
///
/// What one rule found of many is one paragraph: a storm is read, not scrolled through.
struct AlertText: Sendable {
    /// Told in full; of what comes behind only names and numbers.
    static let mostInFull = 10
    /// Of a rule so many subjects have a paragraph each; with more they share one.
    static let mostApart = 3

    let message: AlertMessage

    /// `[production] CRITICAL consumer_lag_high service-catalog` or
    /// `[production] 3 alerts of 172 subjects, 1 over`.
    var headline: String {
        let groups = AlertNewsGroup.all(message.news)
        let start = "[\(message.environment)] "
        if groups.count == 1, let only = groups.first {
            return line(start + "\(only.word) \(only.name)")
        }
        let firing = groups.filter { !$0.isOver }
        let subjects = firing.reduce(0) { $0 + $1.news.count }
        let over = groups.count - firing.count
        let parts = [
            firing.isEmpty
                ? nil
                : Self.count(firing.count, "alert")
                    + (subjects > firing.count ? " of \(Self.count(subjects, "subject"))" : ""),
            over > 0 ? "\(over) over" : nil,
        ].compactMap { $0 }
        return line(start + parts.joined(separator: ", "))
    }

    /// A few lines for each rule, the gravest first.
    var body: [String] {
        var lines: [String] = []
        if let delay = message.delay { lines += [line(delay), ""] }
        let groups = AlertNewsGroup.all(message.news)
        for group in groups.prefix(Self.mostInFull) {
            if group.news.count > Self.mostApart {
                lines += paragraph(group) + [""]
            } else {
                for news in group.news { lines += paragraph(news) + [""] }
            }
        }
        let rest = groups.dropFirst(Self.mostInFull)
        if !rest.isEmpty {
            let names = rest.prefix(20).map(\.name).joined(separator: "; ")
            lines += [line("And \(rest.count) more: \(names)."), ""]
        }
        lines.append("All of them: syncconsole alerts")
        return lines
    }

    /// Of many: the first few in full, the names of others, since when the oldest is so.
    private func paragraph(_ group: AlertNewsGroup) -> [String] {
        var lines = [line("\(group.word) \(group.name): \(group.news[0].summary)")]
        for news in group.news.prefix(Self.mostApart) {
            lines.append("  " + line("\(news.subject): \(what(news).joined(separator: "; "))"))
        }
        let others = group.news.dropFirst(Self.mostApart)
        let names = others.prefix(20).map(\.subject).joined(separator: ", ")
        lines.append(
            "  " + line("and \(others.count) more: \(names)\(others.count > 20 ? " ..." : "")"))
        if let oldest = group.news.min(by: { $0.startedAt < $1.startedAt }) {
            lines.append("  " + (group.isOver ? "" : "the oldest ") + line(when(oldest)))
        }
        guard !group.isOver else { return lines }
        let list = "syncconsole alerts list --where 'rule:\(group.rule) state:firing'"
        let runbook = group.news[0].runbook.map { "syncconsole runbook \($0); " } ?? ""
        lines.append("  what to do: " + line(runbook + list))
        for contact in Set(group.news.compactMap(\.contact)).sorted().prefix(3) {
            lines.append("  " + line("call: \(contact)"))
        }
        return lines
    }

    private func what(_ news: AlertNews) -> [String] {
        [news.value.map { "\($0) (rule: \(news.condition))" }, news.details].compactMap { $0 }
    }

    private func paragraph(_ news: AlertNews) -> [String] {
        var lines = [line("\(Self.word(news)) \(news.name): \(news.summary)")]
        let what = what(news)
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
        let began = news.startedAt
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
