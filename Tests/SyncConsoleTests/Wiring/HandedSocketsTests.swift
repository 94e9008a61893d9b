import Foundation
import Testing

@testable import SyncConsole

@Suite("Sockets that are handed over")
struct HandedSocketsTests {
    @Test(
        "none is taken that was not handed to this process",
        arguments: [
            [:], ["LISTEN_PID": "7"], ["LISTEN_FDS": "1"],
            ["LISTEN_PID": "8", "LISTEN_FDS": "1"], ["LISTEN_PID": "7", "LISTEN_FDS": "0"],
            ["LISTEN_PID": "7", "LISTEN_FDS": "many"],
            ["LISTEN_PID": "7", "LISTEN_FDS": "99999"],
        ])
    func notOurs(variables: [String: String]) {
        #expect(HandedSockets.http(in: variables, processID: 7) == nil)
    }
}
