import Postgres

/// What transactions that create services, or name replacements, wait for one another by: all of it
/// at once, in the order in which a batch that is written in one piece takes it.
///
/// Written piece by piece, a batch would take one after the other what another batch holds the other
/// way round.
struct CreationLocks {
    private var counters: [(country: String, prefix: String)] = []
    private var replacements: Set<String> = []

    init(_ outcomes: [(code: String, outcome: EntityOutcome)]) {
        for write in outcomes.compactMap(\.outcome.write) {
            if case .create(let country, let prefix) = write.kind {
                counters.append((country, prefix))
            }
            if let code = write.snapshot.content.replacementServiceCode {
                replacements.insert(code)
            }
        }
    }

    /// None where nothing is created or named.
    var statements: [PostgresStatement] {
        var statements: [PostgresStatement] = []
        // One that a later piece creates is missing for the piece that names it.
        if !replacements.isEmpty {
            statements.append(
                PostgresStatement(EngineSQL.serviceLinkAlone, [.textArray(replacements.sorted())]))
        }
        if !counters.isEmpty {
            statements += [
                PostgresStatement(EngineSQL.serviceLinkShared),
                PostgresStatement(
                    EngineSQL.codeCountersHold,
                    [.textArray(counters.map(\.country)), .textArray(counters.map(\.prefix))]),
            ]
        }
        return statements
    }
}
