import Postgres
import Probes
import TestSupport
import Testing

@testable import SyncEngine

@Suite("Months of the event log", .timeLimit(.minutes(5)))
struct EventLogMonthsTests {
    /// January to May 2024, 100 events each, all finished.
    private static func makeMonths(_ run: (String) async throws -> Void) async throws {
        for month in 1...5 {
            try await run(
                """
                CREATE TABLE service_catalog_event_log_20240\(month)
                    PARTITION OF service_catalog_event_log
                    FOR VALUES FROM ('2024-0\(month)-01+00') TO ('2024-0\(month + 1)-01+00');
                INSERT INTO service_catalog_event_log (received_at, event_id, processing_status,
                    topic, kafka_partition, kafka_offset)
                SELECT timestamptz '2024-0\(month)-02+00' + n * interval '1 minute',
                       '\(month)/' || n, 'PROCESSED', 'service-catalog', 0, \(month) * 1000 + n
                FROM generate_series(1, 100) n
                """)
        }
    }

    private static func months(_ fixture: KeepingFixture) async throws -> [String] {
        try await fixture.texts(
            "SELECT right(relname, 2) FROM pg_inherits JOIN pg_class ON oid = inhrelid "
                + "WHERE inhparent = 'service_catalog_event_log'::regclass "
                + "AND relname LIKE '%\\_2024__' ORDER BY 1")
    }

    @Test("go when they are too old; those with something unfinished stay, and say why")
    func dropped() async throws {
        try await KeepingFixture.with { fixture in
            try await Self.makeMonths(fixture.run)
            try await fixture.run(
                """
                UPDATE service_catalog_event_log SET processing_status = 'HELD'
                WHERE event_id = '2/7';
                INSERT INTO dead_letter_queue (id, origin, stage, reason, fingerprint,
                    error_message, log_id, log_received_at)
                VALUES (9, 'c', 's', 'r', 'f', 'e', 1, '2024-03-05+00');
                INSERT INTO consumer_gaps (cluster_id, group_id, topic, kafka_partition, kind,
                    stored_offset, resumed_offset, detected_at)
                VALUES ('c', 'g', 't', 0, 'RETENTION', 1, 2, '2024-05-05+00')
                """)
            let before = try await KeepingReport.take(KeepingSettings(), fixture.connection)
            try await CleanUpTests.cleanUp(fixture)
            #expect(try await Self.months(fixture) == ["02", "03", "05"])
            let note = try await fixture.texts(
                "SELECT note FROM keeping_state WHERE rule = 'event_log'")[0]
            for part in [
                "service_catalog_event_log_202402 is held by unfinished event ",
                "service_catalog_event_log_202403 is held by open letter 9",
                "service_catalog_event_log_202405 is held by gap 1 that nobody has acknowledged",
            ] {
                #expect(note.contains(part))
                #expect(before.lines[0].note?.contains(part) == true)
            }
            // This month and the coming ones, and the one without a month.
            #expect(
                try await fixture.count(
                    "SELECT count(*) FROM pg_inherits "
                        + "WHERE inhparent = 'service_catalog_event_log'::regclass") == 3 + 4)
            try await fixture.run(
                """
                UPDATE service_catalog_event_log SET processing_status = 'PROCESSED';
                UPDATE dead_letter_queue SET state = 'RESOLVED', resolved_at = now();
                UPDATE consumer_gaps SET acknowledged_at = now();
                UPDATE keeping_state SET requested_at = now() WHERE rule = 'event_log'
                """)
            try await CleanUpTests.cleanUp(fixture)
            #expect(try await Self.months(fixture) == [])
        }
    }

    @Test("nothing goes that duplicates are still known by")
    func dedupe() async throws {
        try await KeepingFixture.with { fixture in
            try await Self.makeMonths(fixture.run)
            try await CleanUpTests.cleanUp(
                fixture, periods: [.dedupe: .seconds(86_400 * 36_500)])
            #expect(try await Self.months(fixture).count == 5)
        }
    }

    @Test("what stands in no month's partition goes row by row; what is not finished stays")
    func withoutMonth() async throws {
        try await KeepingFixture.with { fixture in
            try await fixture.run(
                """
                INSERT INTO service_catalog_event_log (received_at, event_id, processing_status,
                    topic, kafka_partition, kafka_offset)
                SELECT CASE WHEN n <= 4000 THEN timestamptz '2023-01-01+00'
                            ELSE now() - interval '399 days' END,
                       n::text, CASE WHEN n % 100 = 0 THEN 'HELD' ELSE 'SKIPPED' END, 't', 0, n
                FROM generate_series(1, 5000) n
                """)
            try await CleanUpTests.cleanUp(fixture)
            #expect(
                try await fixture.texts(
                    "SELECT processing_status || ' ' || count(*) FROM "
                        + "service_catalog_event_log_default GROUP BY processing_status ORDER BY 1")
                    == ["HELD 50", "SKIPPED 990"])
        }
    }

    @Test("rows that came before their month had a partition stay where they are, and are not lost")
    func early() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let keeping = try await KeepingFixture(over: fixture)
            try await fixture.apply([Events.created("e1", "A"), Events.created("e2", "B")])
            // As if next month's partition, and this one's, could not be made when they were due.
            try await keeping.run(
                """
                CREATE TABLE kept AS SELECT * FROM service_catalog_event_log;
                DO $$ DECLARE name text; BEGIN
                    FOR name IN SELECT inhrelid::regclass::text FROM pg_inherits
                        WHERE inhparent = 'service_catalog_event_log'::regclass
                          AND inhrelid <> 'service_catalog_event_log_default'::regclass
                    LOOP EXECUTE 'DROP TABLE ' || name; END LOOP;
                END $$;
                INSERT INTO service_catalog_event_log SELECT * FROM kept;
                INSERT INTO service_catalog_event_log (received_at, event_id, processing_status,
                    topic, kafka_partition, kafka_offset)
                VALUES (date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                            + interval '33 days', 'later', 'PROCESSED', 't', 0, 1)
                """)
            #expect(
                try await keeping.count("SELECT count(*) FROM service_catalog_event_log_default")
                    == 3)
            // The month after next has no rows and gets its partition; the others cannot.
            #expect(try await keeping.count("SELECT ensure_event_log_partitions(2)") == 1)
            #expect(try await keeping.count("SELECT ensure_event_log_partitions(2)") == 0)
            try await fixture.apply([Events.created("e3", "C")])
            #expect(try await fixture.log().count == 4)
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 3)
            // They go row by row in their time.
            try await keeping.run(
                "UPDATE service_catalog_event_log SET received_at = received_at - interval '500 days'"
            )
            try await CleanUpTests.cleanUp(keeping)
            #expect(try await keeping.count("SELECT count(*) FROM service_catalog_event_log") == 0)
            await keeping.close()
        }
    }

    @Test("a month that somebody reads stays for now, and nobody waits behind the attempt")
    func locked() async throws {
        try await ApplyFixture.with { (fixture: ApplyFixture) async throws in
            let keeping = try await KeepingFixture(over: fixture)
            try await Self.makeMonths(fixture.run)
            let reader = try await PostgresConnection.connect(fixture.database)
            try await reader.script("BEGIN; SELECT count(*) FROM service_catalog_event_log")
            async let cleaning: Void = CleanUpTests.cleanUp(keeping)
            for round in 0..<20 {
                try await fixture.apply([Events.created("e\(round)", "S\(round)")])
            }
            try await cleaning
            #expect(try await Self.months(keeping).count == 5)
            #expect(
                try await keeping.texts(
                    "SELECT (note LIKE '%is in use: it goes in the next pass')::text "
                        + "FROM keeping_state WHERE rule = 'event_log'") == ["true"])
            try await reader.script("COMMIT")
            await reader.close()
            try await keeping.run(
                "UPDATE keeping_state SET requested_at = now() WHERE rule = 'event_log'")
            async let again: Void = CleanUpTests.cleanUp(keeping)
            for round in 20..<40 {
                try await fixture.apply([Events.created("e\(round)", "S\(round)")])
            }
            try await again
            #expect(try await Self.months(keeping) == [])
            #expect(try await fixture.count("SELECT count(*) FROM service_catalog") == 40)
            await keeping.close()
        }
    }
}
