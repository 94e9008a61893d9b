import TestSupport
import Testing

@testable import SyncConsole

@Suite("Keeping and the trail, from the command line", .timeLimit(.minutes(5)))
struct KeepingCommandTests {
    @Test("audit --verify is audit verify, wherever the flag stands")
    func spelling() {
        func spelled(_ words: String) -> String {
            CommandNames.spelledOut(words.split(separator: " ").map(String.init))
                .joined(separator: " ")
        }
        #expect(spelled("audit --verify --json") == "audit verify --json")
        #expect(spelled("audit --json --verify") == "audit verify --json")
        #expect(spelled("audit verify --json") == "audit verify --json")
        #expect(spelled("audit list --json") == "audit list --json")
        #expect(spelled("dlq --verify") == "dlq --verify")
    }

    @Test("the trail of a new schema is whole, and each look at it is on record")
    func verify() async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url]
            let migrated = try await ProgramRun.run(["migrate"], environment: environment)
            #expect(migrated.status == 0)
            for look in 0..<2 {
                let run = try await ProgramRun.run(
                    ["audit", "--verify", "--json"], environment: environment)
                #expect(run.status == 0, "\(run.errors)")
                let found = try run.object()
                #expect(found["whole"] as? Bool == true)
                #expect(found["recorded"] as? Bool == true)
                #expect(found["unsealed_rows"] as? Int == look)
            }
            let cut = try await ProgramRun.run(
                ["audit", "--verify", "--head", "0123456789abcdef"], environment: environment)
            #expect(cut.status == 1)
            #expect(cut.output.hasPrefix("NOT WHOLE: no seal has the head 0123456789abcdef"))
            let rows = try await ProgramRun.run(["audit", "--json"], environment: environment)
            #expect(
                try rows.rows().compactMap { $0["action"] as? String }
                    == ["audit.verify", "audit.verify", "audit.verify"])
        }
    }

    @Test("keeping says what each rule would remove, and asks for a reason to do it now")
    func keeping() async throws {
        try await PostgresFixture.withDatabase { url in
            let environment = ["DATABASE_URL": url]
            _ = try await ProgramRun.run(["migrate"], environment: environment)
            let shown = try await ProgramRun.run(["keeping", "--json"], environment: environment)
            #expect(shown.status == 0, "\(shown.errors)")
            let rules = try shown.object()["rules"] as? [[String: Any]] ?? []
            #expect(
                rules.compactMap { $0["rule"] as? String } == [
                    "event_log", "dedupe", "dead_letters", "reviews", "outbox", "runs", "engines",
                    "notices", "alerts", "replays", "sync_jobs", "reconciliation_events",
                ])
            #expect(rules.first?["keeps"] as? String == "400d")
            let bare = try await ProgramRun.run(["keeping", "run"], environment: environment)
            #expect(bare.status == 2)
            let misspelt = try await ProgramRun.run(
                ["keeping", "run", "outbx", "--dry-run"], environment: environment)
            #expect(misspelt.status == 2)
            #expect(misspelt.errors.contains("did you mean outbox?"))
        }
    }

    @Test("periods are hours or days, and are written as they are read")
    func periods() {
        #expect(DurationText.readPeriod("400d") == .seconds(400 * 86_400))
        #expect(DurationText.readPeriod("12h") == .seconds(12 * 3_600))
        for text in ["", "d", "0d", "5", "5m", "-1d", "1000000d", "40000d"] {
            #expect(DurationText.readPeriod(text) == nil, "\(text)")
        }
        #expect(DurationText.write(.seconds(400 * 86_400)) == "400d")
        #expect(DurationText.write(.seconds(86_400)) == "24h")
        #expect(DurationText.write(.seconds(36 * 3_600)) == "36h")
    }
}
