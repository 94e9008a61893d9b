import Postgres
import Probes
import Synchronization
import TestSupport
import Testing

@testable import SyncEngine

extension AlertFixture {
    /// A rule that Slack alone is told of.
    static let slackOnly = """
        alerts:
          - { name: events_lost, condition: events_lost > 0, severity: CRITICAL,
              notification: slack, summary: Events were gone before they could be read. }
        """

    /// A worker of one engine for one channel.
    func worker(
        _ channel: AlertChannel, _ settings: AlertSettings, engine: Int64 = 1,
        breakers: BreakerBoard? = nil
    ) throws -> (worker: DeliveryWorker, session: PostgresSession, breakers: BreakerBoard) {
        let clock = clock
        let breakers =
            breakers ?? BreakerBoard(policy: BreakerPolicy(), keys: [], now: { clock.now })
        let sender = try #require(
            settings.routes.senders(.init()).first { $0.channel == channel })
        let session = PostgresSession(database)
        let worker = DeliveryWorker(
            sender: sender, settings: settings, engineID: engine, session: session,
            breakers: breakers, log: .silent)
        return (worker, session, breakers)
    }

    /// A fixture, and somebody outside who takes messages.
    static func withReceiver(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (_ fixture: AlertFixture, _ receiver: Receiver, _ url: String) async throws -> Void
    ) async throws {
        try await with { (fixture: AlertFixture) async throws in
            try await SyncEngineTests.withReceiver { receiver, url in
                try await body(fixture, receiver, url)
            }
        }
    }
}

/// Takes what is posted to it, and answers as it is told.
final class Receiver: Sendable {
    private let answer = Mutex(StubReply(200))
    private let taken = Mutex<[String]>([])
    private let server = Mutex<StubHTTPServer?>(nil)

    func start() throws -> String {
        let server = try StubHTTPServer { [self] request in
            let reply = answer.withLock { $0 }
            if reply.status < 300 {
                taken.withLock { $0.append(String(decoding: request.body, as: UTF8.self)) }
            }
            return reply
        }
        self.server.withLock { $0 = server }
        return server.url
    }

    func stop() { server.withLock { $0?.stop() } }

    func answers(_ reply: StubReply) { answer.withLock { $0 = reply } }

    /// The bodies that were answered with success.
    var bodies: [String] { taken.withLock { $0 } }
    var requests: Int { server.withLock { $0?.requests.count ?? 0 } }

    /// The texts of Slack's messages.
    var texts: [String] {
        bodies.compactMap { body in
            guard let document = try? JSONDocument(text: body) else { return nil }
            if case .string(let text) = JSONValue(document.root)["text"] { return text }
            return nil
        }
    }

    /// `action key` of PagerDuty's events.
    var events: [String] {
        bodies.compactMap { body in
            guard let document = try? JSONDocument(text: body) else { return nil }
            let value = JSONValue(document.root)
            guard case .string(let action) = value["event_action"],
                case .string(let key) = value["dedup_key"]
            else { return nil }
            return "\(action) \(key)"
        }
    }
}

/// A receiver for the length of `body`.
func withReceiver<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Receiver, _ url: String) async throws -> Value
) async throws -> Value {
    let receiver = Receiver()
    let url = try receiver.start()
    defer { receiver.stop() }
    return try await body(receiver, url)
}
