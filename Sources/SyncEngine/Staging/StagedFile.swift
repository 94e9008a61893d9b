/// A file that has been read and digested. Its rows are read again, in values, where they stand.
package struct StagedFile: Sendable {
    package let layout: FileLayout
    package let figures: FileFigures
    let file: SourceFile
    let calendar: SourceCalendar
    let settings: StagingSettings
    let records: SealedRecords<StagedRow>
    /// Found while reading, in the file's order; the comparison finds duplicates besides.
    let badRows: [BadRowReference]
}

extension StagedFile {
    /// Reads a row in values. Blocks for one read.
    ///
    /// - Throws: `StagingError.fileChanged` if the row does not say what it said.
    package func row(at reference: RowReference) throws -> FileRow {
        try rows(at: [reference])[0]
    }

    /// Reads rows in values, in the order given: cheapest in the file's order.
    package func rows(at references: [RowReference]) throws -> [FileRow] {
        var digester = RowDigester(
            layout: layout, calendar: calendar, codeSeed: settings.codeSeed)
        var decoder = RowDecoder(layout: layout, calendar: calendar)
        var filled = [Int](repeating: 0, count: layout.columns.count)
        var rows: [FileRow] = []
        rows.reserveCapacity(references.count)
        for reference in references {
            let changed = StagingError.fileChanged(line: reference.line)
            var reader = reader(
                at: reference.offset, length: Int(reference.length), line: reference.line,
                columnCount: layout.columns.count)
            let source = source(upTo: reference.offset + Int64(reference.length))
            guard case .row(let row) = try reader.next(source),
                case .good(let key, let digest) = filled.withUnsafeMutableBufferPointer({
                    filled in filled.baseAddress.map { digester.digest(row, filled: $0) }
                }),
                RowReference.check(key: key, digest: digest) == reference.check,
                let decoded = try? decoder.decode(row)
            else { throw changed }
            rows.append(decoded)
        }
        return rows
    }

    /// Where the good rows of services stand, by their codes, in the file's order.
    package func references(
        to codes: some Sequence<String>
    ) throws(StagingError) -> [RowReference] {
        var keys: Set<UInt64> = []
        for var code in codes {
            let seed = settings.codeSeed
            keys.insert(code.withUTF8 { CodeKey.of(UnsafeRawBufferPointer($0), seed: seed) })
        }
        var references: [RowReference] = []
        for partition in Set(keys.map(CodePartition.of)) {
            for row in try records.records(of: partition) where !row.isBad {
                if keys.contains(row.key) { references.append(RowReference(row, isKnown: true)) }
            }
        }
        return references.sorted { $0.offset < $1.offset }
    }

    /// The bad rows that reading found and kept, from the one with this index on.
    ///
    /// - Returns: none behind the last one.
    package func badRows(from index: Int, upTo count: Int) throws -> [BadRow] {
        try badRows.dropFirst(index).prefix(count).map { try badRow($0) }
    }

    func badRow(_ reference: BadRowReference) throws -> BadRow {
        let raw = try file.bytes(
            at: reference.offset, count: min(reference.length, BadRow.maximumRawBytes))
        let (code, message) = try account(of: reference)
        return BadRow(
            line: reference.line, code: code, reason: reference.reason, message: message, raw: raw)
    }

    /// The code of a bad row as far as it can be read, and what is wrong in words.
    private func account(of reference: BadRowReference) throws -> (String?, String) {
        var decoder = RowDecoder(layout: layout, calendar: calendar)
        let isStructural = reference.reason.isStructural
        var reader = reader(
            at: reference.offset, length: reference.length, line: reference.line,
            columnCount: isStructural ? nil : layout.columns.count)
        let record = try reader.next(source(upTo: reference.offset + Int64(reference.length)))
        if isStructural {
            let code: String? =
                switch record {
                case .row(let row): decoder.code(of: row.asBadLine(reference.reason))
                case .bad(let line): decoder.code(of: line)
                case nil: nil
                }
            return (
                code,
                reference.reason == .wrongColumnCount
                    ? CellFault.columns(reference.columnCount, expected: layout.columns.count)
                    : CellFault(reference.reason, "").message
            )
        }
        guard case .row(let row) = record else {
            throw StagingError.fileChanged(line: reference.line)
        }
        let code = try? decoder.code(row)
        if reference.reason == .duplicateCode {
            let column = layout.columns.first { $0.kind == .code }?.name ?? ""
            return (code, CellFault(.duplicateCode, column, code ?? "").message)
        }
        do throws(CellFault) {
            _ = try decoder.decode(row)
        } catch {
            return (code, error.message)
        }
        throw StagingError.fileChanged(line: reference.line)
    }

    private func reader(at offset: Int64, length: Int, line: Int, columnCount: Int?) -> CSVReader {
        CSVReader(
            chunkBytes: length + 16, offset: offset, line: line, columnCount: columnCount)
    }

    private func source(upTo end: Int64) -> CSVReader.Source {
        { buffer, offset in
            let count = Int(max(0, min(Int64(buffer.count), end - offset)))
            guard count > 0 else { return 0 }
            return try file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: offset)
        }
    }
}
