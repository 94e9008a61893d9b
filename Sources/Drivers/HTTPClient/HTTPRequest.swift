/// What is asked of a server.
package struct HTTPRequest: Sendable {
    package var method: String
    /// In full, percent-encoded; http or https.
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// Whether a proxy that the environment names (`https_proxy` …) is passed by. One is never used
    /// for this machine itself.
    package var goesPastProxies = false
    /// Whether a connection is made for this request alone. Over one that was kept, libcurl sends a
    /// request again by itself where the server closes it without an answer.
    package var isSentOnce = false

    package init(
        _ method: String = "GET", _ url: String,
        headers: [(name: String, value: String)] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// The status and the headers of an answer.
package struct HTTPHead: Sendable, Equatable {
    package var status: Int
    /// Names in lower case, in the order of arrival.
    package var headers: [Header]

    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package init(status: Int, headers: [Header] = []) {
        self.status = status
        self.headers = headers
    }

    /// The first header of this name.
    ///
    /// - Parameter name: in lower case.
    package subscript(name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

/// A whole answer, held in memory.
package struct HTTPAnswer: Sendable, Equatable {
    package let head: HTTPHead
    package let body: [UInt8]

    package init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    package var status: Int { head.status }
    package var text: String { String(decoding: body, as: UTF8.self) }
}
