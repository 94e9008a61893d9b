import FoundationEssentials
import Testing

@testable import Views

@Suite("Key table")
struct KeyTableTests {
    @Test("is what docs/keys.md says")
    func documentation() throws {
        let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let path = folder + "/docs/keys.md"
        if ProcessInfo.processInfo.environment["SYNCCONSOLE_REWRITE_GOLDENS"] == "1" {
            try KeyTable.standard.documentation
                .write(toFile: path, atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(
            text == KeyTable.standard.documentation,
            "SYNCCONSOLE_REWRITE_GOLDENS=1 swift test --filter KeyTableTests writes it anew")
    }

    @Test("has no key that means two things in one place, nor a dangerous one to hit by accident")
    func contradictions() {
        #expect(KeyTable.standard.problem == nil)
    }

    @Test("leaves out what changes something when it is read-only")
    func readOnly() {
        let table = KeyTable.standard.readOnly
        #expect(table.bindings.filter(\.isChange).isEmpty)
        let changing: Set<Command> = [
            .approve, .reject, .breakGlass, .lookAgain, .reveal, .retry, .resolve, .replay,
            .resetBreaker,
            .openBreaker,
            .pausePartition, .resumePartition, .seekPartition, .acknowledgeGaps, .startRun, .dryRun,
            .cancelRun, .acceptRun, .abandonRun, .useFileBefore, .revertRun, .runSchedule,
            .pauseSchedule, .resumeSchedule, .acknowledgeAlert, .silenceAlert, .unsilenceAlert,
            .retryJob, .cancelJob, .removeAgent, .mapCode, .changeMapping, .deactivateMapping,
            .activateMapping,
        ]
        #expect(Set(KeyTable.standard.bindings.filter(\.isChange).map(\.command)) == changing)
        #expect(table.bindings.count == KeyTable.standard.bindings.count - changing.count)
    }

    @Test("takes other keys from configuration")
    func remapping() throws {
        let table = try KeyTable.standard.remapped(["retry": ["F5", "r"], "leave": ["Ctrl-q"]])
        let command = { (key: Key, place: Place) in table.binding(for: key, in: place)?.command }
        #expect(command(.function(5), .letterList) == .retry)
        #expect(command(Key("q"), .overview) == nil)
        #expect(command(.ctrl("q"), .overview) == .leave)
    }

    @Test(
        "refuses keys that cannot be",
        arguments: [
            (["fly": ["f"]], "keys: there is no command \"fly\""),
            (["retry": ["Hyper-x"]], "keys.retry: \"Hyper-x\" is not a key"),
            (["retry": ["x"]], "keys: x would be both retry and resolve"),
            (
                ["approve": ["A"]],
                "keys.approve: A can be part of what a terminal sends by itself, and must not "
                    + "change anything"
            ),
        ])
    func refusals(keys: [String: [String]], message: String) {
        #expect(throws: KeyTable.RemapError(description: message)) {
            _ = try KeyTable.standard.remapped(keys)
        }
    }

    @Test(
        "is what the help shows, and nothing else",
        arguments: ["1", "4", "5", "5 v", "6", "7", "8", "4 Enter", "5 Enter", "6 Enter"])
    func help(keys: String) {
        var script = Script(size: Size(rows: 100, columns: 200))
        script.press(keys)
        let bindings = script.model.keys.bindings(in: script.model.panePlace)
        script.press("?")
        let help = script.frame(rows: 100, columns: 200).lines.joined(separator: "\n")
        for binding in bindings {
            #expect(help.contains(binding.words), "\(binding.command)")
        }
        let shown = HelpOverlay(model: script.model).lineCount
        let headings = Set(bindings.map(\.section)).count
        #expect(shown == bindings.count + headings - 1)
    }
}
