/// Names of schemas, tables, columns and channels, which cannot be sent as parameters.
package enum PostgresIdentifier {
    /// The name in double quotes, so that it means itself whatever is in it.
    ///
    /// PostgreSQL has no way to write a NUL inside a name; it is left out.
    package static func quoted(_ name: String) -> String {
        var quoted = "\""
        for scalar in name.unicodeScalars where scalar != "\0" {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
