/// Takes a page of Markdown apart, as far as runbooks use it: headings, paragraphs, lists, blocks of
/// commands, `code`, and lines such as `check: kafka.reachable`.
struct RunbookParser {
    /// What every runbook has to say, in this order.
    static let sections = ["Symptoms", "Likely causes", "Check", "Do", "Over when", "Call"]

    private let name: String
    private var title: String?
    private var blocks: [RunbookBlock] = []
    private var problems: [String] = []
    /// The paragraph or list entry that further lines may belong to.
    private var open: (marker: String?, text: String)?
    private var isInCommands = false

    private init(name: String) { self.name = name }

    /// Never throws: what is wrong with a page stands in its `problems`.
    static func parse(_ text: String, name: String) -> Runbook {
        var parser = RunbookParser(name: name)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            parser.take(line)
        }
        return parser.finish()
    }

    private mutating func take(_ line: Substring) {
        let text = line.trimmingBlanks
        if text.hasPrefix("```") {
            close()
            isInCommands.toggle()
        } else if isInCommands {
            if !text.isEmpty { blocks.append(.command(String(text))) }
        } else if text.isEmpty {
            close()
        } else if text.hasPrefix("# ") {
            close()
            title = String(text.dropFirst(2))
        } else if text.hasPrefix("## ") {
            close()
            blocks.append(.heading(String(text.dropFirst(3))))
        } else if text.hasPrefix("check: ") {
            close()
            takeCheck(text.dropFirst(7))
        } else if let marker = Self.marker(of: text) {
            close()
            open = (marker, String(text.dropFirst(marker.count + 1).trimmingBlanks))
        } else if let known = open {
            open = (known.marker, known.text + " " + text)
        } else {
            // What is indented goes on with the entry before it.
            open = (line.hasPrefix("  ") ? "" : nil, String(text))
        }
    }

    private mutating func takeCheck(_ text: Substring) {
        if let check = RunbookCheck(String(text)) {
            blocks.append(.check(check))
        } else {
            problems.append("there is no check \(text)")
        }
    }

    /// `-`, or a number with its full stop.
    private static func marker(of text: Substring) -> String? {
        guard let blank = text.firstIndex(of: " ") else { return nil }
        let word = text[..<blank]
        if word == "-" { return "-" }
        return word.last == "." && Int(word.dropLast()) != nil ? String(word) : nil
    }

    private mutating func close() {
        guard let (marker, text) = open else { return }
        open = nil
        let spans = Self.spans(text)
        blocks.append(marker.map { .item(marker: $0, spans) } ?? .paragraph(spans))
    }

    /// Text between backticks is code.
    private static func spans(_ text: String) -> [RunbookSpan] {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return parts.enumerated().compactMap { index, part in
            part.isEmpty ? nil : RunbookSpan(String(part), isCode: !index.isMultiple(of: 2))
        }
    }

    private mutating func finish() -> Runbook {
        close()
        if title == nil { problems.append("the page has no title") }
        if isInCommands { problems.append("a block of commands has no end") }
        let headings = blocks.compactMap { block -> String? in
            if case .heading(let text) = block { text } else { nil }
        }
        if headings != Self.sections {
            problems.append(
                "the sections are \(headings.joined(separator: ", ")), not "
                    + Self.sections.joined(separator: ", "))
        }
        var summary = ""
        if case .paragraph(let spans) = blocks.first {
            summary = spans.map(\.text).joined()
        } else {
            problems.append("the page does not begin with a paragraph")
        }
        return Runbook(
            name: name, title: title ?? name, summary: summary, blocks: blocks, problems: problems)
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        guard let first = firstIndex(where: { $0 != " " && $0 != "\r" }),
            let last = lastIndex(where: { $0 != " " && $0 != "\r" })
        else { return "" }
        return self[first...last]
    }
}
