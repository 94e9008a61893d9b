import Probes

/// The filter language, as far as the screen needs it.
enum FilterLanguage {
    /// What the prompt could hold next, the most likely first.
    static func suggestions(_ noun: Noun, _ text: String, cursor: Int) -> [Prompt.Choice] { [] }

    /// Why a text is not a filter for this list; nil if it is one.
    static func problem(_ noun: Noun, _ text: String) -> String? { nil }

    /// The events that a filter lists; all if it is not one, since the sampler then says why.
    static func matching(_ events: [EventRow], filter: String, at now: Timestamp) -> [EventRow] {
        events
    }
}
