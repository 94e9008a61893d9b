import Glibc

/// A client's connection to a stub, on the thread that serves it.
struct StubConnection {
    private static let trickleMilliseconds: Int32 = 20

    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Nil once the client has gone.
    mutating func nextRequest() -> StubRequest? {
        let end = Array("\r\n\r\n".utf8)
        while buffer.firstRange(of: end) == nil { guard receive() else { return nil } }
        guard let range = buffer.firstRange(of: end) else { return nil }
        let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
            .split(separator: "\r\n")
        buffer.removeSubrange(..<range.upperBound)
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { continue }
            headers[line[..<colon.lowerBound].lowercased()] = String(line[colon.upperBound...])
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        while buffer.count < length { guard receive() else { return nil } }
        let body = Array(buffer.prefix(length))
        buffer.removeFirst(length)
        let target = first[1].split(separator: "?", maxSplits: 1)
        return StubRequest(
            method: String(first[0]), path: String(target[0]),
            query: target.count > 1 ? Self.query(target[1]) : [:], headers: headers, body: body)
    }

    /// False if the connection is at its end.
    func send(_ reply: StubReply) -> Bool {
        if case .silence = reply.ending { return false }
        var head = "HTTP/1.1 \(reply.status) Stub\r\n"
        for header in reply.headers { head += "\(header.name): \(header.value)\r\n" }
        head +=
            reply.announcesLength
            ? "Content-Length: \(reply.body.count)\r\n" : "Connection: close\r\n"
        guard send(Array((head + "\r\n").utf8)[...]), send(reply.body.prefix(reply.sentBytes))
        else {
            return false
        }
        let rest = reply.body.dropFirst(reply.sentBytes)
        switch reply.ending {
        case .complete:
            return send(rest) && reply.announcesLength
        case .cut, .silence:
            return false
        case .stall:
            while !hasGone(within: -1) {}
            return false
        case .trickle:
            for index in rest.indices {
                guard !hasGone(within: Self.trickleMilliseconds), send(rest[index...index]) else {
                    return false
                }
            }
            return true
        }
    }

    /// Waits for the client to hang up.
    private func hasGone(within milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
    }

    private mutating func receive() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        buffer += bytes[..<count]
        return true
    }

    private func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        var bytes = bytes
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func query(_ text: Substring) -> [String: String] {
        var items: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            items[decoded(parts[0])] = parts.count > 1 ? decoded(parts[1]) : ""
        }
        return items
    }

    /// Takes percent-encoding away.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let digits = String(rest.prefix(2)),
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
