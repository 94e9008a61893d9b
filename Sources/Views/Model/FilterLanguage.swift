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

    /// The events that a filter lists; all if it is not one, since the sampler then says why.
    static func matching(_ events: [EventRow], filter: String, at now: Timestamp) -> [EventRow] {
        guard let filter = try? Filter<EventRow>(filter) else { return events }
        return events.filter { filter.matches($0, at: now) }
    }
}
