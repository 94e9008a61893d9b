import Testing

@testable import Probes

@Suite("Filter")
struct FilterMatchingTests {
    private func selects(_ text: String, _ row: EventRow = SampleRows.event) throws -> Bool {
        try Filter<EventRow>(text).matches(row, at: SampleRows.now)
    }

    @Test("selects everything when it is empty or blank")
    func empty() throws {
        #expect(try selects(""))
        #expect(try selects("  \t "))
        #expect(try Filter<EventRow>(" ").isEmpty)
    }

    @Test(
        "selects the row",
        arguments: [
            "status:dead_lettered", "state:DEAD_LETTERED", "status:dead*", "status:held,dead*",
            "code:PYX_ES_1", "code:pyx_es_1", "code:pyx*", "code:*_es_*", "code:X,PYX_ES_1",
            "country:es", "country=ES", "country!=FR", "!country:FR", "age>1h", "age>=90m",
            "age<2h", "age>1h29m59s", "attempts>=3", "attempts:4", "attempts:1,4", "attempts<4.5",
            "latency>12ms", "latency_ms<1s", "latency_ms:12.5", "error:\"too long\"",
            "error:VARYING", "error:value*varying", "VALUE", "\"too long\"",
            "!word", "id:71", "offset>=900", "received_at:2026-11-21", "received_at>2026-11-20",
            "received_at>=2026-11-21", "received_at<=2026-11-21", "event_time<2026-11-21T02:00Z",
            "warnings:yes", "!!status:dead_lettered", "correlation_id!=x", "!correlation_id:*",
            "error:\"(20)\"", "service.updated", "type:service.*", "status:dead_lettered code:PYX*",
        ])
    func selected(text: String) throws {
        #expect(try selects(text), "\(text)")
    }

    @Test(
        "leaves the row out",
        arguments: [
            "status:held", "code:PYX", "code:*FR*",
            "!country:ES", "country!=es", "age>2h", "age<=1h", "attempts>4",
            "attempts:1,2", "attempts<4", "error:timeout", "word", "!too", "received_at:2026-11-20",
            "received_at>2026-11-21", "received_at<2026-11-21", "warnings:false",
            "correlation_id:*", "latency>13", "status:dead_lettered code:FR*", "value*missing",
            "code:\"PYX*\"", "%", "type:service_updated",
        ])
    func leftOut(text: String) throws {
        #expect(try !selects(text), "\(text)")
    }

    @Test("folds only the letters A to Z, as the database is told to")
    func folding() throws {
        var row = SampleRows.event
        row.error = "INSTALACIÓN"
        #expect(try selects("instalaci*n", row))
        #expect(try selects("error:\"INSTALACIÓN\"", row))
        #expect(try !selects("instalación", row))
    }

    @Test("compares large numbers exactly")
    func largeNumbers() throws {
        var row = SampleRows.event
        row.offset = 9_007_199_254_740_993
        #expect(try selects("offset:9007199254740993", row))
        #expect(try !selects("offset:9007199254740992", row))
    }

    @Test("finds a word in any of several values")
    func severalValues() throws {
        func selects(_ text: String) throws -> Bool {
            try Filter<ReviewRow>(text).matches(SampleRows.review, at: SampleRows.now)
        }
        #expect(try selects("reason:scope_reduced"))
        #expect(try selects("reasons:*visit*"))
        #expect(try selects("visit"))
        #expect(try !selects("reason:visit"))
        #expect(try !selects("!reason:scope_reduced"))
    }

    @Test("gives every field of every noun a name of its own")
    func uniqueNames() {
        func check<Row: Filterable>(_ type: Row.Type) {
            let names = type.filterFields.flatMap(\.names)
            #expect(Set(names).count == names.count, "\(type): \(names)")
        }
        check(LagRow.self)
        check(EventRow.self)
        check(ReviewRow.self)
        check(LetterRow.self)
        check(LetterCluster.self)
        check(BreakerRow.self)
        check(EngineRow.self)
        check(AuditRow.self)
        check(JobRow.self)
        check(AgentRow.self)
        check(MappingRow.self)
    }

    @Test("knows every documented key that can be asked for as a field")
    func documentedKeys() throws {
        func check<Row: Filterable>(_ type: Row.Type, _ json: JSONValue, _ count: Int) {
            guard case .object(let members) = json else { return }
            let names = Set(type.filterFields.flatMap(\.names))
            let missing = members.prefix(count).map(\.key).filter { !names.contains($0) }
            #expect(missing.isEmpty, "\(type) lacks \(missing)")
        }
        check(EventRow.self, SampleRows.event.json, 16)
        check(ReviewRow.self, SampleRows.review.json, 10)
        check(LetterRow.self, SampleRows.letter.json, 14)
        check(LagRow.self, SampleRows.lag.json, 10)
        check(BreakerRow.self, SampleRows.breaker.json, 7)
        check(JobRow.self, SampleRows.job.json, 8)
        check(AgentRow.self, SampleRows.agent.json, 9)
        check(MappingRow.self, SampleRows.mapping.json, 7)
    }
}
