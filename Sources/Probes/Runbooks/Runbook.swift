/// What somebody who was paged does about one alert: a page of `docs/runbooks`, taken apart.
package struct Runbook: Sendable, Equatable, Identifiable {
    /// That of its file and of the rule that leads to it, such as `consumer_stopped`.
    package var name: String
    package var title: String
    /// The page's first paragraph: what is wrong, and what that does.
    package var summary: String
    package var blocks: [RunbookBlock]
    /// What is wrong with the page itself, a sentence each; shipped pages have none.
    package var problems: [String]

    package var id: String { name }

    /// Its checks in their order, each once.
    package var checks: [RunbookCheck] {
        var seen: Set<RunbookCheck> = []
        return blocks.compactMap { block in
            guard case .check(let check) = block, seen.insert(check).inserted else { return nil }
            return check
        }
    }

    /// The command lines that it tells to type, in their order: those of its code blocks, and those
    /// in the text that begin with the program's name.
    package var commands: [String] {
        blocks.flatMap { block -> [String] in
            switch block {
            case .command(let line): [line]
            case .paragraph(let spans), .item(_, let spans):
                spans.filter { $0.isCode && $0.text.hasPrefix("syncconsole ") }.map(\.text)
            case .heading, .check: []
            }
        }
    }
}

/// A piece of a runbook that stands on lines of its own.
package enum RunbookBlock: Sendable, Equatable {
    case heading(String)
    case paragraph([RunbookSpan])
    /// An entry of a list; the marker is `-` or a number with its full stop, and empty for a further
    /// paragraph of the entry before it.
    case item(marker: String, [RunbookSpan])
    /// A line to type.
    case command(String)
    /// What is looked up when the page is shown.
    case check(RunbookCheck)
}

/// Text of a runbook; code is what is typed, pressed or named.
package struct RunbookSpan: Sendable, Equatable {
    package var text: String
    package var isCode: Bool

    package init(_ text: String, isCode: Bool = false) {
        self.text = text
        self.isCode = isCode
    }
}
