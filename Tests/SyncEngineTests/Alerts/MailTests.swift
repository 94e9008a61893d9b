import Foundation
import Mail
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Mail, over a real SMTP server", .timeLimit(.minutes(5)))
struct MailTests {
    private func mailer(_ patience: Duration = .seconds(30), _ security: Mailer.Security = .none)
        async throws -> Mailer
    {
        Mailer(
            host: "127.0.0.1", port: try await PythonServer.mail.port(), security: security,
            patience: patience)
    }

    private func message(to: [String], subject: String, body: String = "text\n") -> MailMessage {
        MailMessage(
            from: "syncconsole@example.org", to: to, subject: subject, body: body,
            id: "\(UUID().uuidString)@syncconsole", date: 1_795_230_642)
    }

    /// The mail that was taken for a recipient: its headers and its decoded text.
    private func taken(by address: String) async throws -> [(head: String, body: String)] {
        try await PythonServer.mail.lines("mail").compactMap {
            line -> (head: String, body: String)? in
            let value = JSONValue(try JSONDocument(text: line).root)
            guard case .array(let to) = value["to"], to.contains(.string(address)),
                case .string(let text) = value["text"],
                let end = text.firstRange(of: "\r\n\r\n")
            else { return nil }
            let encoded = String(text[end.upperBound...]).replacing("\r\n", with: "")
            let body = Data(base64Encoded: encoded).map { String(decoding: $0, as: UTF8.self) }
            return (String(text[..<end.lowerBound]), body ?? "")
        }
    }

    @Test("arrives as it was written, with its id and its date, however long its lines are")
    func arrives() async throws {
        let body =
            "CRITICAL consumer_lag_high: schnell…\n.\n" + String(repeating: "x", count: 5_000)
        var mail = message(
            to: ["arrives@example.org", "second@example.org"],
            subject: "[production] Überlauf\r\nBcc: everybody@example.org", body: body)
        mail.id = "syncconsole-production-17@syncconsole"
        try await mailer().send(mail)
        let all = try await taken(by: "arrives@example.org")
        let (head, text) = try #require(all.first)
        #expect(all.count == 1)
        #expect(text == body.replacing("\n", with: "\r\n"))
        let lines = head.components(separatedBy: "\r\n")
        #expect(lines.contains("Message-ID: <syncconsole-production-17@syncconsole>"))
        #expect(lines.contains("Date: Sat, 21 Nov 2026 03:10:42 +0000"))
        #expect(lines.contains("To: arrives@example.org, second@example.org"))
        #expect(!lines.contains { $0.hasPrefix("Bcc:") })
        #expect(lines.contains { $0.hasPrefix("Subject: =?utf-8?B?") })
    }

    @Test("fails with the server's words where it refuses a recipient")
    func refused() async throws {
        let error = await #expect(throws: MailFailure.self) {
            try await mailer().send(message(to: ["refused@example.org"], subject: "x"))
        }
        #expect(error?.description.contains("550") == true, "\(String(describing: error))")
    }

    @Test("gives up on a server that hangs")
    func hangs() async throws {
        let error = await #expect(throws: MailFailure.self) {
            try await mailer(.milliseconds(800))
                .send(message(to: ["hang@example.org"], subject: "x"))
        }
        #expect(error?.description.isEmpty == false)
    }

    @Test("says nothing where STARTTLS is wanted and the server has none")
    func noTLS() async throws {
        await #expect(throws: MailFailure.self) {
            try await mailer(.seconds(30), .startTLS)
                .send(message(to: ["clear@example.org"], subject: "x"))
        }
        #expect(try await taken(by: "clear@example.org").isEmpty)
    }

    @Test("of alerts goes out, and a server that hangs holds up no other channel")
    func alerts() async throws {
        let port = try await PythonServer.mail.port()
        try await AlertFixture.with { (fixture: AlertFixture) async throws in
            try await withReceiver { receiver, url in
                func settings(_ to: String) throws -> AlertSettings {
                    try fixture.settings(
                        routes: AlertRoutes(
                            slackURL: url,
                            mail: MailSettings(
                                host: "127.0.0.1", port: port, security: .none,
                                from: "syncconsole@example.org", to: [to]),
                            patience: .seconds(1)))
                }
                let hanging = try settings("hang@example.org")
                try await fixture.lose(partition: 1)
                try await fixture.evaluate(hanging)
                let (mail, mailSession, breakers) = try fixture.worker(.email, hanging)
                let (slack, slackSession, _) = try fixture.worker(.slack, hanging)
                async let slow = mail.sendSome()
                #expect(try await slack.sendSome())
                #expect(try await !slow)
                #expect(
                    breakers.snapshots().contains {
                        $0.key == "smtp:127.0.0.1" && $0.snapshot.calls == 1
                    })
                #expect(
                    try await fixture.deliveries().sorted() == [
                        "email fired retrying", "slack fired sent",
                    ])
                fixture.clock.pass(60)
                let (again, againSession, _) = try fixture.worker(
                    .email, try settings("oncall@example.org"))
                #expect(try await again.sendSome())
                let arrived = try #require(try await taken(by: "oncall@example.org").first)
                #expect(arrived.head.contains("Subject: [test] CRITICAL events_lost t/1"))
                #expect(arrived.head.contains("Message-ID: <syncconsole-test-"))
                #expect(arrived.body.contains("what to do: syncconsole runbook events_lost"))
                for session in [mailSession, slackSession, againSession] { await session.close() }
            }
        }
    }
}
