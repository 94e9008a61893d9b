import Testing

@testable import Probes

@Suite("Runbook pages")
struct RunbookParserTests {
    private static let page = """
        # A page

        What is wrong, in two
        lines, with `code`.

        ## Symptoms

        - one
        - two, which goes
          on

        ## Likely causes

        Nobody knows.

        ## Check

        1. Is Kafka there?
           check: kafka.reachable
           check: runs.last ES

        ## Do

        1. Type:

           ```sh
           syncconsole lag list
           ```

           or `syncconsole status`, not `ls`.

        ## Over when

        check: kafka.reachable

        ## Call

        Nobody.

        """

    @Test("are taken apart into what is said, typed and looked up")
    func parts() {
        let runbook = RunbookParser.parse(Self.page, name: "a_page")
        #expect(runbook.problems == [])
        #expect(runbook.title == "A page")
        #expect(runbook.summary == "What is wrong, in two lines, with code.")
        #expect(
            runbook.checks == [
                RunbookCheck(.kafkaReachable), RunbookCheck(.runsLast, source: "ES"),
            ])
        #expect(runbook.commands == ["syncconsole lag list", "syncconsole status"])
        #expect(
            runbook.blocks.contains(
                .item(marker: "-", [RunbookSpan("two, which goes on")])))
        #expect(
            runbook.blocks.contains(.item(marker: "1.", [RunbookSpan("Is Kafka there?")])))
        #expect(
            runbook.blocks.contains(
                .item(
                    marker: "",
                    [
                        RunbookSpan("or "), RunbookSpan("syncconsole status", isCode: true),
                        RunbookSpan(", not "), RunbookSpan("ls", isCode: true), RunbookSpan("."),
                    ])))
        #expect(
            runbook.blocks.filter { $0 == .check(RunbookCheck(.kafkaReachable)) }.count == 2)
    }

    @Test("say what is wrong with them: a check that does not exist, sections, a title, an end")
    func problems() {
        func problems(_ text: String) -> [String] {
            RunbookParser.parse(text, name: "x").problems
        }
        let unknown = Self.page.replacing("kafka.reachable", with: "kafka.reachabel")
        #expect(problems(unknown).count == 2)
        #expect(problems(unknown).first == "there is no check kafka.reachabel")
        #expect(problems(Self.page.replacing("## Call", with: "## Phone")).count == 1)
        #expect(
            problems(Self.page.replacing("# A page", with: "")).contains { $0.contains("title") })
        #expect(problems(Self.page + "```sh\n").contains { $0.contains("no end") })
        #expect(RunbookCheck("kafka.reachable ES") == nil)
        #expect(RunbookCheck("runs.last ES FR") == nil)
    }

    @Test("that are shipped have nothing wrong with them, and name only checks that exist")
    func shipped() {
        for runbook in RunbookLibrary.shipped {
            #expect(runbook.problems == [], "\(runbook.name)")
            #expect(!runbook.checks.isEmpty, "\(runbook.name)")
        }
        #expect(RunbookLibrary.shipped.map(\.name) == RunbookLibrary.shipped.map(\.name).sorted())
    }
}
