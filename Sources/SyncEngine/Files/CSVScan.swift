/// One look at a row that begins at a position of a buffer: where it ends, and where its cells lie.
///
/// RFC 4180, with what the world does to it: rows end with CRLF, LF or CR; a quote inside a cell
/// that does not begin with one is a character like others.
struct CSVScan {
    enum Outcome {
        case row
        /// The buffer ends before the row does.
        case incomplete
        /// A quoted cell is longer than it may be, or reaches the end of the file.
        case quoteNotClosed
        /// Something other than a separator follows a closing quote.
        case textAfterQuote
    }

    private(set) var outcome = Outcome.row
    /// The position of the line end; of the fault, if there is one.
    private(set) var end: Int
    /// Where the next row begins.
    private(set) var next: Int
    private(set) var cellCount = 0
    /// Line ends inside the row.
    private(set) var lineEnds = 0
    private(set) var hasNUL = false
    /// Every byte of the row, laid over each other.
    private var bits: UInt64 = 0

    var isASCII: Bool { bits & ByteWords.tops == 0 }

    private let base: UnsafePointer<UInt8>
    private let limit: Int
    private let isFinal: Bool

    /// - Parameters:
    ///   - base: the buffer. A line feed stands at `limit`, and seven bytes more can be read.
    ///   - limit: where its bytes end.
    ///   - isFinal: whether the file ends there.
    ///   - cells: filled, as far as there is room.
    @inline(__always)
    init(
        _ base: UnsafePointer<UInt8>, from start: Int, to limit: Int, isFinal: Bool,
        cells: UnsafeMutablePointer<CSVCell>, cellCapacity: Int
    ) {
        self.base = base
        self.limit = limit
        self.isFinal = isFinal
        end = start
        next = start
        scan(from: start, cells, cellCapacity)
    }

    @inline(__always)
    private mutating func scan(
        from start: Int, _ cells: UnsafeMutablePointer<CSVCell>, _ cellCapacity: Int
    ) {
        var position = start
        while true {
            var cell: CSVCell
            if base[position] == UInt8(ascii: "\""), position < limit {
                let first = position &+ 1
                var isDoubled = false
                guard let close = closingQuote(from: first, &isDoubled) else { return }
                cell = CSVCell(
                    start: UInt32(truncatingIfNeeded: first &- start),
                    end: UInt32(truncatingIfNeeded: close &- start), isDoubled: isDoubled)
                position = close &+ 1
            } else {
                let first = position
                position = endOfPlain(from: first)
                cell = CSVCell(
                    start: UInt32(truncatingIfNeeded: first &- start),
                    end: UInt32(truncatingIfNeeded: position &- start), isDoubled: false)
            }
            if cellCount < cellCapacity { cells[cellCount] = cell }
            cellCount &+= 1
            if position >= limit {
                endOfBuffer()
                return
            }
            let byte = base[position]
            if byte == UInt8(ascii: ",") {
                position &+= 1
                continue
            }
            end = position
            switch byte {
            case UInt8(ascii: "\n"): next = position &+ 1
            case UInt8(ascii: "\r"):
                // What follows decides whether this is half of a line end.
                if position &+ 1 == limit, !isFinal {
                    outcome = .incomplete
                    return
                }
                let isPair = position &+ 1 < limit && base[position &+ 1] == UInt8(ascii: "\n")
                next = position &+ (isPair ? 2 : 1)
            default: outcome = .textAfterQuote
            }
            return
        }
    }

    private mutating func endOfBuffer() {
        end = limit
        next = limit
        if !isFinal { outcome = .incomplete }
    }

    /// The end of a cell without quotes: its comma, its line end, or the buffer's end.
    @inline(__always)
    private mutating func endOfPlain(from start: Int) -> Int {
        var position = start
        while true {
            position = find(ByteWords.commas, from: position)
            guard position < limit else { return limit }
            switch base[position] {
            case UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return position
            case 0: hasNUL = true
            default: break
            }
            position &+= 1
        }
    }

    /// The quote that closes a cell; nil with the outcome set if there is none.
    @inline(__always)
    private mutating func closingQuote(from start: Int, _ isDoubled: inout Bool) -> Int? {
        var position = start
        while true {
            position = find(ByteWords.quotes, from: position)
            if position >= limit || position &- start > CSVReader.maximumQuotedBytes {
                end = min(position, limit)
                outcome =
                    isFinal || position &- start > CSVReader.maximumQuotedBytes
                    ? .quoteNotClosed : .incomplete
                return nil
            }
            switch base[position] {
            case UInt8(ascii: "\""):
                if position &+ 1 == limit, !isFinal {
                    outcome = .incomplete
                    return nil
                }
                guard position &+ 1 < limit, base[position &+ 1] == UInt8(ascii: "\"") else {
                    return position
                }
                isDoubled = true
                position &+= 1
            case UInt8(ascii: "\n"): lineEnds &+= 1
            case UInt8(ascii: "\r"):
                // Before a line feed it does not count; at the buffer's end the row is scanned anew.
                if base[position &+ 1] != UInt8(ascii: "\n") || position &+ 1 == limit {
                    lineEnds &+= 1
                }
            case 0: hasNUL = true
            default: break
            }
            position &+= 1
        }
    }

    /// The first byte from `start` on that is the pattern's or a control; the buffer's end has one.
    @inline(__always)
    private mutating func find(_ pattern: UInt64, from start: Int) -> Int {
        var position = start
        while true {
            let word = ByteWords.load(base, position)
            let marks = ByteWords.marks(pattern, in: word) | ByteWords.controlMarks(in: word)
            if marks == 0 {
                bits |= word
                position &+= 8
                continue
            }
            let offset = ByteWords.position(of: marks)
            bits |= word & ((1 &<< UInt64(truncatingIfNeeded: offset &* 8)) &- 1)
            return position &+ offset
        }
    }
}
