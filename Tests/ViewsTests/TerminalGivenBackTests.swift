import Glibc
import TestSupport
import Testing

/// The terminal is given back however the program ends.
@Suite("Terminal given back")
struct TerminalGivenBackTests {
    /// A probe that has painted, after it was seen to hold the terminal.
    private func painted(_ arguments: String...) async throws -> PtyProcess {
        let probe = try PtyProcess(
            PtyProcess.builtExecutable("ScreenProbe"), arguments: arguments,
            environment: ["TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no"])
        let moment = try #require(await probe.shows("last opened"))
        #expect(!moment.isCooked && moment.picture.isAlternateScreen)
        return probe
    }

    private func expectGivenBack(_ moment: PtyProcess.Moment) {
        #expect(moment.isCooked)
        #expect(!moment.picture.isAlternateScreen)
        #expect(moment.picture.isCursorVisible)
        let output = String(decoding: moment.output, as: UTF8.self)
        #expect(output.components(of: "\u{1B}[?2004l") > 0)
        let last = output.split(separator: "\u{1B}[?2026h").last ?? ""
        #expect(last.contains("\u{1B}[?2026l"), "a synchronized update was left open")
    }

    @Test("after the key that leaves")
    func leaving() async throws {
        let probe = try await painted()
        probe.type("q")
        let end = try #require(await probe.ended())
        #expect(end.state == .exited(0))
        expectGivenBack(end)
        #expect(end.picture.text.contains("end=left"))
    }

    @Test("after SIGTERM, SIGHUP, SIGINT, SIGQUIT", arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
    func ending(signal: Int32) async throws {
        let probe = try await painted()
        probe.send(signal)
        let end = try #require(await probe.ended())
        #expect(end.state == .killed(signal))
        #expect(end.contains("end=signal(\(signal))"))
        expectGivenBack(end)
    }

    @Test(
        "after a fatal signal, which then happens as if it had not been caught",
        arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP])
    func fatal(signal: Int32) async throws {
        let probe = try await painted()
        probe.send(signal)
        let end = try #require(await probe.ended())
        #expect(end.state == .killed(signal))
        expectGivenBack(end)
    }

    @Test("after a crash of Swift's own, whose message then stands on the ordinary screen")
    func crash() async throws {
        let probe = try await painted()
        probe.type("!")
        let end = try #require(await probe.ended())
        #expect(end.state == .killed(SIGILL) || end.state == .killed(SIGTRAP))
        expectGivenBack(end)
    }

    @Test("with the signals' meanings: what lives on without the screen dies of SIGTERM as ever")
    func signalsGivenBack() async throws {
        for signal in [SIGTERM, SIGINT] {
            let probe = try await painted("--linger")
            probe.type("q")
            let lingering = try #require(await probe.shows("lingering"))
            expectGivenBack(lingering)
            probe.send(signal)
            #expect(try #require(await probe.ended()).state == .killed(signal))
        }
    }

    @Test("while it is stopped by SIGTSTP, and taken again after SIGCONT")
    func suspended() async throws {
        let probe = try await painted()
        probe.type("+")
        _ = try #require(await probe.shows("counter 1"))
        probe.send(SIGTSTP)
        let stopped = try #require(await probe.when { $0.state == .stopped })
        expectGivenBack(stopped)
        probe.resize(rows: 10, columns: 50)
        probe.send(SIGCONT)
        let back = try #require(await probe.shows("size 50x10"))
        #expect(back.picture.isAlternateScreen && !back.isCooked)
        #expect(back.picture.text.contains("counter 1"))
        probe.type("q")
        let end = try #require(await probe.ended())
        #expect(end.state == .exited(0))
        expectGivenBack(end)
    }

    @Test("while it is stopped by Ctrl-Z, even if SIGTERM is what comes then")
    func killedWhileStopped() async throws {
        let probe = try await painted()
        probe.type("\u{1A}")
        let stopped = try #require(await probe.when { $0.state == .stopped })
        expectGivenBack(stopped)
        probe.send(SIGTERM)
        probe.send(SIGCONT)
        let end = try #require(await probe.ended())
        #expect(end.state == .killed(SIGTERM))
        expectGivenBack(end)
    }

    @Test("not at all by Ctrl-Z or SIGTSTP where the process must not stop; it says so")
    func refused() async throws {
        let probe = try await painted("--refuse-suspend")
        probe.type("\u{1A}")
        _ = try #require(await probe.shows("last suspendRefused"))
        probe.type("+")
        _ = try #require(await probe.shows("counter 1"))
        probe.send(SIGTSTP)
        let moment = try #require(await probe.shows("last suspendRefused"))
        #expect(moment.state == .running)
    }

    @Test("taken again and painted whole after SIGSTOP from outside")
    func continued() async throws {
        let probe = try await painted()
        probe.send(SIGSTOP)
        _ = try #require(await probe.when { $0.state == .stopped })
        probe.send(SIGCONT)
        let moment = try #require(await probe.shows("last resumed"))
        #expect(!moment.isCooked)
    }

    @Test("the process ends when the terminal hangs up")
    func hangUp() async throws {
        let probe = try await painted()
        probe.hangUp()
        let end = try #require(await probe.ended())
        // The system sends SIGHUP to the terminal's owner; whichever is seen first, it ends.
        #expect(end.state == .killed(SIGHUP) || end.state == .exited(3))
    }

    @Test("there is no screen without a terminal on standard output")
    func noTerminal() async throws {
        let probe = PtyProcess.builtExecutable("ScreenProbe")
        for redirection in [">&-", ">/dev/null", "| cat"] {
            let shell = try PtyProcess(
                "/bin/sh", arguments: ["-c", "\(probe) \(redirection); echo done"],
                environment: ["TERM": "xterm", "PATH": "/bin:/usr/bin"])
            let end = try #require(await shell.ended())
            #expect(end.contains("done"))
            #expect(end.isCooked)
            #expect(!end.output.contains(0x1B))
        }
    }
}
