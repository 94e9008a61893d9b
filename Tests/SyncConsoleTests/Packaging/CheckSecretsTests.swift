import Foundation
import TestSupport
import Testing

@testable import SyncConsole

/// The scan that `make lint` runs, over clones with secrets in them. None stands here in one piece.
@Suite("The scan for leaked secrets", .timeLimit(.minutes(5)))
struct CheckSecretsTests {
    private static let script =
        URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../scripts/check-secrets").standardized.path

    /// Commits a file with this text and scans the clone; then removes it by another commit.
    private static func scan(
        _ text: String, removing: Bool = false, allowing allowed: String? = nil,
        _ options: String = ""
    ) async throws -> ProgramRun {
        let folder = NSTemporaryDirectory() + "syncconsole-scan-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(
            atPath: folder + "/scripts", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try text.write(toFile: folder + "/settings.txt", atomically: true, encoding: .utf8)
        if let allowed {
            try allowed.write(
                toFile: folder + "/scripts/allowed-secrets", atomically: true, encoding: .utf8)
        }
        let git =
            "git -C \(folder) -c user.name=a -c user.email=a@example.org -c commit.gpgsign=false"
        let removal = removing ? "&& \(git) rm -q settings.txt && \(git) commit -qm gone" : ""
        return try await ProgramRun.shell(
            """
            \(git) init -q && \(git) add . && \(git) commit -qm first \(removal) \
            && python3 \(script) --in \(folder) \(options)
            """)
    }

    /// Secret-looking, and different in each place; the parts never meet in this file.
    private static let digits = "7f3a9c1e5b2d8046"

    @Test(
        "finds one of every kind",
        arguments: [
            ("private_key", "-----BEGIN RSA PRIVATE" + " KEY-----"),
            ("private_key", "-----BEGIN PRIVATE" + " KEY-----"),
            ("amazon_key", "id = AK" + "IAQ7ZX3N5M2K8RT4WB"),
            ("google_key", "AI" + "zaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"),
            ("google_token", "ya" + "29.a0AfH6SMBx1yQ2z3W4v5U6t7S8r9"),
            ("google_service_account", "\"private_key_id\": \"\(digits)\(digits)\("0a1b2c3d")\""),
            ("slack_token", "xo" + "xb-1234567890-abcdefABCDEF"),
            (
                "slack_webhook",
                "https://hooks.slack.com/ser" + "vices/T0AB1CD2E/B0AB1CD2E/\(digits)"
            ),
            ("pagerduty_key", "routing_key: \(digits)\(digits)"),
            ("pagerduty_key", "PagerDuty integration R0" + "1ABCDEFGHIJKLMNOPQRSTUVWXYZ012"),
            ("pagerduty_token", "Authorization: Token token=" + "y_NbAkKc66ryYTWUXYEu"),
            ("github_token", "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345"),
            ("web_token", "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27u"),
            ("password_hash", "$2" + "b$12$abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234"),
            ("password_in_url", "postgresql://ana:" + "Tr0ub4dor@db.example/fsm"),
            ("named_secret", "api_key = \"q9" + "Zr4Lx8Vw2Tn6Kb0Yc5Hm\""),
            ("named_secret", "SMTP_PASSWORD=\(digits)\(digits)"),
        ])
    func kinds(kind: String, text: String) async throws {
        let scan = try await Self.scan("first line\n\(text)\n")
        #expect(scan.status == 1, "\(scan.errors)")
        #expect(
            scan.errorLines.first?.hasPrefix("settings.txt:2: \(kind) ") == true, "\(scan.errors)")
        // Whoever reads the build's log learns nothing.
        #expect(!scan.errors.contains(text) && !scan.output.contains(text))
    }

    @Test(
        "is quiet about references, placeholders, names and digests",
        arguments: [
            "url: env:DATABASE_URL", "password: file:/etc/syncconsole/smtp-password",
            "postgresql://syncconsole@db.example/catalog", "postgresql://ana:PASSWORD@db/catalog",
            "postgresql://ana:$PW@db/catalog", "let token = reader.nextTokenOfTheLine",
            "sha256 = \(digits)\(digits)", "API_SECRET=change-me-please-soon",
        ])
    func quiet(text: String) async throws {
        let scan = try await Self.scan(text)
        #expect(scan.status == 0, "\(scan.errors)")
    }

    @Test("finds in the history what is gone from the files")
    func history() async throws {
        let leak = "postgresql://ana:" + "Tr0ub4dor@db.example/fsm"
        #expect(try await Self.scan(leak, removing: true).status == 0)
        let scan = try await Self.scan(leak, removing: true, "--history")
        #expect(scan.status == 1)
        #expect(scan.errors.contains(":settings.txt: password_in_url "))
    }

    @Test("is told what is none, by a list that gives reasons and holds nothing in vain")
    func allowed() async throws {
        let leak = "postgresql://ana:" + "Tr0ub4dor@db.example/fsm"
        let found = try await Self.scan(leak)
        let mark = try #require(found.errorLines.first?.split(separator: " ").last)
        let entry = "password_in_url | *.txt | \(mark)"
        #expect(try await Self.scan(leak, allowing: "\(entry) | an example").status == 0)
        #expect(try await Self.scan(leak, allowing: "\(entry)").status == 1)
        let inVain = try await Self.scan("nothing", allowing: "\(entry) | an example")
        #expect(inVain.status == 1 && inVain.errors.contains("in vain"))
    }

    @Test("finds nothing in this tree")
    func ownTree() async throws {
        let scan = try await ProgramRun.shell("python3 \(Self.script)")
        #expect(scan.status == 0, "\(scan.errors)")
    }
}
