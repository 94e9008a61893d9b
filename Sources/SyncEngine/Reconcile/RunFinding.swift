import Probes

/// Why a run stops and asks.
package struct RunFinding: Equatable, Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        case emptyFile = "empty_file"
        case headerWrong = "header_wrong"
        case endCutOff = "end_cut_off"
        case rowCount = "row_count"
        case fillRate = "fill_rate"
        case badRows = "bad_rows"
        case drift
        case orphans
    }

    package var reason: Reason
    /// One sentence for the person who decides.
    package var text: String
    /// What was found, in the unit of `limit`: rows, percent or points.
    package var figure: Double?
    package var limit: Double?
    /// The median of the last good runs.
    package var usual: Double?
    /// The file cannot be read at all: the run cannot be accepted.
    package var isUnreadable = false

    /// An element of the column `findings`.
    package var json: JSONValue {
        [
            "reason": .string(reason.rawValue), "text": .string(text),
            "figure": Self.number(figure), "limit": Self.number(limit),
            "usual": Self.number(usual), "unreadable": .bool(isUnreadable),
        ]
    }

    private static func number(_ value: Double?) -> JSONValue {
        value.map { .double(($0 * 10).rounded() / 10) } ?? .null
    }
}
