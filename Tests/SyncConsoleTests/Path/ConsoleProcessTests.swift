import Glibc
import TestSupport
import Testing

@testable import SyncConsole

/// The processes with a screen, on a pseudo-terminal.
@Suite("Console processes")
struct ConsoleProcessTests {
    private static let away = [
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": "/nonexistent",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "KAFKA_BROKERS": "127.0.0.1:1",
    ]

    private func start(
        _ arguments: String..., environment: [String: String] = away
    ) throws -> PtyProcess {
        try PtyProcess(
            PtyProcess.builtExecutable("syncconsole"), arguments: arguments,
            environment: environment)
    }

    @Test("watch paints before any server answers, says what is away, and leaves at q")
    func watch() async throws {
        let console = try start("watch")
        #expect(await console.shows("Overview") != nil)
        #expect(await console.shows("database") != nil)
        console.type("q")
        let end = try #require(await console.ended())
        #expect(end.state == .exited(0))
        #expect(end.isCooked)
        #expect(!end.picture.isAlternateScreen)
    }

    @Test("run refuses to be suspended, since an engine would stop with it")
    func suspension() async throws {
        let console = try start("run")
        #expect(await console.shows("Overview") != nil)
        console.type("\u{1A}")
        let moment = try #require(
            await console.when { moment in
                moment.picture.text.contains("Ctrl-Z would freeze an engine")
            })
        #expect(moment.state == .running)
        console.send(SIGTERM)
        let end = try #require(await console.ended())
        #expect(end.isCooked)
    }

    @Test("watch can be suspended")
    func watchSuspension() async throws {
        let console = try start("watch")
        #expect(await console.shows("Overview") != nil)
        console.type("\u{1A}")
        let stopped = try #require(await console.when { $0.state == .stopped })
        #expect(stopped.isCooked)
        console.send(SIGCONT)
        #expect(await console.when { $0.state == .running && !$0.isCooked } != nil)
        console.type("q")
        #expect(await console.ended()?.state == .exited(0))
    }

    @Test("run drains at SIGHUP and says goodbye in its engine's row")
    func hangUp() async throws {
        try await CatalogPath.with { path in
            var environment = path.environment
            environment.merge(["TERM": "xterm-256color", "LANG": "C.UTF-8"]) { own, _ in own }
            let console = try PtyProcess(
                PtyProcess.builtExecutable("syncconsole"), arguments: ["run"],
                environment: environment)
            #expect(await console.shows("Overview") != nil)
            let running = try await path.rows("engines", "role:run state:running", count: 1)
            #expect(running.count == 1)
            console.send(SIGHUP)
            #expect(await console.ended() != nil)
            let stopped = try await path.rows("engines", "role:run state:stopped", count: 1)
            #expect(stopped.first?["exit_reason"] as? String == "stopped")
        }
    }

    @Test("watch ends with what to type where the schema is not there, and never migrates")
    func schema() async throws {
        try await PostgresFixture.withDatabase { url in
            var environment = Self.away
            environment["DATABASE_URL"] = url
            let console = try PtyProcess(
                PtyProcess.builtExecutable("syncconsole"), arguments: ["watch"],
                environment: environment, columns: 160)
            let end = try #require(await console.ended())
            #expect(end.state == .exited(1))
            #expect(end.contains("syncconsole migrate"))
            let list = try await ProgramRun.run(["dlq"], environment: ["DATABASE_URL": url])
            #expect(list.errors.contains("lacks our tables"))
        }
    }

    @Test("without a command asks where no engine runs, and does nothing at q")
    func question() async throws {
        try await PostgresFixture.withDatabase { url in
            var environment = Self.away
            environment["DATABASE_URL"] = url
            _ = try await ProgramRun.run(["migrate"], environment: ["DATABASE_URL": url])
            let asking = try PtyProcess(
                PtyProcess.builtExecutable("syncconsole"), environment: environment, columns: 200)
            #expect(await asking.shows("[r]un one here, [w]atch, [q]uit?") != nil)
            asking.type("q\r")
            #expect(await asking.ended()?.state == .exited(0))
        }
    }
}
