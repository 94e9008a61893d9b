import Testing

@testable import Probes

@Suite("Filter suggestions")
struct FilterSuggestionTests {
    private func texts(_ text: String, cursor: Int? = nil) -> [String] {
        Filter<LetterRow>.suggestions(for: text, cursor: cursor).map(\.text)
    }

    @Test("offers every field where nothing is typed yet")
    func everything() {
        #expect(texts("").prefix(5) == ["state:", "reason:", "entity_id:", "country:", "age>"])
    }

    @Test("completes the name under the cursor, also a second name of a field")
    func names() {
        #expect(
            texts("state:open re") == ["reason:", "resolved_at:", "resolved_by:", "resolution:"])
        #expect(texts("!cod") == ["code:"])
        #expect(texts("zzz") == [])
    }

    @Test("completes the words that a field takes, also the last of several")
    func words() {
        #expect(texts("state:") == ["open", "retrying", "resolved"])
        #expect(texts("state:re") == ["retrying", "resolved"])
        #expect(texts("state:open,re") == ["retrying", "resolved"])
        #expect(texts("reason:") == [])
        #expect(texts("age>") == ["5m", "1h", "1d"])
    }

    @Test("replaces only what was typed of the word")
    func ranges() {
        let inName = Filter<LetterRow>.suggestions(for: "age>1h !sta x", cursor: 11)
        #expect(
            inName == [
                FilterSuggestion(
                    text: "state:", replaces: 8..<11, hint: "one of open, retrying, resolved"),
                FilterSuggestion(
                    text: "stage:", replaces: 8..<11,
                    hint: "a whole value, or its beginning and *"),
            ])
        let inValue = Filter<LetterRow>.suggestions(for: "state:open,re")
        #expect(inValue.map(\.replaces) == [11..<13, 11..<13])
    }

    @Test("keeps silent within quotes")
    func quotes() {
        #expect(texts("error:\"st") == [])
        #expect(texts("\"a st\" st").prefix(1) == ["state:"])
    }
}
