import Probes

/// What the cells of a file may say, read from their bytes. The fast and the exact reading of a row
/// both ask here, and so cannot disagree.
enum CellRules {
    /// A date cell: a day of the source's calendar, or a moment.
    enum Moment: Equatable {
        case day(Int64)
        case moment(Timestamp)
    }

    /// At most 200 bytes without control characters (C0, DEL, C1), as `FieldReader.isWord` has it.
    @inline(__always)
    static func isWord(_ cell: CellBytes) -> Bool {
        guard cell.count <= FieldReader.maximumWordBytes else { return false }
        var position = 0
        while position < cell.count {
            let word = ByteWords.load(cell.start, position)
            let rest = cell.count &- position
            let inside = rest >= 8 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: rest &* 8)) &- 1
            // The lowest mark is exact, and only whether there is one is asked.
            let marks =
                (ByteWords.controlMarks(in: word) | ByteWords.marks(ByteWords.deletes, in: word))
                & inside
            guard marks == 0 else { return false }
            if word & ByteWords.tops & inside != 0, hasC1(cell, from: position) { return false }
            position &+= 8
        }
        return true
    }

    /// C1 controls are U+0080 to U+009F: C2 80 to C2 9F.
    private static func hasC1(_ cell: CellBytes, from start: Int) -> Bool {
        var position = start
        while position + 1 < cell.count {
            if cell[position] == 0xC2, cell[position + 1] < 0xA0 { return true }
            position += 1
        }
        return false
    }

    /// Two letters A to Z.
    @inline(__always)
    static func isCountry(_ cell: CellBytes) -> Bool {
        cell.count == 2 && cell[0] &- UInt8(ascii: "A") < 26 && cell[1] &- UInt8(ascii: "A") < 26
    }

    /// Whole minutes, 0 to a year: digits, and maybe a fraction of zeros, as spreadsheets write it.
    @inline(__always)
    static func minutes(_ cell: CellBytes) -> Int? {
        guard (1...9).contains(cell.count) else { return nil }
        var value = 0
        for position in 0..<cell.count {
            let digit = cell[position] &- UInt8(ascii: "0")
            guard digit <= 9 else {
                guard position > 0, isFractionOfZeros(cell, from: position) else { return nil }
                break
            }
            value = value &* 10 &+ Int(digit)
        }
        return value <= FieldReader.maximumDurationMinutes ? value : nil
    }

    /// `.0`, `.00` and so on up to the end of the cell.
    private static func isFractionOfZeros(_ cell: CellBytes, from start: Int) -> Bool {
        guard cell[start] == UInt8(ascii: "."), start + 1 < cell.count else { return false }
        return (start + 1..<cell.count).allSatisfy { cell[$0] == UInt8(ascii: "0") }
    }

    /// `true` or `false` in any case, `1` or `0`; empty is false.
    @inline(__always)
    static func flag(_ cell: CellBytes) -> Bool? {
        switch cell.count {
        case 0: false
        case 1 where cell[0] == UInt8(ascii: "0"): false
        case 1 where cell[0] == UInt8(ascii: "1"): true
        case 4 where cell.isLetters("true"): true
        case 5 where cell.isLetters("false"): false
        default: nil
        }
    }

    /// `2025-02-01`, or an ISO 8601 moment as `Timestamp` reads it.
    @inline(__always)
    static func moment(_ cell: CellBytes) -> Moment? {
        guard cell.count == 10 else {
            return Timestamp(iso8601: cell.buffer).map { .moment($0) }
        }
        guard cell[4] == UInt8(ascii: "-"), cell[7] == UInt8(ascii: "-"),
            let year = number(cell, 0, 4), let month = number(cell, 5, 2),
            let day = number(cell, 8, 2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return .day(date.daysSinceEpoch)
    }

    @inline(__always)
    private static func number(_ cell: CellBytes, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for position in start..<start &+ count {
            let digit = cell[position] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        return value
    }
}

extension CellBytes {
    /// - Parameter letters: as many as the cell has, in lower case.
    @inline(__always)
    fileprivate func isLetters(_ letters: StaticString) -> Bool {
        for position in 0..<count
        where start[position] | 0x20 != letters.utf8Start[position] { return false }
        return true
    }
}
