import Foundation
import Probes
import Testing

@testable import SyncConsole

@Suite("Log lines for programs, and the journal")
struct JournalTests {
    private static let time = Timestamp(microseconds: 1_763_700_000_000_000)

    @Test("a line of text carries its fields before the message, quoted where they must be")
    func text() {
        #expect(
            LogLine.text(
                .warning, part: "apply", message: "no \"way\"",
                fields: ["correlation_id": "c-1", "run_id": nil, "event_id": "a b"], at: Self.time)
                == "time=2025-11-21T04:40:00.000000Z level=warning part=apply correlation_id=c-1"
                + #" event_id="a b" message="no \"way\"""# + "\n")
    }

    @Test("a line of JSON is one object, without escape sequences")
    func json() throws {
        let line = LogLine.line(
            .json, .error, part: "apply", message: "\u{1B}[31mred\nnext",
            fields: ["letter_id": "7"], at: Self.time)
        #expect(line.hasSuffix("}\n"))
        #expect(line.dropLast().contains("\n") == false)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["letter_id"] == "7")
        #expect(object["level"] == "error")
        #expect(object["message"]?.contains("\u{1B}") == false)
    }

    @Test("the journal gets priority, part and ids as fields of their own")
    func journal() throws {
        let path = "/tmp/sc-journal-\(UInt32.random(in: 0 ... .max))"
        let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer {
            close(receiver)
            unlink(path)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isBound)
        let writer = try JournalWriter(socketPath: path, leastLevel: .info)
        writer.write(.debug, part: "apply", message: "not important enough", fields: [:])
        writer.write(
            .warning, part: "apply", message: "two\nlines",
            fields: ["correlation_id": "c-1", "letter-id": "7"])
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(receiver, &bytes, bytes.count, 0)
        try #require(count > 0)
        let length: [UInt8] = [9, 0, 0, 0, 0, 0, 0, 0]
        #expect(
            Array(bytes[..<count])
                == Array("MESSAGE\n".utf8) + length
                + Array(
                    """
                    two
                    lines
                    PRIORITY=4
                    SYSLOG_IDENTIFIER=syncconsole
                    SYNCCONSOLE_PART=apply
                    CORRELATION_ID=c-1
                    LETTER_ID=7

                    """.utf8))
    }

    @Test("without a journal it is said what to set instead")
    func noJournal() {
        #expect(throws: CommandError.self) {
            try JournalWriter(socketPath: "/nonexistent/socket", leastLevel: .info)
        }
    }
}
