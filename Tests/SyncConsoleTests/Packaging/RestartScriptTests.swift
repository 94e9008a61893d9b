import Foundation
import TestSupport
import Testing

@testable import SyncConsole

/// What `syncconsole-restart` asks of systemd, in which order, whatever goes wrong. Both it and the
/// engines are stood in for; RestartTests has the engines themselves.
@Suite("The script that restarts engines", .timeLimit(.minutes(5)))
struct RestartScriptTests {
    /// A folder with stand-ins for systemctl, syncconsole and id, and what they know.
    private struct Machine {
        let folder: String

        /// - Parameter facts: empty files. `active-UNIT`, `enabled-UNIT`; `fails-UNIT` does not start;
        ///   `ill-UNIT` is never ready; `alone-UNIT` is not ready without another; `user`, who types.
        init(_ facts: [String]) throws {
            folder = NSTemporaryDirectory() + "syncconsole-restart-\(UInt32.random(in: 0 ... .max))"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            for fact in facts {
                try Data().write(to: URL(filePath: "\(folder)/\(fact)"))
            }
            for (name, text) in Self.programs {
                try text.replacing("FOLDER", with: folder)
                    .write(toFile: "\(folder)/\(name).text", atomically: true, encoding: .utf8)
            }
        }

        private static let programs = [
            "systemctl": systemctl, "syncconsole": health,
            "id": "#!/bin/sh\n[ -e FOLDER/user ] && echo 1000 || echo 0\n",
        ]
        private static let systemctl = """
            #!/bin/bash
            cd FOLDER
            [ "$1" != --quiet ] || shift
            unit=${*: -1}
            case $1 in
                is-active)
                    [ ! -e "starting-$unit" ] || { echo activating; exit 3; }
                    [ -e "active-$unit" ] && echo active || { echo inactive; exit 3; }
                    ;;
                is-enabled) [ -e "enabled-$unit" ] ;;
                # The name is as good a process as any.
                show) echo "$unit" ;;
                start)
                    echo "$*" >>calls
                    [ ! -e "fails-$unit" ] || exit 1
                    touch "active-$unit"
                    ;;
                stop)
                    echo "$*" >>calls
                    rm -f "active-$unit" "starting-$unit"
                    ;;
                reset-failed) ;;
                *) echo "$*" >>calls ;;
            esac
            """
        private static let health = """
            #!/bin/bash
            cd FOLDER
            [ "$1" = health ] || exit 2
            [ "${2:-}" = --process ] || exit 1
            [ ! -e "ill-$3" ] || exit 1
            [ ! -e "alone-$3" ] || [ "$(ls | grep -c ^active-)" -gt 1 ]
            """

        func restart(_ options: String = "") async throws -> (run: ProgramRun, calls: [String]) {
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../../scripts/restart-engine").standardized.path
            // Copies: it locks itself, and a file that this process has written may still be open in
            // a program that another test is just starting, and then cannot be run.
            let run = try await ProgramRun.shell(
                """
                cd \(folder) && cp \(script) restart
                for text in *.text; do cp $text ${text%.text} && chmod +x ${text%.text}; done
                PATH=\(folder):$PATH ./restart \(options)
                """)
            let calls = (try? String(contentsOfFile: folder + "/calls", encoding: .utf8)) ?? ""
            return (run, calls.split(separator: "\n").map(String.init))
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static let (blue, green) = ("syncconsole-engine@blue", "syncconsole-engine@green")

    @Test(
        "starts the next one, stops the one before, and what is started at boot moves with it",
        arguments: [(blue, green), (green, blue), ("syncconsole-engine", blue)])
    func takesTurns(old: String, next: String) async throws {
        let machine = try Machine(["active-\(old)", "enabled-\(old)"])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart()
        #expect(run.status == 0, "\(run.errors)")
        #expect(calls == ["start \(next)", "stop \(old)", "disable \(old)", "enable \(next)"])
    }

    @Test("counts one that waits for its servers as one that runs")
    func starting() async throws {
        let machine = try Machine(["starting-\(Self.blue)"])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart()
        #expect(run.status == 0, "\(run.errors)")
        #expect(calls == ["start \(Self.green)", "stop \(Self.blue)"])
    }

    @Test("starts one where none runs")
    func first() async throws {
        let machine = try Machine([])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart()
        #expect(run.status == 0, "\(run.errors)")
        #expect(calls == ["start \(Self.blue)"])
    }

    @Test(
        "leaves the old one alone where the next does not become ready",
        arguments: ["fails", "ill"])
    func notReady(how: String) async throws {
        let machine = try Machine(["active-\(Self.blue)", "\(how)-\(Self.green)"])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart("--wait 5")
        #expect(run.status == 1)
        #expect(calls == ["start \(Self.green)", "stop \(Self.green)"])
        #expect(run.errors.contains("\(Self.blue) runs as before"))
    }

    @Test("leaves one that waits for its servers to itself where no other runs")
    func firstNotReady() async throws {
        let machine = try Machine(["ill-\(Self.blue)"])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart("--wait 5")
        #expect(run.status == 1)
        #expect(calls == ["start \(Self.blue)"])
        #expect(run.errors.contains("left to itself"))
    }

    @Test("brings the old one back where the next is not ready without it")
    func back() async throws {
        let machine = try Machine(
            ["active-\(Self.blue)", "enabled-\(Self.blue)", "alone-\(Self.green)"])
        defer { machine.remove() }
        let (run, calls) = try await machine.restart()
        #expect(run.status == 1)
        #expect(
            calls == [
                "start \(Self.green)", "stop \(Self.blue)", "start \(Self.blue)",
                "stop \(Self.green)",
            ])
        #expect(run.errors.contains("\(Self.blue) runs again"))
    }

    @Test(
        "touches nothing where it is only asked, where it may not, where it cannot tell, or wrongly",
        arguments: [
            ("--dry-run", [], Int32(0)), ("", ["user"], 1), ("", ["active-\(green)"], 1),
            ("--wait soon", [], 2), ("--wait 0", [], 2), ("--now", [], 2),
        ])
    func nothing(options: String, more: [String], status: Int32) async throws {
        let machine = try Machine(["active-\(Self.blue)"] + more)
        defer { machine.remove() }
        let (run, calls) = try await machine.restart(options)
        #expect(run.status == status, "\(run.errors)")
        #expect(calls == [])
    }

    @Test("can ask after an engine whose configuration refers to secrets that are not at hand")
    func withoutSecrets() async throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../packaging/examples/config.yaml").standardized.path
        let health = try await ProgramRun.run(
            ["health", "--config", example], environment: ["XDG_RUNTIME_DIR": "/nonexistent"])
        // Another engine of this machine may answer; what matters is that it is asked.
        #expect([0, 1, 4].contains(health.status), "\(health.errors)")
        let other = try await ProgramRun.run(["config", "--check", "--config", example])
        #expect(other.status == 2)
    }
}
