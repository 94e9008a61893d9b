import Probes
import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Output")
struct OutputTests {
    private let now = Timestamp(microseconds: 1_700_000_000_000_000)

    @Test("aligns columns, cuts lines to the width and ends none with spaces")
    func table() {
        let table = TextTable(
            [.init(title: "ID", alignment: .right), .init(title: "NAME"), .init(title: "ERROR")],
            rows: [["7", "Klimaanlage", "-"], ["1234", "空調設備", "too long for this line"]])
        #expect(
            table.text(width: nil) == """
                  ID  NAME         ERROR
                   7  Klimaanlage  -
                1234  空調設備     too long for this line

                """)
        #expect(
            table.text(width: 26) == """
                  ID  NAME         ERROR
                   7  Klimaanlage  -
                1234  空調設備     too lo…

                """)
    }

    @Test("shows control characters instead of obeying them")
    func cleaning() {
        let evil = "\u{1B}[2J\u{202E}x\n"
        let table = TextTable([.init(title: "NAME")], rows: [[evil]])
        #expect(table.text(width: nil) == "NAME\n␛[2J‹202E›x␊\n")
        let object = ObjectText.write(["name": .string("\u{1B}]0;x\u{07}"), "list": ["\u{1B}c"]])
        #expect(!object.contains("\u{1B}"))
        #expect(StandardError.oneLine("a\n b\u{1B}\r\nc") == "a b␛ c")
    }

    @Test("writes an object a key a line, and what is nested below it")
    func object() {
        let value: JSONValue = [
            "id": 12, "state": "open", "decided_by": nil, "reasons": ["a", "b"],
            "changes": [["field": "name"]],
        ]
        #expect(
            ObjectText.write(value) == """
                id          12
                state       open
                decided_by  -
                reasons     a, b
                changes:
                  [
                    {
                      "field": "name"
                    }
                  ]

                """)
    }

    @Test(
        "says ages in two units",
        arguments: [
            (0, "0s"), (-5, "0s"), (59, "59s"), (60, "1m"), (250, "4m 10s"), (7_500, "2h 5m"),
            (273_600, "3d 4h"),
        ])
    func ages(seconds: Int, text: String) {
        #expect(AgeText.write(.seconds(seconds)) == text)
    }

    @Test("reads cells from a row's JSON")
    func columns() {
        let row: JSONValue = [
            "created_at": .timestamp(now.advanced(by: .seconds(-90))), "reasons": ["a", "b"],
            "latency_ms": 12.3456, "error": nil, "drain_seconds": 61.0,
        ]
        func cell(_ key: String, _ kind: ListColumn.Kind) -> String {
            ListColumn(key, kind).cell(of: row, now: now)
        }
        #expect(cell("created_at", .age) == "1m 30s")
        #expect(cell("reasons", .texts) == "a, b")
        #expect(cell("latency_ms", .number) == "12.3")
        #expect(cell("error", .text) == "-")
        #expect(cell("absent", .text) == "-")
        #expect(cell("drain_seconds", .seconds) == "1m 1s")
    }

    @Test("keeps columns of lists as narrow as they can be read")
    func narrowColumns() {
        let row: JSONValue = [
            "next_attempt_at": .timestamp(now.advanced(by: .microseconds(373_980))),
            "partitions": [
                "orders/0", "catalog/5", "catalog/0", "catalog/1", "catalog/2", "catalog/10", "odd",
            ],
            "before": .string(String(repeating: "漢字", count: 20)), "after": "short",
            "vendor": "vendor-a",
        ]
        func cell(_ columns: [ListColumn], _ key: String) -> String? {
            columns.first { $0.key == key }?.cell(of: row, now: now)
        }
        #expect(cell(JobKind.columns, "next_attempt_at") == "2023-11-14T22:13:20Z")
        #expect(
            cell(EngineKind.columns, "partitions") == "catalog/0-2,5,10, orders/0, odd")
        #expect(
            cell(DriftKind.columns, "before") == String(repeating: "漢字", count: 9) + "漢…")
        #expect(cell(DriftKind.columns, "after") == "short")
        #expect(cell(LetterKind.columns, "vendor") == "vendor-a")
        #expect(LetterKind.columns.suffix(2).map(\.key) == ["vendor", "error"])
    }

    private let report = OperationReport(lines: [
        .init(id: "12", result: .done, message: "approved"),
        .init(id: "kafka:dlq", result: .refused, message: "no such breaker"),
    ])

    @Test("prints an operation's report with ids as numbers where they are numbers")
    func operationJSON() {
        #expect(
            JSONWriter.text(OperationOutput.value(report))
                == #"{"results":[{"id":12,"result":"done","message":"approved"},"#
                + #"{"id":"kafka:dlq","result":"refused","message":"no such breaker"}],"#
                + #""done":1,"refused":1,"failed":0}"#)
    }

    @Test("prints an operation's report for people, with its counts")
    func operationText() {
        #expect(
            OperationOutput.text(report, width: nil) == """
                       ID  RESULT   MESSAGE
                       12  done     approved
                kafka:dlq  refused  no such breaker
                1 done, 1 refused, 0 failed

                """)
        #expect(
            OperationOutput.text(OperationReport(), width: nil)
                == "nothing matches: nothing was done\n")
    }

    private let seeks = SeekReport(
        isDryRun: true,
        lines: [
            .init(
                id: "catalog/0", result: .done, message: "from offset 5 to 2: reads 3 events again",
                move: .init(from: 5, to: 2, repeated: 3, skipped: 0)),
            .init(id: "catalog/1", result: .refused, message: "stands at offset 2 already"),
        ])

    @Test("prints a dry run of a seek as other dry runs, with what would be read again or skipped")
    func seek() {
        #expect(
            JSONWriter.text(SeekOutput.value(seeks))
                == #"{"dry_run":true,"results":[{"id":"catalog/0","result":"done","#
                + #""message":"from offset 5 to 2: reads 3 events again","from_offset":5,"#
                + #""to_offset":2,"repeated":3,"skipped":0},{"id":"catalog/1","#
                + #""result":"refused","message":"stands at offset 2 already","from_offset":null,"#
                + #""to_offset":null,"repeated":null,"skipped":null}],"#
                + #""done":1,"refused":1,"failed":0}"#)
        #expect(
            SeekOutput.text(seeks, width: nil) == """
                       ID  RESULT   MESSAGE
                catalog/0  done     from offset 5 to 2: reads 3 events again
                catalog/1  refused  stands at offset 2 already
                would be: 1 partition moved, 3 events read again, 0 events skipped, 1 refused

                """)
    }

    @Test("wants a reason for a seek, and none for its dry run")
    func seekReason() throws {
        let place = ["consumer", "seek", "--topic", "t", "--to", "earliest"]
        #expect(throws: (any Error).self) { try RootCommand.parseAsRoot(place) }
        #expect(throws: Never.self) {
            _ = try RootCommand.parseAsRoot(place + ["--dry-run"])
            _ = try RootCommand.parseAsRoot(place + ["--reason", "why"])
        }
    }

    @Test("puts alerts together by rule as the pane does")
    func alertGroups() throws {
        let newest = AlertRow(
            id: 9, rule: "dlq_open", severity: .critical, state: .firing, subject: "catalog/1",
            summary: "dead letters wait", condition: "", startedAt: now.advanced(by: .seconds(-60)))
        let group = AlertGroup(
            rule: "dlq_open", severity: .critical, subjects: 3, unattendedIDs: [7, 9],
            standingIDs: [7, 8, 9], silencedIDs: [8], firstAt: now.advanced(by: .seconds(-7_200)),
            newestAt: now.advanced(by: .seconds(-60)), newest: newest)
        #expect(
            AlertsListCommand.table([group], now: now).text(width: nil) == """
                STATE   SEVERITY  RULE      SUBJECTS  UNATTENDED  SINCE  NEWEST  THE NEWEST
                firing  critical  dlq_open         3           2     2h      1m  dead letters wait

                """)
        let json = JSONWriter.text(group.json)
        #expect(
            json.hasPrefix(
                #"{"rule":"dlq_open","severity":"critical","state":"firing","subjects":3,"#
                    + #""since":"2023-11-14T20:13:20.000000Z","#
                    + #""newest_at":"2023-11-14T22:12:20.000000Z","runbook":null,"#
                    + #""unattended_ids":[7,9],"standing_ids":[7,8,9],"silenced_ids":[8],"#
                    + #""newest":{"id":9,"rule":"dlq_open""#))
        #expect(throws: Never.self) {
            _ = try RootCommand.parseAsRoot(
                ["alerts", "--by", "rule", "--where", "state:firing", "--json"])
            _ = try RootCommand.parseAsRoot(["alerts", "list", "--by", "rule", "--limit", "5"])
        }
        #expect(throws: (any Error).self) {
            try RootCommand.parseAsRoot(["alerts", "list", "--limit", "0"])
        }
    }
}
