/// Puts a head together from the lines that libcurl hands out.
struct HeadParser {
    /// More than any server sends, and little enough to keep.
    private static let mostBytes = 65_536

    enum Step: Equatable {
        case wantsMore
        case complete(HTTPHead)
        case refused
    }

    private var head: HTTPHead?
    private var bytes = 0
    private var isComplete = false

    /// Takes one line, with or without its end.
    mutating func take(_ line: String) -> Step {
        bytes += line.utf8.count
        guard bytes <= Self.mostBytes else { return .refused }
        // What comes after the body (trailers) says nothing that anybody asks for.
        guard !isComplete else { return .wantsMore }
        let text = Self.trimmed(Substring(line))
        if text.hasPrefix("HTTP/") {
            let parts = text.split(separator: " ", maxSplits: 2)
            guard parts.count > 1, let status = Int(parts[1]) else { return .refused }
            head = HTTPHead(status: status)
        } else if text.isEmpty {
            guard let head else { return .refused }
            // 100 Continue and its like precede the answer.
            guard head.status >= 200 else { return .wantsMore }
            isComplete = true
            return .complete(head)
        } else if let colon = text.firstIndex(of: ":") {
            head?.headers.append(
                HTTPHead.Header(
                    name: text[..<colon].lowercased(),
                    value: String(Self.trimmed(text[colon...].dropFirst()))))
        }
        return .wantsMore
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        let space: (Unicode.Scalar?) -> Bool = { $0.map { $0 == " " || $0.value < 0x20 } ?? false }
        while space(scalars.first) { scalars.removeFirst() }
        while space(scalars.last) { scalars.removeLast() }
        return Substring(scalars)
    }
}
