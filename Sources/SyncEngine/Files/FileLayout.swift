/// What a file carries, read from its header: columns in any order, languages as it likes.
package struct FileLayout: Sendable {
    /// Why the header cannot be read at all, a sentence; nil if it can, or if the file is empty.
    package let fault: String?
    /// Every column, in the file's order. Empty if the file is, or its header cannot be read.
    package let columns: [FileColumn]
    /// The fields that a row says something about. The status is among them although no column has
    /// it: what the file lists is active.
    package let fields: ServiceFieldSet
    /// The languages of each field in languages that has a column.
    package let languages: [ServiceField: Set<String>]
    /// Texts by tag, for the digest.
    let texts: [TextColumn]
    let digestPlan: ContentDigestPlan

    /// A column of texts in one language.
    struct TextColumn: Sendable {
        let column: Int
        let key: ContentDigestKey
    }

    /// - Parameters:
    ///   - header: the cells of the first row.
    ///   - fault: why there are none.
    package init(header: [String], fault: String? = nil) {
        self.fault = fault
        var columns: [FileColumn] = []
        var seen: Set<String> = []
        for cell in header {
            let column = FileColumn(cell)
            let isNew = seen.insert(column.name).inserted
            // Columns without a name say nothing, however many they are.
            columns.append(isNew || column.name.isEmpty ? column : column.asRepeated)
        }
        self.columns = columns
        var fields = ServiceFieldSet([.status])
        var languages: [ServiceField: Set<String>] = [:]
        var texts: [TextColumn] = []
        for (index, column) in columns.enumerated() {
            switch column.kind {
            case .field(let field): fields.insert(field)
            case .text(let field, let language):
                fields.insert(field)
                languages[field, default: []].insert(language)
                texts.append(
                    TextColumn(
                        column: index, key: ContentDigestKey(field: field, language: language)))
            case .code, .version, .unknown, .repeated: break
            }
        }
        self.fields = fields
        self.languages = languages
        self.texts = texts.sorted { $0.key.tag < $1.key.tag }
        digestPlan = ContentDigestPlan(fields: fields, tags: texts.map(\.key.tag))
    }
}

extension FileLayout {
    /// Whether rows can be told apart: there is a column `external_service_code`.
    package var isReadable: Bool { columns.contains { $0.kind == .code } }

    /// Whether rows can be compared by digest: every column of the seed's layout that is neither a
    /// date nor a language is there. Otherwise they are compared by their values, which is slower.
    package var isComparableByDigest: Bool { digestPlan.isComparable }

    /// Names that mean nothing here, in the file's order.
    package var unknown: [String] { columns.filter { $0.kind == .unknown }.map(\.name) }

    /// Names that stand in the header more than once; the first column holds.
    package var repeated: [String] { columns.filter { $0.kind == .repeated }.map(\.name) }

    /// The seed's columns, languages left aside, that the file does not have.
    package var missing: [String] {
        let names = Set(columns.map(\.name))
        return FileColumn.fixedNames.filter { !names.contains($0) }
    }
}
