extension ExportFile {
    /// The file's bytes: the header and a line for each row.
    var bytes: [UInt8] {
        let lineEnd = style.isFromSpreadsheet ? "\r\n" : "\n"
        var text = style.isFromSpreadsheet ? "\u{FEFF}" : ""
        let header = rows.first.map { cells(of: $0.service).map(\.name) } ?? []
        text += header.joined(separator: ",") + lineEnd
        for row in rows {
            text += line(of: row) + lineEnd
        }
        return Array(text.utf8)
    }

    private func line(of row: ExportRow) -> String {
        var texts = cells(of: row.service).map { ($0.name, Self.text(of: $0.value, in: $0.name)) }
        if case .spoilt(_, let fault) = row {
            for index in texts.indices {
                switch (fault, texts[index].0) {
                case (.brokenList, "scope_included"): texts[index].1.removeLast(2)
                case (.impossibleDate, "effective_from"): texts[index].1 = "2025-02-30"
                default: break
                }
            }
            if fault == .oneCellTooMany { texts.insert(("", "sobra"), at: texts.count / 2) }
        }
        return texts.map { Self.quoted($0.1) }.joined(separator: ",")
    }

    /// Dates stand without a time: all of them are midnights.
    private static func text(of value: JSONTree?, in column: String) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): column.hasPrefix("effective_") ? String(text.prefix(10)) : text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .some(let other): other.text
        }
    }

    private static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
