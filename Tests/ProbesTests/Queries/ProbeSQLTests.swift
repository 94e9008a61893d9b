import Postgres
import Testing

@testable import Probes

@Suite("Statements of the probes")
struct ProbeSQLTests {
    @Test("are all listed, and say in a comment what they are for")
    func listed() throws {
        let files = try CatalogSchema.statements(in: "Probes/SQL")
        #expect(files.map(\.name) == ProbeSQL.all.map(\.name))
        for (file, statement) in zip(files, ProbeSQL.all) {
            #expect(file.sql == statement.sql, "\(file.name)")
            #expect(file.sql.hasPrefix("-- "), "\(file.name)")
        }
    }

    @Test("explain every parameter at their top")
    func parameters() {
        for (name, sql) in ProbeSQL.all {
            let comment = sql.split(separator: "\n").prefix { $0.hasPrefix("--") }.joined()
            for number in 1...9 where sql.contains("$\(number)") {
                #expect(comment.contains("$\(number)"), "\(name) does not explain $\(number)")
            }
        }
    }

    @Test("are understood by a real server")
    func prepared() async throws {
        try await CatalogSchema.withConnection { connection in
            for (name, sql) in ProbeSQL.all {
                do {
                    try await connection.query("PREPARE \(name) AS \(sql)", isPrepared: false)
                } catch {
                    Issue.record("\(name): \(error)")
                }
            }
        }
    }

    @Test("change nothing")
    func readOnly() {
        let verbs = ["insert", "update", "delete", "truncate", "create", "alter", "nextval"]
        for (name, sql) in ProbeSQL.all {
            let body = sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
                .joined(separator: " ").replacing("'INSERT, UPDATE'", with: "").lowercased()
            let words = body.split { !$0.isLetter }
            for verb in verbs {
                #expect(!words.contains(Substring(verb)), "\(name) contains \(verb)")
            }
        }
    }
}
