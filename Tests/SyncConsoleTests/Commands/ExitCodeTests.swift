import Testing

@testable import SyncConsole

/// What a script sees: the exit code and one line that says what to do.
@Suite("Exit codes and errors")
struct ExitCodeTests {
    /// Ports on which nothing listens.
    private let away = [
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "KAFKA_BROKERS": "127.0.0.1:1",
    ]

    @Test(
        "end with 2 and say what was probably meant",
        arguments: [
            (
                ["confg"],
                "there is no command 'syncconsole confg'; did you mean 'syncconsole config'?"
            ),
            (
                ["review", "aprove"],
                "there is no command 'syncconsole review aprove'; did you mean"
                    + " 'syncconsole review approve'?"
            ),
            (
                ["dlq", "list", "--limt", "3"],
                "Unknown option '--limt'. Did you mean '--limit'? See 'syncconsole dlq list --help'"
            ),
            (
                ["review", "approve", "1"],
                "Missing expected argument '--reason <text>'; see 'syncconsole review approve"
                    + " --help'"
            ),
            (
                ["review", "approve", "1", "--reason", " "],
                "--reason must say why; see 'syncconsole review approve --help'"
            ),
            (
                ["dlq", "retry"],
                "say which: ids, or --where FILTER; see 'syncconsole dlq retry --help'"
            ),
            (
                ["dlq", "resolve", "1", "--where", "state:open"],
                "ids and --where exclude each other: give one of them; see"
                    + " 'syncconsole dlq resolve --help'"
            ),
            (
                ["dlq", "resolve", "--where", " "],
                "an empty --where would mean everything: write 'state:open'; see"
                    + " 'syncconsole dlq resolve --help'"
            ),
            (
                ["events", "--limit", "0"],
                "--limit must be from 1 to 100000; see 'syncconsole events list --help'"
            ),
            (
                ["runs", "accept", "--reason", "r"],
                "Missing expected argument '<ids> ...'; see 'syncconsole runs accept --help'"
            ),
            (
                ["runs", "errors", "1", "--csv", "-", "--json"],
                "--csv and --json exclude each other; see 'syncconsole runs errors --help'"
            ),
            (
                ["reconcile", "start", "--source", "ES", "--file", "a\u{1B}[31m.csv"],
                "--file must be a line of visible characters"
            ),
            (
                ["reconcile", "start", "--source", "es"],
                "there is no source 'es'; there are: ES, FR, IT, PL"
            ),
            (
                ["dlq", "list"],
                "no database is configured: export DATABASE_URL, or set database.url"
                    + " ('syncconsole init' writes a file); 'syncconsole demo' needs none"
            ),
            (
                ["run"],
                "the console needs a terminal, and there is none: use 'syncconsole engine' for the"
                    + " engine alone"
            ),
            (
                ["watch"],
                "the console needs a terminal, and there is none: use 'syncconsole status --json'"
                    + " and the lists instead"
            ),
            (["demo", "--json"], "--json needs --headless; see 'syncconsole demo --help'"),
            (
                ["config", "--config", "/nowhere.yaml"],
                "--config: /nowhere.yaml does not exist; 'syncconsole init' writes one to begin with"
            ),
        ])
    func usage(arguments: [String], sentence: String) async throws {
        let run = try await ProgramRun.run(arguments)
        #expect(run.status == 2)
        #expect(run.errorLines == ["syncconsole: \(sentence)"])
        #expect(run.output.isEmpty)
    }

    @Test("ends with 2 and the usage where nobody can be asked")
    func noCommand() async throws {
        let run = try await ProgramRun.run([])
        #expect(run.status == 2)
        #expect(run.errors.contains("USAGE: syncconsole <subcommand>"))
    }

    @Test(
        "end with 4 and one line, where the database cannot be reached",
        arguments: [
            ["status"], ["status", "--json"], ["dlq"], ["lag", "list"], ["events", "tail"],
            ["review", "approve", "1", "--reason", "x"], ["dlq", "retry", "1"], ["migrate"],
            ["blame", "X"], ["screenshot", "--pane", "lag"],
            ["breakers", "open", "k", "--reason", "r"], ["runs"], ["drift", "--limit", "5000"],
            ["runs", "errors", "1"], ["runs", "revert", "1", "--reason", "r"],
            ["reconcile", "start", "--source", "ES"],
        ])
    func unreachable(arguments: [String]) async throws {
        let run = try await ProgramRun.run(arguments, environment: away)
        #expect(run.status == 4)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.contains("PostgreSQL at nobody@127.0.0.1:1/none cannot be reached"))
        #expect(run.output.isEmpty)
    }

    @Test("walks to both servers and ends with 4 where neither is there")
    func doctor() async throws {
        let run = try await ProgramRun.run(["doctor", "--json"], environment: away)
        #expect(run.status == 4)
        let steps = try run.rows()
        let failed = steps.filter { $0["result"] as? String == "failed" }
        #expect(failed.compactMap { $0["name"] as? String } == ["connect", "connect"])
    }

    @Test("never shows a password that an error is about")
    func secrets() async throws {
        let run = try await ProgramRun.run(
            ["status"],
            environment: ["DATABASE_URL": "postgresql://nobody:hunter2@127.0.0.1:1/none"])
        #expect(run.status == 4)
        #expect(!run.errors.contains("hunter2"))
    }

    @Test("does not write over a configuration")
    func initRefuses() async throws {
        let folder = "/tmp/syncconsole-init-\(UInt32.random(in: 0 ... .max))"
        let home = ["HOME": folder]
        let first = try await ProgramRun.run(["init"], environment: home)
        let second = try await ProgramRun.run(["init"], environment: home)
        let check = try await ProgramRun.run(
            ["config", "--check"],
            environment: home.merging(["DATABASE_URL": "postgresql://db/x"]) { own, _ in own })
        _ = try await ProgramRun.shell("rm -r '\(folder)'")
        #expect(first.status == 0)
        #expect(second.status == 3)
        #expect(second.errorLines.count == 1)
        #expect(check.status == 0)
    }

    @Test(
        "ends quietly when nobody reads",
        arguments: [
            "$syncconsole config --json | true; exit ${PIPESTATUS[0]}",
            "$syncconsole --help | true; exit ${PIPESTATUS[0]}", "$syncconsole config >&-",
        ])
    func nobodyReads(command: String) async throws {
        let run = try await ProgramRun.shell(command)
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
    }

    @Test("says so when the output cannot be written")
    func fullDisk() async throws {
        let run = try await ProgramRun.shell("$syncconsole config > /dev/full")
        #expect(run.status == 1)
        #expect(
            run.errorLines
                == ["syncconsole: standard output cannot be written: No space left on device"])
    }
}
