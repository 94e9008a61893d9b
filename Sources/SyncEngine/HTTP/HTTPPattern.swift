/// What paths a route stands for: `/api/agents/{vendorId}`.
///
/// A `{name}` stands for one segment that is not empty; what is written out wins over it.
struct HTTPPattern: Sendable, Hashable {
    private enum Segment: Sendable, Hashable {
        case text(String)
        case parameter(String)
    }

    let text: String
    private let segments: [Segment]

    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .parameter(String(part.dropFirst().dropLast())) : .text(String(part))
        }
    }

    /// The names of its parameters, in order.
    var parameters: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The parameters' values in `path`, decoded; nil if it is another path.
    ///
    /// - Parameter path: not decoded, so that a `%2F` does not begin a segment.
    func match(_ path: String) -> [String: String]? {
        if parameters.isEmpty, text == path { return [:] }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            guard let value = PercentText.decoded(part) else { return nil }
            switch segment {
            case .text(let text): guard text == value else { return nil }
            case .parameter(let name):
                guard !value.isEmpty else { return nil }
                values[name] = value
            }
        }
        return values
    }
}
