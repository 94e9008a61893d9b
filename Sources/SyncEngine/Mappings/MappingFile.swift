import Probes

/// Reads mappings from a file or a body: a JSON list of objects, or CSV with a header.
///
/// The columns, or members: `mapping_type`, `erp_code`, `resto_code`, and `resto_label`, which may be
/// missing; in the API's spelling (`mappingType` …) too. One fault refuses all of it: a file is
/// corrected and read again.
package enum MappingFile {
    package static let mostRows = 10_000
    private static let fields = ["mapping_type", "erp_code", "resto_code", "resto_label"]

    /// - Throws: `MappingDraft.Fault`, with the row at fault, counted from 1, or the line of a CSV.
    package static func read(_ bytes: [UInt8]) throws(MappingDraft.Fault) -> [MappingDraft] {
        switch bytes.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            let document: JSONDocument
            do { document = try JSONDocument(bytes) } catch {
                throw MappingDraft.Fault("it is no JSON: \(error)")
            }
            return try read(document.root.member("mappings") ?? document.root)
        default: return try readCSV(bytes)
        }
    }

    /// From a JSON list.
    package static func read(_ list: JSONCursor) throws(MappingDraft.Fault) -> [MappingDraft] {
        guard list.kind == .array else {
            throw MappingDraft.Fault("mappings must be a list of objects")
        }
        var rows: [(place: String, texts: [String?])] = []
        for element in list.elements {
            let place = "row \(rows.count + 1)"
            guard element.kind == .object else {
                throw MappingDraft.Fault("\(place): \(element.kind.words), not an object")
            }
            var texts: [String?] = []
            for field in fields {
                let value = element[camelCase(field)] ?? element[field]
                guard let value, !value.isNull else {
                    texts.append(nil)
                    continue
                }
                guard let text = value.string, !value.hasUnstorableText else {
                    throw MappingDraft.Fault("\(place): \(field) is no text")
                }
                texts.append(text)
            }
            rows.append((place, texts))
            guard rows.count <= mostRows else { throw tooMany }
        }
        return try drafts(rows)
    }

    private static func readCSV(_ bytes: [UInt8]) throws(MappingDraft.Fault) -> [MappingDraft] {
        var reader = CSVReader()
        var columns: [Int?] = []
        var rows: [(place: String, texts: [String?])] = []
        while true {
            let record: CSVReader.Record?
            do {
                record = try reader.next { buffer, offset in
                    let start = Int(offset)
                    let count = min(buffer.count, bytes.count - start)
                    guard count > 0 else { return 0 }
                    bytes.withUnsafeBytes { all in
                        buffer.copyMemory(
                            from: UnsafeRawBufferPointer(rebasing: all[start..<start + count]))
                    }
                    return count
                }
            } catch { throw MappingDraft.Fault("\(error)") }
            switch record {
            case nil:
                guard !columns.isEmpty else {
                    throw MappingDraft.Fault("mappings has no mapping")
                }
                return try drafts(rows)
            case .bad(let bad):
                throw MappingDraft.Fault("line \(bad.line): \(bad.reason.name)")
            case .row(let row) where columns.isEmpty:
                columns = try header(texts(of: row))
                reader.columnCount = row.cells.count
            case .row(let row):
                let cells = texts(of: row)
                rows.append(
                    ("line \(row.line)", columns.map { $0.map { cells[$0] } }))
                guard rows.count <= mostRows else { throw tooMany }
            }
        }
    }

    private static func texts(of row: CSVRow) -> [String] {
        row.cells.map { cell in
            let text = row.raw(cell).text
            return cell.isDoubled ? text.replacing("\"\"", with: "\"") : text
        }
    }

    private static func header(_ names: [String]) throws(MappingDraft.Fault) -> [Int?] {
        var columns: [Int?] = []
        for field in fields {
            let place = names.firstIndex { $0 == field || $0 == camelCase(field) }
            guard place != nil || field == "resto_label" else {
                throw MappingDraft.Fault(
                    "the header has no \(field); it needs \(fields.joined(separator: ","))")
            }
            columns.append(place)
        }
        return columns
    }

    private static func drafts(
        _ rows: [(place: String, texts: [String?])]
    ) throws(MappingDraft.Fault) -> [MappingDraft] {
        var places: [ERPCode: (place: String, mapping: CodeMapping)] = [:]
        var drafts: [MappingDraft] = []
        for (place, texts) in rows {
            let draft: MappingDraft
            do {
                draft = try MappingDraft(
                    type: texts[0] ?? "", erpCode: texts[1] ?? "", restoCode: texts[2] ?? "",
                    restoLabel: texts[3])
            } catch { throw MappingDraft.Fault("\(place): \(error.message)") }
            if let other = places[draft.code] {
                guard other.mapping == draft.mapping else {
                    throw MappingDraft.Fault(
                        "\(place): \(other.place) maps the same code otherwise", isConflict: true)
                }
                continue
            }
            places[draft.code] = (place, draft.mapping)
            drafts.append(draft)
        }
        return drafts
    }

    private static var tooMany: MappingDraft.Fault {
        MappingDraft.Fault("more than \(mostRows) mappings; divide it")
    }

    /// `mapping_type` as `mappingType`.
    private static func camelCase(_ name: String) -> String {
        let words = name.split(separator: "_")
        return words.dropFirst().reduce(String(words.first ?? "")) {
            $0 + $1.prefix(1).uppercased() + $1.dropFirst()
        }
    }
}
