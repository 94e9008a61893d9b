import Postgres
import Testing

@testable import SyncEngine

@Suite("Deciding what is held")
struct ReviewDecisionTests {
    /// A service with an open item; the change asks for less scope.
    private static func hold(_ fixture: ApplyFixture, _ code: String = "A") async throws {
        try await fixture.apply([
            Events.created("\(code)1", code, at: "2025-01-01T00:00:00Z"),
            Events.event(
                "\(code)2", "updated", code, at: "2025-01-02T00:00:00Z",
                #""scopeIncluded":["a"],"estimatedDuration":5"#),
        ])
    }

    private static func openItem(
        _ fixture: ApplyFixture, _ code: String = "A"
    ) async throws -> ReviewTarget {
        let row = try await fixture.connection.query(
            "SELECT id, service_row_version FROM review_items "
                + "WHERE state = 'OPEN' AND service_code = $1", [.text(code)]
        ).only()
        return ReviewTarget(id: try row.int(0), serviceRowVersion: try row.int(1))
    }

    @Test("of two operators who decide the same item at once exactly one wins, fifty times")
    func twoAtOnce() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let ana = fixture.operations("ana")
            let bob = fixture.operations("bob")
            for round in 0..<50 {
                let code = "S\(round)"
                try await Self.hold(fixture, code)
                let target = try await Self.openItem(fixture, code)
                async let first = ana.approve([target], reason: "yes")
                async let second = bob.reject([target], reason: "no")
                let results = try await [first, second].flatMap(\.lines).map(\.result)
                #expect(results.sorted { $0.rawValue < $1.rawValue } == [.done, .refused])
                let approved = results[0] == .done
                #expect(
                    try await fixture.texts(
                        """
                        SELECT r.state || ' ' || r.decided_by || ' ' || l.processing_status || ' '
                               || s.scope_included
                        FROM review_items r JOIN service_catalog_event_log l ON l.id = r.log_id
                        JOIN service_catalog s ON s.id = r.service_id
                        WHERE r.service_code = '\(code)'
                        """) == [
                            approved
                                ? #"APPROVED ana PROCESSED ["a"]"#
                                : #"REJECTED bob SKIPPED ["a", "b"]"#
                        ])
            }
            #expect(
                try await fixture.texts(
                    "SELECT result || ' ' || count(*) FROM audit_log GROUP BY result ORDER BY 1")
                    == ["done 50", "refused 50"])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
            await bob.close()
        }
    }

    @Test("an item that was superseded between look and decision is refused, naming the new one")
    func supersededMeanwhile() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.hold(fixture)
            let seen = try await Self.openItem(fixture)
            try await fixture.apply([
                Events.event(
                    "A3", "updated", "A", at: "2025-01-03T00:00:00Z", #""scopeIncluded":[]"#)
            ])
            let next = try await Self.openItem(fixture)
            let ana = fixture.operations()
            let report = try await ana.approve([seen], reason: "yes")
            #expect(report.lines.map(\.result) == [.refused])
            #expect(
                report.lines.map(\.message)
                    == ["a newer event of the service took its place: look at item \(next.id)"])
            #expect(
                try await fixture.texts("SELECT scope_included::text FROM service_catalog")
                    == [#"["a", "b"]"#])
            await ana.close()
        }
    }

    @Test("a bulk decision refuses the item that has moved, and decides the others")
    func bulk() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            var targets: [ReviewTarget] = []
            for code in ["A", "B", "C"] {
                try await Self.hold(fixture, code)
                targets.append(try await Self.openItem(fixture, code))
            }
            try await fixture.run(
                "UPDATE service_catalog SET row_version = 9 WHERE external_service_code = 'B'")
            let ana = fixture.operations()
            let report = try await ana.approve(targets, reason: "yes")
            #expect(report.lines.map(\.result) == [.done, .refused, .done])
            #expect(report.lines[1].message == "B has moved since it was shown: look again")
            #expect(
                try await fixture.texts(
                    "SELECT service_code || ' ' || state FROM review_items ORDER BY 1")
                    == ["A APPROVED", "B OPEN", "C APPROVED"])
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || entity_id || ' ' || result FROM audit_log ORDER BY id")
                    == [
                        "review.approve A done", "review.approve B refused",
                        "review.approve C done",
                    ])
            await ana.close()
        }
    }

    @Test("a decision on a row version other than the one that was shown is refused")
    func otherVersion() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.hold(fixture)
            var target = try await Self.openItem(fixture)
            target.serviceRowVersion = 7
            let ana = fixture.operations()
            #expect(try await ana.approve([target], reason: "x").lines.map(\.result) == [.refused])
            #expect(
                try await fixture.texts("SELECT state FROM review_items") == ["OPEN"])
            await ana.close()
        }
    }

    @Test("what was refused is skipped when it comes again, until the source says something else")
    func rejectedMemory() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.hold(fixture)
            let ana = fixture.operations()
            let report = try await ana.reject([try await Self.openItem(fixture)], reason: "no")
            #expect(report.done == 1)
            func again(_ id: String, _ day: Int, _ scope: String) async throws {
                try await fixture.apply([
                    Events.event(
                        id, "updated", "A", at: "2025-01-0\(day)T00:00:00Z",
                        #""scopeIncluded":\#(scope),"estimatedDuration":5"#)
                ])
            }
            try await again("A3", 3, #"["a"]"#)
            try await again("A4", 4, #"["a","b","c"]"#)
            try await again("A5", 5, #"["a"]"#)
            #expect(
                try await fixture.log() == [
                    "A1 PROCESSED created", "A2 SKIPPED rejected", "A3 SKIPPED rejected",
                    "A4 PROCESSED updated", "A5 HELD breaking_change",
                ])
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }

    @Test("an approval writes the proposal, its origins and the next row version")
    func approval() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.hold(fixture)
            let ana = fixture.operations()
            let target = try await Self.openItem(fixture)
            #expect(try await ana.approve([target], reason: "fine").done == 1)
            let row = try await fixture.connection.query(
                EngineSQL.serviceLoad, [.textArray(["A"])]
            ).only()
            let snapshot = try ServiceSnapshot(row: row)
            #expect(snapshot.rowVersion == 2)
            #expect(snapshot.content.scopeIncluded == ["a"])
            #expect(snapshot.content.estimatedDurationMinutes == 5)
            #expect(snapshot.fieldOrigins[.scopeIncluded]?.eventID == "A2")
            #expect(
                try await fixture.texts("SELECT sync_checksum FROM service_catalog")
                    == [fixture.context.canonicalForm.checksum(of: snapshot.content)])
            #expect(
                try await fixture.texts("SELECT decision_reason FROM review_items") == ["fine"])
            await ana.close()
        }
    }

    @Test("a viewer decides nothing, and the attempt is on record")
    func viewer() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await Self.hold(fixture)
            try await fixture.apply([(key: "x", value: "{")])
            let eve = fixture.operations("eve", role: .viewer)
            let item = try await Self.openItem(fixture)
            let letter = Int64(try await fixture.count("SELECT id FROM dead_letter_queue"))
            let reports = [
                try await eve.approve([item], reason: "x"),
                try await eve.reject([item], reason: "x"),
                try await eve.retryLetters([letter]),
                try await eve.resolveLetters([letter], reason: "x"),
                try await eve.editLetter(letter, payload: [], reason: "x"),
            ]
            for line in reports.flatMap(\.lines) {
                #expect(line.result == .refused)
                #expect(line.message == "eve is viewer; this needs operator")
            }
            #expect(
                try await fixture.texts(
                    "SELECT action || ' ' || result || ' ' || role FROM audit_log ORDER BY id")
                    == [
                        "review.approve refused viewer", "review.reject refused viewer",
                        "dlq.retry refused viewer", "dlq.resolve refused viewer",
                        "dlq.edit refused viewer",
                    ])
            #expect(try await fixture.imbalances() == [])
            await eve.close()
        }
    }

    @Test("one console that decides many things at once decides each of them")
    func manyAtOnce() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            try await fixture.apply((0..<20).map { Events.event("l\($0)", "created", "S\($0)") })
            let ids = try await fixture.texts(
                "SELECT id::text FROM dead_letter_queue d ORDER BY d.id"
            )
            .compactMap { Int64($0) }
            #expect(ids.count == 20)
            let ana = fixture.operations()
            let messages = try await withThrowingTaskGroup(of: [String].self) { group in
                for (index, id) in ids.enumerated() {
                    let payload = Array(Events.created("l\(index)", "S\(index)").value.utf8)
                    group.addTask {
                        try await ana.editLetter(id, payload: payload, reason: "complete").lines
                            .map(\.message)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(messages.sorted() == (0..<20).map { "S\($0): created" }.sorted())
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 20)
            #expect(try await fixture.imbalances() == [])
            await ana.close()
        }
    }
}
