extension JSONValue {
    /// A JSON text that the database holds, as a tree; the text itself as a string if it cannot be
    /// read (nesting beyond the parser's limit).
    init(storedText text: String) {
        do throws(JSONParseError) {
            self = JSONValue(try JSONDocument(text: text).root)
        } catch {
            self = .string(text)
        }
    }

    static func double(orNull value: Double?) -> JSONValue {
        value.map(JSONValue.double) ?? .null
    }
}
