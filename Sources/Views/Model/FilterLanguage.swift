import Probes

/// The filter language, as far as the screen needs it.
enum FilterLanguage {
    /// What the prompt could hold next, the most likely first.
    ///
    /// - Parameter cursor: in characters from 0.
    static func suggestions(_ noun: Noun, _ text: String, cursor: Int) -> [Prompt.Choice] {
        noun.filterSuggestions(for: text, cursor: cursor).map { suggestion in
            var characters = Array(text)
            let range = suggestion.replaces.clamped(to: 0..<characters.count)
            characters.replaceSubrange(range, with: Array(suggestion.text))
            return Prompt.Choice(text: String(characters), hint: suggestion.hint)
        }
    }

    /// Why a text is not a filter for this list; nil if it is one.
    static func problem(_ noun: Noun, _ text: String) -> String? {
        noun.problem(inFilter: text).map(\.message)
    }

    /// A text from outside as a value of a term.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    || "_-.".unicodeScalars.contains($0)
            }
        guard !isPlain else { return text }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// A filter of drift that lists only the rows of one group.
    static func narrowing(_ filter: String, to group: DriftGroup) -> String {
        let field = group.grouping == .day ? "created_at" : group.grouping.rawValue
        let term = group.key.map { "\(field):\(quoted($0))" } ?? "!\(field):*"
        return filter.isEmpty ? term : "\(filter) \(term)"
    }

    /// The events that a filter lists; all if it is not one, since the sampler then says why.
    static func matching(_ events: [EventRow], filter: String, at now: Timestamp) -> [EventRow] {
        guard let filter = try? Filter<EventRow>(filter) else { return events }
        return events.filter { filter.matches($0, at: now) }
    }
}
