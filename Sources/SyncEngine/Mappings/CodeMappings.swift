import Postgres

/// Resolves vendors' codes: from the cache, and the rest by one query.
package struct CodeMappings: Sendable {
    package let cache: MappingCache

    package init(cache: MappingCache) {
        self.cache = cache
    }

    /// What the codes are called here; those without an active mapping are absent.
    ///
    /// - Parameter codes: each once, of at most 100 characters.
    /// - Throws: `PostgresError`.
    package func resolve(
        _ codes: some Collection<ERPCode> & Sendable, of vendor: String,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [ERPCode: CodeMapping] {
        let lookup = cache.lookUp(codes, of: vendor)
        var resolved = lookup.known.compactMapValues { $0 }
        guard !lookup.unknown.isEmpty else { return resolved }
        let rows = try await connection.query(
            EngineSQL.mappingResolve,
            [
                .text(vendor), .textArray(lookup.unknown.map(\.type.rawValue)),
                .textArray(lookup.unknown.map(\.code.text)),
            ])
        var answers: [ERPCode: CodeMapping?] = [:]
        for code in lookup.unknown { answers[code] = .some(nil) }
        for row in rows {
            let code = lookup.unknown[Int(try row.int(0)) - 1]
            let mapping = CodeMapping(restoCode: try row.string(1), restoLabel: try row.string(2))
            answers[code] = mapping
            resolved[code] = mapping
        }
        cache.keep(answers, of: vendor, since: lookup.ticket)
        return resolved
    }

    /// What one code is called here; nil without an active mapping.
    package func resolve(
        _ type: MappingType, _ code: String, of vendor: String, on connection: PostgresConnection
    ) async throws(PostgresError) -> CodeMapping? {
        let code = ERPCode(type, code)
        return try await resolve([code], of: vendor, on: connection)[code]
    }
}
