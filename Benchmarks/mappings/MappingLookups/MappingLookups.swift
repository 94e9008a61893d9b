import Postgres
import SyncEngine
import Synchronization

/// Looks codes of vendors up, as the ingest does, for one second each way; prints lines of
/// `name<TAB>threads<TAB>codes a call<TAB>lookups a second`.
///
/// `MappingLookups DATABASE_URL VENDORS CODES`: the mappings are there, `code-0` to `code-(CODES-1)`
/// of type unit for each of `vendor-0` and so on.
@main
struct MappingLookups {
    let url: String
    let vendors: Int
    let codes: [ERPCode]

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let vendors = Int(arguments[2]), let codes = Int(arguments[3])
        else { throw Fault(what: "usage: MappingLookups DATABASE_URL VENDORS CODES") }
        let bench = MappingLookups(
            url: arguments[1], vendors: vendors,
            codes: (0..<codes).map { ERPCode(.unit, "code-\($0)") })
        let warm = MappingCache(capacity: vendors * codes)
        warm.trust(true)
        // Nobody listens for changes: it keeps nothing, and each call is a query.
        let cold = MappingCache(capacity: vendors * codes)
        for size in [40, 1] {
            for threads in [1, 2] {
                try await bench.run("cache", warm, size: size, threads: threads)
                try await bench.dictionary(size: size, threads: threads)
                try await bench.run("query", cold, size: size, threads: threads)
            }
        }
    }

    /// Through the engine's own way: the cache, and a query for what it does not have.
    private func run(_ name: String, _ cache: MappingCache, size: Int, threads: Int) async throws {
        let mappings = CodeMappings(cache: cache)
        try await measure(name, size: size, threads: threads) { vendor, codes, connection in
            try await mappings.resolve(codes, of: vendor, on: connection).count
        }
    }

    /// What no cache can beat: one dictionary that never forgets, behind a lock, asked at once.
    private func dictionary(size: Int, threads: Int) async throws {
        struct Key: Hashable {
            var vendor: String
            var code: ERPCode
        }
        var known: [Key: CodeMapping] = [:]
        for vendor in 0..<vendors {
            for code in codes {
                known[Key(vendor: "vendor-\(vendor)", code: code)] = CodeMapping(
                    restoCode: "x", restoLabel: "X")
            }
        }
        let shared = Mutex(known)
        try await measure("dictionary", size: size, threads: threads) { vendor, codes, _ in
            shared.withLock { known in
                var found: [ERPCode: CodeMapping] = [:]
                for code in codes { found[code] = known[Key(vendor: vendor, code: code)] }
                return found.count
            }
        }
    }

    private func measure(
        _ name: String, size: Int, threads: Int,
        _ call:
            @escaping @Sendable (String, ArraySlice<ERPCode>, PostgresConnection) async throws ->
            Int
    ) async throws {
        let rates = try await withThrowingTaskGroup(of: Double.self) { group in
            for thread in 0..<threads {
                group.addTask {
                    let connection = try await PostgresConnection.connect(
                        PostgresSettings(url: url, applicationName: "mapping lookups"))
                    var turn = thread * 7
                    func once() async throws -> Int {
                        turn += 1
                        let start = turn * size % (codes.count - size + 1)
                        return try await call(
                            "vendor-\(turn % vendors)", codes[start..<start + size], connection)
                    }
                    // Whatever the cache can have, it has.
                    for _ in 0..<codes.count * vendors / size { _ = try await once() }
                    let begin = ContinuousClock.now
                    var found = 0
                    var calls = 0
                    while begin.duration(to: .now) < .seconds(1) {
                        found += try await once()
                        calls += 1
                    }
                    let time = begin.duration(to: .now) / .seconds(1)
                    guard found == calls * size else { throw Fault(what: "codes are missing") }
                    await connection.close()
                    return Double(found) / time
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        print(name, threads, size, Int(rates.reduce(0, +)), separator: "\t")
    }

    struct Fault: Error, CustomStringConvertible {
        let what: String
        var description: String { what }
    }
}
