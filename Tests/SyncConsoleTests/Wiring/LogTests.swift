import Foundation
import Probes
import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Log")
struct LogTests {
    @Test("writes an entry as one line, clean of control characters")
    func line() {
        let line = LogLine.text(
            .warning, part: "kafka", message: "said \"no\"\n\u{1B}[2J",
            at: Timestamp(microseconds: 0))
        #expect(
            line == "time=1970-01-01T00:00:00.000000Z level=warning part=kafka"
                + " message=\"said \\\"no\\\"␊␛[2J\"\n")
    }

    @Test("never takes more than twice its bound, and keeps the newest lines")
    func bound() throws {
        let folder = NSTemporaryDirectory() + "syncconsole-log-\(UInt32.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/engine.log"
        let writer = try LogWriter(path: path, leastLevel: .info, largestBytes: 1_000)
        for number in 1...100 { writer.write(.info, part: "test", message: "line \(number)") }
        writer.write(.debug, part: "test", message: "not important enough")
        let newest = try String(contentsOfFile: path, encoding: .utf8)
        let before = try String(contentsOfFile: path + ".1", encoding: .utf8)
        #expect(newest.utf8.count <= 1_000)
        #expect(before.utf8.count <= 1_000)
        #expect(newest.hasSuffix("message=\"line 100\"\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }

    @Test("goes to the user's state folder where a screen is up and no file is configured")
    func place() {
        let plain = Surroundings(variables: [:], home: "/home/ana") { _ in .absent }
        #expect(
            LogPlace.usualPath(in: plain) == "/home/ana/.local/state/syncconsole/syncconsole.log")
        let moved = Surroundings(
            variables: ["XDG_STATE_HOME": "/state"], home: "/home/ana"
        ) { _ in .absent }
        #expect(LogPlace.usualPath(in: moved) == "/state/syncconsole/syncconsole.log")
    }
}
