import Postgres
import Testing

@Suite("Whose fault an SQLSTATE is")
struct VerdictTests {
    @Test(
        "a value in the row",
        arguments: ["22001", "22P02", "22021", "23505", "23503", "23514", "23P01", "P0001"])
    func row(_ sqlstate: String) {
        #expect(Verdict(sqlstate: sqlstate) == .row)
    }

    @Test(
        "the server, the network, somebody's lock",
        arguments: [
            "08006", "08P01", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014",
            "57P01", "57P02", "57P03", "58030", "25P03", "25006", nil,
        ])
    func infrastructure(_ sqlstate: String?) {
        #expect(Verdict(sqlstate: sqlstate) == .infrastructure)
    }

    @Test(
        "the statement, the schema, a privilege",
        arguments: [
            "42601", "42P01", "42501", "3D000", "3F000", "28P01", "28000", "0A000", "26000",
            "25P02", "XX000", "",
        ])
    func permanent(_ sqlstate: String) {
        #expect(Verdict(sqlstate: sqlstate) == .permanent)
    }
}
