import Probes

/// A line to type into, with suggestions over it.
struct Prompt: Sendable {
    enum Purpose: Sendable, Equatable {
        case filter(Noun)
        case palette
        /// The source of a run that is to be started.
        case source(isDryRun: Bool)
        /// From where these partitions are to be read.
        case seek([PartitionChoice])
    }

    struct Choice: Sendable, Equatable {
        /// The whole text that the line holds once the suggestion is taken.
        var text: String
        var hint: String
    }

    let purpose: Purpose
    var field: TextField
    var choices: [Choice] = []
    /// The suggestion under the cursor; nil: what is typed holds.
    var chosen: Int?
    /// Why the text cannot be applied.
    var problem: String?

    var sign: String {
        switch purpose {
        case .filter: "/"
        case .palette: ":"
        case .source: "source"
        case .seek: "read from"
        }
    }

    mutating func choose(by step: Int) {
        guard !choices.isEmpty else { return }
        // Before the first suggestion stands the typed text itself.
        let places = choices.count + 1
        let place = ((chosen.map { $0 + 1 } ?? 0) + step + places) % places
        chosen = place == 0 ? nil : place - 1
    }

    /// The suggestion that Tab takes: the one under the cursor, or else the first.
    var offered: Choice? {
        choices.isEmpty ? nil : choices[min(chosen ?? 0, choices.count - 1)]
    }
}
