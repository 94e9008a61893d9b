import CPostgres

/// Reads connection strings as libpq does.
enum ConnectionString {
    /// The settings that the string names, without those that the environment would add; nil if
    /// libpq cannot read it. (Its own message would quote parts of the string, password included.)
    static func parse(_ text: String) -> [String: String]? {
        guard let options = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parts[String(cString: keyword)] = String(cString: value)
            }
            option += 1
        }
        return parts
    }
}
