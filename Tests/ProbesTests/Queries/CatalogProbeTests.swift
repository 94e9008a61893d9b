import Postgres
import Testing

@testable import Probes

@Suite("Probes of the catalog")
struct CatalogProbeTests {
    @Test("show events that wait first, then the newest, and how many there are")
    func eventOrder() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let statuses: [EventStatus] = [
                .retrying, .processed, .parked, .held, .deadLettered, .parked, .processed,
            ]
            for status in statuses { try await rows.event(status: status) }
            let probe = EventProbe(connection)
            let all = try await probe.list()
            #expect(all.rows.map(\.id) == [6, 3, 1, 7, 5, 4, 2])
            #expect(all.matching == 7)
            let few = try await probe.list(limit: 4)
            #expect(few.rows.map(\.id) == [6, 3, 1, 7])
            #expect(few.matching == 7)
            let filtered = try await probe.list(Filter("status:processed,held"), limit: 2)
            #expect(filtered.rows.map(\.id) == [7, 4])
            #expect(filtered.matching == 3)
            #expect(try await probe.ids(Filter("status:processed,held")) == [7, 4, 2])
        }
    }

    @Test("read a list of a long log through its indexes")
    func indexes() async throws {
        try await CatalogSchema.withConnection { connection in
            try await connection.query(
                """
                INSERT INTO service_catalog_event_log
                    (event_id, processing_status, topic, kafka_partition, kafka_offset,
                     external_service_code)
                SELECT 'e' || n, 'PROCESSED', 't', 0, n, 'S' || n % 5000
                FROM generate_series(1, 50000) n
                """)
            try await connection.script("ANALYZE service_catalog_event_log")
            // The other months are empty: reading them whole is right.
            let month = try await connection.query(
                "SELECT tableoid::regclass::text FROM service_catalog_event_log LIMIT 1"
            ).only().string(0)
            let whole = "Seq Scan on \(month) "
            func plan(_ sql: String, _ parameters: String) async throws -> String {
                try await connection.script("PREPARE looked AS \(sql)")
                let lines = try await connection.query(
                    "EXPLAIN EXECUTE looked (\(parameters))", isPrepared: false
                ).map { try $0.string(0) }
                try await connection.script("DEALLOCATE looked")
                return lines.joined(separator: "\n")
            }
            let first = try await plan(ProbeSQL.eventIdsFirst, "100")
            #expect(!first.contains(whole), "\(first)")
            let filter = try Filter<EventRow>("code:S7")
            let condition = try filter.condition(at: .now, firstParameter: 3)
            let byCode = try await plan(
                ProbeSQL.filtered(ProbeSQL.eventIds, by: condition), "100, 0, '{S7,s7}'")
            #expect(byCode.contains("external_service_code"), "\(byCode)")
            #expect(!byCode.contains(whole), "\(byCode)")
            let byID = try Filter<EventRow>("event_id:e7").condition(at: .now, firstParameter: 3)
            let byEvent = try await plan(
                ProbeSQL.filtered(ProbeSQL.eventIds, by: byID), "100, 0, '{e7,E7}'")
            #expect(!byEvent.contains(whole), "\(byEvent)")
        }
    }

    @Test("fall back to the newest events where the whole log takes too long")
    func slowSearch() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.execute(
                """
                INSERT INTO service_catalog_event_log
                    (id, event_id, processing_status, topic, kafka_partition, kafka_offset,
                     error_message)
                SELECT n, 'e', 'PROCESSED', 't', 0, n, repeat('x', 4000)
                FROM generate_series(1, 80000) n
                """)
            try await rows.event(id: 1_000_000, error: "needle")
            try await rows.execute("SELECT setval('service_catalog_event_log_id_seq', 1000000)")
            try await connection.script("SET statement_timeout = 250")
            let page = try await EventProbe(connection).list(Filter("error:needle"), limit: 5)
            #expect(page.rows.map(\.id) == [1_000_000])
            #expect(page.matching == nil)
        }
    }

    @Test("show an event with what it became")
    func eventDetail() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let waiting = try await rows.event(eventID: "a", status: .retrying)
            let parked = try await rows.event(
                eventID: "b", status: .parked, warnings: #"["unknown type x"]"#,
                payload: #"{"data": {"countryCode": "PL"}}"#,
                headers: #"[{"name":"trace","value":"1"},{"name":"bin","hex":"00ff"}]"#)
            try await rows.execute(
                """
                INSERT INTO entity_stream (entity_type, entity_id, blocked_by)
                VALUES ('service', 'PYX_ES_1', $1)
                """, [.int(waiting)])
            let dead = try await rows.event(
                eventID: "c", code: nil, status: .deadLettered, raw: [0x7B, 0xFE])
            let letter = try await rows.letter(code: nil, logID: dead)
            try await rows.execute(
                """
                INSERT INTO processed_events
                    (handler, event_id, payload_hash, log_id, log_received_at, dead_letter_id)
                VALUES ('catalog', 'c', '', $1, now(), $2)
                """, [.int(dead), .int(letter)])
            let held = try await rows.event(eventID: "d", status: .held)
            let item = try await rows.review(code: "PYX_ES_1", logID: held)

            let probe = EventProbe(connection)
            let parkedDetail = try #require(try await probe.show(parked))
            #expect(parkedDetail.blockedBy == waiting)
            #expect(parkedDetail.row.countryCode == "PL")
            #expect(parkedDetail.warnings == ["unknown type x"])
            #expect(
                parkedDetail.headers == [
                    Header(name: "trace", value: "1"), Header(name: "bin", value: "0x00ff"),
                ])
            let deadDetail = try #require(try await probe.show(dead))
            #expect(deadDetail.letterID == letter)
            #expect(deadDetail.payload == "{\\xFE")
            #expect(try await probe.show(held)?.reviewID == item)
            #expect(try await probe.show(9_999) == nil)
            #expect(try await probe.stamp(9_999) == nil)
        }
    }

    @Test("show a review item with its changes, its impact now and the earlier items")
    func reviewDetail() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let service = try await rows.service(code: "A", rowVersion: 2)
            let earlier = try await rows.review(
                code: "A", serviceID: service, state: .rejected, decidedBy: "bob")
            let item = try await rows.review(
                code: "A", serviceID: service, rowVersion: 2, current: #"{"scope_included":["a"]}"#,
                proposed: #"{"scope_included":[]}"#,
                changes: """
                    [{"field":"scope_included","before":["a"],"after":[],
                      "reasons":["scope_reduced"]}]
                    """, reference: #"{"event_id":"evt_7"}"#, logID: 70)
            for status in ["SCHEDULED", "COMPLETED", "IN_PROGRESS"] {
                try await rows.execute(
                    "INSERT INTO service_order (service_id, status) VALUES ($1, $2)",
                    [.int(service), .text(status)])
            }
            let probe = ReviewProbe(connection)
            let detail = try #require(try await probe.show(item))
            #expect(
                detail.changes == [
                    FieldChange(
                        field: "scope_included", before: #"["a"]"#, after: "[]",
                        reasons: ["scope_reduced"])
                ])
            #expect(detail.activeOrdersNow == 2)
            #expect(detail.serviceName == "Boiler")
            #expect(detail.fsmServiceCode == "FSM_A")
            #expect(detail.eventID == "evt_7")
            #expect(detail.logID == 70)
            #expect(!detail.hasServiceMoved)
            #expect(detail.earlier.map(\.id) == [earlier])
            #expect(detail.json["current"] == ["scope_included": ["a"]])
            let list = try await probe.list()
            #expect(list.rows.map(\.id) == [item, earlier])
            #expect(list.rows[1].decidedBy == "bob")
            #expect(try await probe.show(999) == nil)
        }
    }

    @Test("show a dead letter with its history and what a retry would meet")
    func letterDetail() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let log = try await rows.event(
                status: .deadLettered, eventTime: SampleRows.ago(.seconds(60)))
            let letter = try await rows.letter(
                key: [0xC3, 0x28], payload: [0, 0x41], logID: log, logReceivedAt: SampleRows.now)
            for (action, result) in [("retry", "not_found"), ("edit", "done")] {
                try await rows.execute(
                    """
                    INSERT INTO dead_letter_history (letter_id, action, operator, result)
                    VALUES ($1, $2, 'ana', $3)
                    """, [.int(letter), .text(action), .text(result)])
            }
            let probe = LetterProbe(connection)
            let fresh = try #require(try await probe.show(letter))
            #expect(fresh.payloadBytes == [0, 0x41])
            #expect(fresh.row.key == "\\xC3(")
            #expect(fresh.history.map(\.action) == ["retry", "edit"])
            #expect(fresh.staleWarning == nil)
            try await rows.execute(
                """
                INSERT INTO entity_stream (entity_type, entity_id, newest_decided_at, blocked_by)
                VALUES ('service', 'PYX_ES_1', $1, NULL)
                """, [.timestamp(SampleRows.now.microseconds)])
            let stale = try #require(try await probe.show(letter))
            #expect(stale.staleWarning?.hasSuffix("will most likely be skipped as stale") == true)
            try await rows.execute(
                "UPDATE entity_stream SET newest_decided_at = NULL, blocked_by = 4")
            let blocked = try #require(try await probe.show(letter))
            #expect(blocked.staleWarning?.contains("event 4 of this service waits") == true)
        }
    }

    @Test("count the overview, the letters of the last hour among them")
    func overview() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            let now = Timestamp.now
            for minutes in [300, 200, 61, 59, 30, 1] {
                try await rows.letter(
                    fingerprint: minutes > 100 ? "old" : "new",
                    state: minutes == 30 ? .resolved : .open,
                    createdAt: now.advanced(by: .seconds(-60 * minutes)))
            }
            try await rows.execute("DELETE FROM dead_letter_queue WHERE id = 2")
            let engine = try await rows.engine()
            let silent = try await rows.engine(heartbeatAgo: .seconds(60))
            try await rows.engine(state: "STOPPED")
            for (id, key, state) in [
                (engine, "a", "CLOSED"), (engine, "b", "OPEN"), (silent, "b", "HALF_OPEN"),
            ] {
                try await rows.execute(
                    "INSERT INTO circuit_breakers (engine_id, key, state) VALUES ($1, $2, $3)",
                    [.int(id), .text(key), .text(state)])
            }
            try await rows.offset(
                next: 5, received: 10, duplicates: 3, pausedReason: "flood of malformed")
            try await rows.execute(
                """
                INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                                           stored_offset, resumed_offset, lost_events)
                VALUES ('c1', 'catalog', 't', 1, 'TOPIC_RECREATED', 9, 0, NULL)
                """)
            let probe = OverviewProbe(connection)
            let overview = try await probe.take(
                lag: [SampleRows.lag], services: try await probe.services(),
                vendors: VendorFlow())
            #expect(overview.deadLettersOpen == 4)
            #expect(overview.deadLettersLastHour == 3)
            #expect(overview.deadLetterClusters.map(\.fingerprint) == ["new", "old"])
            #expect(overview.engines.map(\.state) == [.silent, .running])
            #expect(overview.breakers == .init(open: 1, halfOpen: 1, closed: 1))
            #expect(overview.openBreakers.map(\.isEngineLive) == [true, false])
            #expect(overview.pausedPartitions.map(\.reason) == ["flood of malformed"])
            #expect(overview.unacknowledgedGaps.map(\.kind) == [.topicRecreated])
            #expect(overview.lagMessages == 10)
            #expect(overview.lagByTopic.map(\.topic) == ["service-catalog"])
            #expect(overview.receivedTotal == 10)
            #expect(overview.duplicateTotal == 3)
        }
    }

    @Test("count an overview of empty tables")
    func emptyOverview() async throws {
        try await CatalogSchema.withConnection { connection in
            let probe = OverviewProbe(connection)
            let overview = try await probe.take(
                lag: [], services: try await probe.services(), vendors: VendorFlow())
            #expect(overview.deadLettersLastHour == 0)
            #expect(overview.lagMessages == nil)
            #expect(overview.reviewOldestAt == nil)
        }
    }

    @Test("refuse to write")
    func readOnly() async throws {
        try await CatalogSchema.withConnection { connection in
            try await connection.script("SET default_transaction_read_only = on")
            await #expect(throws: PostgresError.self) {
                try await connection.query("DELETE FROM engines")
            }
        }
    }
}
