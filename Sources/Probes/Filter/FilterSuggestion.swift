/// One way to go on while a filter is being typed.
package struct FilterSuggestion: Sendable, Equatable {
    /// What to put in place of `replaces`.
    package var text: String
    /// Characters of the filter's text, counted from 0.
    package var replaces: Range<Int>
    /// What the field takes, for showing beside it.
    package var hint: String

    package init(text: String, replaces: Range<Int>, hint: String) {
        self.text = text
        self.replaces = replaces
        self.hint = hint
    }
}

extension Filter {
    /// What may follow at the cursor: names of fields, or the words that a field takes.
    ///
    /// - Parameter cursor: in characters from 0; the end if nil.
    package static func suggestions(for text: String, cursor: Int? = nil) -> [FilterSuggestion] {
        let characters = Array(text)
        let end = min(max(cursor ?? characters.count, 0), characters.count)
        guard var start = unquotedStart(of: characters[..<end]) else { return [] }
        while start < end, characters[start] == "!" { start += 1 }
        let typed = characters[start..<end]
        guard let op = typed.firstIndex(where: { ":=<>".contains($0) }) else {
            return names(beginningWith: String(typed), replaces: start..<end)
        }
        let name = String(typed[..<op].filter { $0 != "!" })
        guard let field = Row.filterFields.first(where: { $0.names.contains(name) }) else {
            return []
        }
        let valueStart = (typed.lastIndex(of: ",") ?? op) + 1
        return words(
            of: field, beginningWith: String(typed[min(valueStart, end)...]),
            replaces: min(valueStart, end)..<end)
    }

    /// Where the last word begins; nil within quotes.
    private static func unquotedStart(of characters: ArraySlice<Character>) -> Int? {
        var start = characters.startIndex
        var isQuoted = false
        for index in characters.indices {
            if characters[index] == "\"" { isQuoted.toggle() }
            if characters[index].isWhitespace, !isQuoted { start = index + 1 }
        }
        return isQuoted ? nil : start
    }

    private static func names(
        beginningWith prefix: String, replaces: Range<Int>
    ) -> [FilterSuggestion] {
        let prefix = prefix.lowercased()
        return Row.filterFields.compactMap { field in
            // The name itself first; another word for it only if that is what was begun.
            let name = field.names.first { $0.hasPrefix(prefix) }
            return name.map { name in
                let op = field.kind == .age ? ">" : ":"
                return FilterSuggestion(
                    text: name + op, replaces: replaces, hint: field.kind.expectation)
            }
        }
    }

    private static func words(
        of field: FilterField<Row>, beginningWith prefix: String, replaces: Range<Int>
    ) -> [FilterSuggestion] {
        let words: [String]
        switch field.kind {
        case .choice(let choices): words = choices
        case .flag: words = ["true", "false"]
        case .age: words = ["5m", "1h", "1d"]
        case .key, .code, .codes, .prose, .number, .time: words = []
        }
        return words.filter { $0.hasPrefix(prefix.lowercased()) && $0 != prefix }.map {
            FilterSuggestion(text: $0, replaces: replaces, hint: "")
        }
    }
}
