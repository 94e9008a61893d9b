import Probes

/// What one rule has to tell of in one message.
struct AlertNewsGroup: Sendable, Equatable {
    var rule: String
    /// `CRITICAL`, `TAKEN`, `OVER`
    var word: String
    /// In the order of the message; at least one.
    var news: [AlertNews]

    /// The gravest first, then as they came; what is over comes last.
    static func all(_ news: [AlertNews]) -> [AlertNewsGroup] {
        var groups: [AlertNewsGroup] = []
        for one in news.enumerated().sorted(by: {
            (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
        }).map(\.element) {
            let word = AlertText.word(one)
            if let place = groups.firstIndex(where: { $0.rule == one.rule && $0.word == word }) {
                groups[place].news.append(one)
            } else {
                groups.append(AlertNewsGroup(rule: one.rule, word: word, news: [one]))
            }
        }
        return groups
    }

    /// `consumer_lag_high service-catalog` or `review_opened, 45 subjects`
    var name: String {
        news.count == 1 ? news[0].name : "\(rule), \(AlertText.count(news.count, "subject"))"
    }

    var isOver: Bool { news[0].isOver }

    private static func rank(_ news: AlertNews) -> Int {
        news.isOver ? 3 : 2 - news.severity.rank
    }
}
