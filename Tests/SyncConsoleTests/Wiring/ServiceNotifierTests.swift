import Foundation
import Synchronization
import TestSupport
import Testing

@testable import SyncConsole

@Suite("systemd's notifications", .timeLimit(.minutes(5)))
struct ServiceNotifierTests {
    private static func name() -> String {
        "/tmp/syncconsole-notify-\(UInt32.random(in: 0 ... .max))"
    }

    @Test("tells when it is ready and when it stops", arguments: [false, true])
    func messages(isAbstract: Bool) throws {
        let name = Self.name()
        let socketName = isAbstract ? "@" + name : name
        let receiver = try NotifySocket(socketName)
        defer { if !isAbstract { unlink(name) } }
        let notifier = ServiceNotifier(variables: ["NOTIFY_SOCKET": socketName])
        notifier.ready()
        notifier.stopping()
        #expect(receiver.next() == "READY=1\nSTATUS=runs")
        #expect(receiver.next() == "STOPPING=1\nSTATUS=drains")
    }

    @Test("says nothing where nobody listens")
    func nobody() {
        ServiceNotifier(variables: [:]).ready()
        ServiceNotifier(variables: ["NOTIFY_SOCKET": "/nowhere"]).ready()
    }

    @Test("asks for patience while it starts, then says that it lives for as long as it does")
    func beats() throws {
        let name = Self.name()
        let receiver = try NotifySocket(name)
        defer { unlink(name) }
        let isAlive = Atomic<Bool>(true)
        let beat = ServiceBeat(
            ServiceNotifier(variables: ["NOTIFY_SOCKET": name, "WATCHDOG_USEC": "4000000"]),
            isAlive: { isAlive.load(ordering: .relaxed) })
        beat.beat()
        #expect(
            receiver.next() == "EXTEND_TIMEOUT_USEC=6000000\nSTATUS=waits for its servers")
        beat.ready()
        beat.beat()
        #expect(receiver.next() == "READY=1\nSTATUS=runs")
        #expect(receiver.next() == "WATCHDOG=1")
        isAlive.store(false, ordering: .relaxed)
        beat.beat()
        beat.stopping()
        beat.beat()
        #expect(receiver.next() == "STOPPING=1\nSTATUS=drains")
    }

    @Test("gives its signs at half of what the watchdog waits, if it is meant")
    func intervals() {
        func interval(_ variables: [String: String]) -> Duration {
            ServiceNotifier(variables: variables, processID: 7).beatInterval
        }
        #expect(interval(["WATCHDOG_USEC": "3000000"]) == .milliseconds(1_500))
        #expect(
            interval(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"]) == .milliseconds(1_500))
        #expect(interval(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"]) == .seconds(10))
        #expect(interval(["WATCHDOG_USEC": "0"]) == .seconds(10))
        #expect(interval([:]) == .seconds(10))
    }

    @Test("an engine waits, is ready, lives and stops before systemd's eyes")
    func engine() async throws {
        let name = Self.name()
        let receiver = try NotifySocket(name)
        defer { unlink(name) }
        try await PostgresFixture.withCluster { server in
            await server.shutDown()
            let engine = try ServerProcess(
                ["engine"],
                environment: [
                    "DATABASE_URL": server.connectionURL, "KAFKA_BROKERS": "127.0.0.1:1",
                    "NOTIFY_SOCKET": name, "WATCHDOG_USEC": "400000",
                    "SYNCCONSOLE_HTTP_LISTEN": "127.0.0.1:0", "XDG_RUNTIME_DIR": "/nonexistent",
                ])
            #expect(receiver.next()?.hasPrefix("EXTEND_TIMEOUT_USEC=600000\n") == true)
            try await server.launch()
            // A datagram each: the next one is awaited, not the time.
            func skip(to message: String, over others: String) -> Bool {
                for _ in 0..<1_000 {
                    guard let next = receiver.next() else { return false }
                    if next.hasPrefix(message) { return true }
                    guard next.hasPrefix(others) else { return false }
                }
                return false
            }
            #expect(skip(to: "READY=1", over: "EXTEND_TIMEOUT_USEC="))
            #expect(receiver.next() == "WATCHDOG=1")
            #expect(receiver.next() == "WATCHDOG=1")
            async let status = engine.end()
            #expect(skip(to: "STOPPING=1", over: "WATCHDOG=1"))
            #expect(await status == 0)
        }
    }
}
