import Postgres
import Testing

@testable import Probes

@Suite("Event tail")
struct EventTailTests {
    @Test("brings what has appeared since, each event once, oldest first")
    func follows() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            for _ in 0..<5 { try await rows.event() }
            var tail = EventTail(backlog: 2)
            #expect(try await tail.poll(connection).rows.map(\.id) == [4, 5])
            #expect(try await tail.poll(connection).isEmpty)
            try await rows.event()
            try await rows.event()
            #expect(try await tail.poll(connection).rows.map(\.id) == [6, 7])
            #expect(try await tail.poll(connection).isEmpty)
        }
    }

    @Test("brings an event that commits late, behind larger ids")
    func late() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.event(id: 1)
            try await rows.execute("SELECT setval('service_catalog_event_log_id_seq', 4)")
            var tail = EventTail()
            #expect(try await tail.poll(connection).isEmpty)
            try await rows.event(id: 6)
            #expect(try await tail.poll(connection).rows.map(\.id) == [6])
            // 3 was drawn before the tail began, 5 after it.
            try await rows.event(id: 3)
            try await rows.event(id: 5)
            #expect(try await tail.poll(connection).rows.map(\.id) == [3, 5])
            #expect(try await tail.poll(connection).isEmpty)
        }
    }

    @Test("brings what its filter selects, and says how much it had to leave out")
    func filtered() async throws {
        try await CatalogSchema.withConnection { connection in
            let rows = CatalogRows(connection: connection)
            try await rows.event(status: .held)
            var tail = EventTail(
                filter: try Filter("status:held"), backlog: 10, batchLimit: 2)
            #expect(try await tail.poll(connection).rows.map(\.id) == [1])
            for status in [EventStatus.held, .processed, .held, .held, .skipped, .held] {
                try await rows.event(status: status)
            }
            let batch = try await tail.poll(connection)
            #expect(batch.rows.map(\.id) == [5, 7])
            #expect(batch.leftOut == 2)
        }
    }
}
