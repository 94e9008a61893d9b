/// What a chunk decides: rows of the file, or services that the file lacks.
enum ChunkSubject: Sendable {
    case row(FileRow)
    /// A service by its code.
    case missing(String)

    var code: String {
        switch self {
        case .row(let row): row.code
        case .missing(let code): code
        }
    }

    /// Nil for a service that has none.
    var line: Int64? {
        switch self {
        case .row(let row): Int64(row.line)
        case .missing: nil
        }
    }

    var isMissing: Bool {
        if case .missing = self { true } else { false }
    }
}
