extension Header {
    /// As `jsonb` holds them: `[{"name":"a","value":"text"},{"name":"b","hex":"00ff"}]`. A value
    /// that is not text is shown in hexadecimal.
    static func list(storedText text: String?) -> [Header] {
        guard let text else { return [] }
        do throws(JSONParseError) {
            return try JSONDocument(text: text).root.elements.compactMap { entry in
                guard let name = entry["name"]?.string else { return nil }
                if let hex = entry["hex"]?.string {
                    return Header(name: name, value: "0x" + hex)
                }
                return Header(name: name, value: entry["value"]?.string ?? "")
            }
        } catch {
            return []
        }
    }
}

extension FieldChange {
    /// As `review_items.changes` holds them: `[{"field","before","after","reasons"}]`.
    static func list(storedText text: String) -> [FieldChange] {
        do throws(JSONParseError) {
            return try JSONDocument(text: text).root.elements.compactMap { entry in
                guard let field = entry["field"]?.string else { return nil }
                return FieldChange(
                    field: field, before: compact(entry["before"]), after: compact(entry["after"]),
                    reasons: entry["reasons"]?.elements.compactMap(\.string) ?? [])
            }
        } catch {
            return []
        }
    }

    private static func compact(_ value: JSONCursor?) -> String {
        value.map { JSONWriter.text(JSONValue($0)) } ?? "null"
    }
}
