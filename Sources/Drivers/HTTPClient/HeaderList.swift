import CCurl

/// libcurl's list of a request's headers.
struct HeaderList: ~Copyable {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPRequest) {
        // No waiting for "100 Continue" before a body.
        append("Expect:")
        if !request.headers.contains(where: { $0.name.lowercased() == "user-agent" }) {
            append("User-Agent: syncconsole")
        }
        for header in request.headers {
            append("\(header.name): \(header.value)")
        }
    }

    /// A line break would begin another header: such a line is left out.
    private mutating func append(_ line: String) {
        guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return }
        if let longer = curl_slist_append(list, line) { list = longer }
    }

    deinit {
        curl_slist_free_all(list)
    }
}
