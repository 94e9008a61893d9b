import ArgumentParser
import Testing

@testable import SyncConsole

@Suite("Help")
struct HelpTests {
    @Test("lists exactly the commands that are built")
    func root() async throws {
        let help = try await ProgramRun.run(["--help"])
        #expect(help.status == 0)
        #expect(help.errors.isEmpty)
        #expect(
            help.output == """
                OVERVIEW: Keeps a service catalog in step with its sources, and shows that work
                live.

                Without a command: watches the engines that run, or asks what to do. Try it
                with 'syncconsole demo', which needs no servers.

                USAGE: syncconsole <subcommand>

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                RUNNING SUBCOMMANDS:
                  run                     Run engine and console in this terminal.
                  watch                   Watch the engines that run elsewhere.
                  engine                  Run the engine without a console.
                  demo                    Engine and console over private servers, with made-up
                                          traffic.
                  broker                  Run a Kafka mock cluster on this machine, for trying
                                          things out.
                  vendor-simulator        Run a made-up vendor's agent against an engine.

                SETTING UP SUBCOMMANDS:
                  init                    Write a commented configuration to begin with.
                  doctor                  Walk to servers and files; say what is wrong.
                  migrate                 Create the tables, or bring them up to date.
                  config                  Show the effective configuration, or check it.

                LOOKING AND DECIDING SUBCOMMANDS:
                  status                  Engines, servers, lag, and what waits for a decision.
                  health                  How the engines of this machine are, part by part.
                  lag                     Consumer lag, partition by partition: list, show.
                  events                  The event log: list, show, tail, replay.
                  reconcile               Compare a source's file, or a vendor's items, with
                                          what is here: start.
                  runs                    Runs over files: list, show, errors, accept, revert
                                          and more.
                  drift                   What runs found different, field by field: list, show.
                  review                  Breaking changes that wait: list, show, approve,
                                          reject, look.
                  dlq                     Dead letters: list, show, retry, resolve, edit.
                  breakers                Circuit breakers: list, show, reset, open.
                  jobs                    Orders out to vendors: list, show, retry, cancel.
                  agents                  Vendors' agents: list, show, remove.
                  mappings                Vendors' codes: list, show, add, update, remove, seed.
                  alerts                  Alerts: list, show, ack, silence, unsilence, rules.
                  consumer                What the engines read: pause, resume, seek,
                                          acknowledge.
                  engines                 Engine processes, alive and gone: list, show.
                  schedule                What is done at its times: list, show, run, pause,
                                          resume.
                  audit                   Who decided what: list, show, verify.
                  keeping                 What is kept, for how long, and what goes: show, run.
                  personal                What is personal in what is stored: erase.
                  blame                   Show who set each field of a service last.
                  runbook                 What to do about an alert, its checks looked up.
                  screenshot              Print one pane of the console, as it is now.

                  See 'syncconsole help <subcommand>' for detailed help.

                """)
    }

    @Test("names the commands of every noun")
    func nouns() {
        func names(_ command: any ParsableCommand.Type) -> [String] {
            command.configuration.subcommands.map { CommandNames.name(of: $0) }
        }
        #expect(names(EventsCommand.self) == ["list", "show", "tail", "replay"])
        #expect(names(ReviewCommand.self) == ["list", "show", "approve", "reject", "look"])
        #expect(names(AuditCommand.self) == ["list", "show", "verify"])
        #expect(names(KeepingCommand.self) == ["show", "run"])
        #expect(names(LettersCommand.self) == ["list", "show", "retry", "resolve", "edit"])
        #expect(names(BreakersCommand.self) == ["list", "show", "reset", "open"])
        #expect(names(ScheduleCommand.self) == ["list", "show", "run", "pause", "resume"])
        #expect(names(ConsumerCommand.self) == ["pause", "resume", "seek", "acknowledge"])
        #expect(names(ReconcileCommand.self) == ["start"])
        #expect(
            names(RunsCommand.self) == [
                "list", "show", "errors", "cancel", "accept", "abandon", "previous", "revert",
            ])
        for noun: any ParsableCommand.Type in [
            LagCommand.self, DriftCommand.self, EnginesCommand.self,
        ] {
            #expect(names(noun) == ["list", "show"])
        }
    }

    @Test("tells the fields of each list's filter")
    func fields() async throws {
        let help = try await ProgramRun.run(["dlq", "list", "--help"])
        let words = help.output.split { $0 == " " || $0.isNewline }.joined(separator: " ")
        #expect(words.contains("Fields for --where: state, reason, entity_id"))
    }
}
