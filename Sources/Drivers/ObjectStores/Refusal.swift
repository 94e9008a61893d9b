import HTTPClient

/// What an answer with an error's status means.
struct Refusal {
    /// Such as `gs://bucket`.
    let place: String
    /// Who asked.
    let who: String
    let head: HTTPHead
    /// What the server says about it, in short; empty if it says nothing that can be shown.
    let words: String

    /// Worth another attempt without anybody changing anything.
    static func isPassing(_ status: Int) -> Bool {
        status == 408 || status == 429 || (500...599).contains(status)
    }

    var error: ObjectStoreError {
        let said = words.isEmpty ? "status \(head.status)" : "status \(head.status), \(words)"
        switch head.status {
        case 401, 403:
            return ObjectStoreError(
                .refused,
                "\(place) refuses \(who) (\(said)): give it the right to read and list objects, or "
                    + "configure other credentials.")
        case 404:
            return ObjectStoreError(
                .notFound, "\(place) does not exist (\(said)): correct the source's location.")
        case 300...399:
            return ObjectStoreError(
                .misconfigured,
                "\(place) redirects to \(target) (\(said)), which is not followed: configure its "
                    + "own endpoint or region.")
        case let status where Self.isPassing(status):
            return ObjectStoreError(.unreachable, "\(place) cannot answer now (\(said)).")
        default:
            return ObjectStoreError(
                .invalidAnswer,
                "\(place) does not understand the question (\(said)): check its endpoint.")
        }
    }

    /// The host alone: the rest of an address may be signed.
    private var target: String {
        guard let location = head["location"], let start = location.firstRange(of: "://") else {
            return "another address"
        }
        let authority = location[start.upperBound...].prefix { $0 != "/" && $0 != "?" }
        let host = authority.split(separator: "@").last ?? authority
        return PlainWords.shown(String(host), hiding: [])
    }
}

/// Text from outside, made fit for a message.
enum PlainWords {
    private static let mostCharacters = 200

    /// On one line, without control characters, cut, and empty if it holds one of the secrets.
    static func shown(_ text: String, hiding secrets: [String]) -> String {
        guard !secrets.contains(where: { !$0.isEmpty && text.contains($0) }) else { return "" }
        let scalars = text.unicodeScalars.prefix(mostCharacters).map { scalar in
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
        }
        var words = String(String.UnicodeScalarView(scalars))
        while let last = words.last, last == " " || last == "." { words.removeLast() }
        return words
    }
}
