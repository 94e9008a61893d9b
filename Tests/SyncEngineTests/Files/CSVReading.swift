@testable import SyncEngine

/// What a reader makes of some bytes, as values.
enum CSVReading {
    enum Record: Equatable {
        case row(line: Int, offset: Int64, cells: [String])
        case bad(line: Int, offset: Int64, reason: BadRowReason, raw: String)
    }

    struct Result: Equatable {
        var records: [Record] = []
        var endsWithLineEnd = false
        var bytes: Int64 = 0
    }

    /// - Parameters:
    ///   - columns: of the header; nil takes any number.
    ///   - pieces: the sizes in which the bytes arrive, over and over.
    static func read(
        _ bytes: [UInt8], columns: Int? = nil, chunkBytes: Int = 1 << 16, pieces: [Int] = [.max]
    ) -> Result {
        var reader = CSVReader(chunkBytes: chunkBytes)
        reader.columnCount = columns
        var result = Result()
        var arrivals = 0
        let source: CSVReader.Source = { buffer, offset in
            let piece = pieces[arrivals % pieces.count]
            arrivals += 1
            let count = min(piece, buffer.count, bytes.count - Int(offset))
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: .init(rebasing: $0[Int(offset)..<Int(offset) + count]))
            }
            return count
        }
        while let record = try? reader.next(source) {
            switch record {
            case .row(let row):
                result.records.append(
                    .row(line: row.line, offset: row.offset, cells: row.cells.map(text(in: row))))
            case .bad(let line):
                result.records.append(
                    .bad(
                        line: line.line, offset: line.offset, reason: line.reason,
                        raw: line.bytes.text))
            }
        }
        result.endsWithLineEnd = reader.endsWithLineEnd
        result.bytes = reader.offset
        return result
    }

    static func read(_ text: String, columns: Int? = nil) -> Result {
        read(Array(text.utf8), columns: columns)
    }

    /// The cells of the rows, and the reasons of bad lines in angle brackets.
    static func cells(_ text: String, columns: Int? = nil) -> [[String]] {
        read(text, columns: columns).records.map { record in
            switch record {
            case .row(_, _, let cells): cells
            case .bad(_, _, let reason, let raw): ["<\(reason.name)>", raw]
            }
        }
    }

    static func lines(_ text: String, columns: Int? = nil) -> [Int] {
        read(text, columns: columns).records.map { record in
            switch record {
            case .row(let line, _, _), .bad(let line, _, _, _): line
            }
        }
    }

    private static func text(in row: CSVRow) -> (CSVCell) -> String {
        { cell in
            var scratch = ScratchBuffer()
            let raw = row.raw(cell)
            return cell.isDoubled ? scratch.undoubled(raw).text : raw.text
        }
    }
}
