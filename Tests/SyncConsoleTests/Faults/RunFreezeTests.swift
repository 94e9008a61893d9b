import Foundation
import Postgres
import Testing

@Suite("An engine that is frozen in the midst of a run")
struct RunFreezeTests {
    private static let header =
        "external_service_code,country_code,business_unit,type,category,name_es,scope_included,"
        + "scope_excluded,worksite_requirements,product_prerequisites,contract_type,"
        + "estimated_duration,complexity,requires_tv,effective_from,effective_to,version\n"

    /// 3,000 services; at the second time 800 drift, ten are missing and twenty are new: that makes
    /// two chunks.
    private static func export(isSecond: Bool) -> String {
        var text = header
        for number in 0..<(isSecond ? 3_020 : 3_000) {
            if isSecond, (2_990..<3_000).contains(number) { continue }
            text +=
                "S\(number),ES,BU,installation,hvac,Servicio,[],,,,pre_service,"
                + "\(isSecond && number < 800 ? 90 : 60),LOW,false,2025-02-01,,1.0\n"
        }
        return text
    }

    /// What a run writes, in one text; of the runs themselves only those of ES.
    private static let contents = """
        SELECT md5(string_agg(line, '|' ORDER BY line)) FROM (
            SELECT 'c' || t AS line FROM service_catalog t
            UNION ALL SELECT 'e' || t FROM entity_stream t
            UNION ALL SELECT 'd' || t FROM sync_drift t
            UNION ALL SELECT 'm' || t FROM file_marks t WHERE country_code = 'ES'
            UNION ALL SELECT 'r' || t FROM sync_runs t WHERE source = 'ES') s
        """

    @Test("writes nothing once another has taken it up, and nothing is done twice")
    func frozen() async throws {
        try await GatedDatabase.with { try await freeze($0) }
    }

    private func freeze(_ side: GatedDatabase) async throws {
        try side.write("es.csv", Self.export(isSecond: false))
        let first = try side.reconciler("first")
        let creating = try await side.start("ES", "es.csv")
        try await side.reaches("SUCCESS", creating)

        try side.write("es.csv", Self.export(isSecond: true))
        try await side.closeGate(on: "sync_drift", when: "NEW.service_code = 'S300'")
        let run = try await side.start("ES", "es.csv")
        try await side.waitForGate()
        first.send(SIGSTOP)
        try await side.openGate()
        // The server had got all of the first chunk.
        try await side.counts(500, "SELECT count(*) FROM sync_drift WHERE run_id = \(run)")

        // Its lease would run out by itself, in fifteen seconds.
        try await side.connection.query(
            "UPDATE sync_runs SET lease_expires_at = now() WHERE id = $1", [.int(run)])
        let second = try side.reconciler("second")
        try await side.reaches("PARTIAL_SUCCESS", run)
        #expect(
            try await side.text(
                "SELECT concat_ws(' ', fetched, matched, drifted, created, updated, orphaned, "
                    + "taken_up, times_lost) FROM sync_runs WHERE id = \(run)")
                == "3010 2990 800 20 800 10 2 1")
        second.send(SIGTERM)
        #expect(await second.ends())

        let contents = try await side.text(Self.contents)
        first.send(SIGCONT)
        // An engine carries out one run after the other: when it has done this, it is through with
        // that.
        try side.write("fr.csv", Self.header)
        let next = try await side.start("FR", "fr.csv")
        try await side.reaches("AWAITING_DECISION", next)
        #expect(try await side.text(Self.contents) == contents)
        #expect(
            try await side.text(
                "SELECT concat_ws(' ', state, matched, updated, taken_up) FROM sync_runs "
                    + "WHERE id = \(run)") == "PARTIAL_SUCCESS 2990 800 2")
        first.send(SIGTERM)
        #expect(await first.ends())
    }
}

extension GatedDatabase {
    fileprivate func write(_ name: String, _ text: String) throws {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    fileprivate func reconciler(_ name: String) throws -> EngineProcess {
        let sources = ["ES", "FR"].map {
            "{ name: \($0), country: \($0), location: \"file://\(folder)\" }"
        }
        return try engine(
            name,
            configuration: """
                reconciliation:
                  work_folder: \(folder)
                  sources: [ \(sources.joined(separator: ", ")) ]
                """)
    }

    fileprivate func start(_ source: String, _ object: String) async throws -> Int64 {
        let report = try await ask { try await $0.startRun(source: source, object: object) }
        return try #require(Int64(report.lines[0].id), "\(report.lines[0].message)")
    }

    fileprivate func reaches(_ state: String, _ run: Int64) async throws {
        try await counts(
            1, "SELECT count(*) FROM sync_runs WHERE id = \(run) AND state = '\(state)'")
    }
}
