import Postgres
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "are quoted whatever is in them",
        arguments: [
            ("plain", "\"plain\""), ("Sel\"ect", "\"Sel\"\"ect\""), ("", "\"\""),
            ("a\0b", "\"ab\""), ("日本", "\"日本\""),
            // A combining mark must not hide the quote from us.
            ("a\"\u{301}", "\"a\"\"\u{301}\""),
        ])
    func quoted(_ name: String, _ quoted: String) {
        #expect(PostgresIdentifier.quoted(name) == quoted)
    }
}
