/// Where the HTTP side listens, and what it puts up with.
package struct HTTPSettings: Sendable, Equatable {
    package var host: String
    /// 0 for any that is free.
    package var port: Int
    /// A socket that listens already and that other processes may share, such as the one of a systemd
    /// socket unit; then nothing is bound, and `host` and `port` mean nothing.
    package var handedSocket: Int32?
    /// Of all headers of a request together.
    package var largestHeaderBytes = 16 << 10
    /// Whatever the route; most take less.
    package var largestBodyBytes = 16 << 20
    package var largestConnections = 256
    /// For reading a request whole; who is slower is cut off.
    package var patience: Duration = .seconds(10)
    /// For which a connection may lie idle between two requests.
    package var idle: Duration = .seconds(75)
    /// From a failure to listen to the next attempt.
    package var retry: Duration = .seconds(5)
    /// From the last connection that is taken until idle ones are closed.
    package var linger: Duration = .milliseconds(500)

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// From `host:port`, `[::1]:port` or `:port`, which is every address; nil for anything else.
    package init?(listen text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port),
            !text[text.index(after: colon)...].hasPrefix("+")
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }) else {
            return nil
        }
        self.init(host: host.isEmpty ? "0.0.0.0" : String(host), port: port)
    }

    /// As it is written in an address: brackets around what has colons of its own.
    static func address(_ host: String, _ port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
