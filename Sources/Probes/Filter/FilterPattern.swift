/// A text with gaps, compared with `a` to `z` and `A` to `Z` taken as the same.
///
/// Other letters count as they are: folding by language differs between the database's collation
/// and any library, and both must select the same rows.
package struct FilterPattern: Sendable, Equatable {
    /// What must occur, in order, in lower case; the first at the beginning, the last at the end.
    private let pieces: [[UInt8]]

    /// - Parameter occurring: true if the text may stand anywhere.
    init(_ text: FilterText, occurring: Bool) {
        let pieces = text.pieces.map { Self.folded($0) }
        self.pieces = occurring ? [[]] + pieces + [[]] : pieces
    }

    /// The UTF-8 of `text` with `A` to `Z` in lower case.
    static func folded(_ text: String) -> [UInt8] {
        text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    func matches(_ text: String) -> Bool {
        let bytes = Self.folded(text)
        guard pieces.count > 1 else { return bytes == pieces[0] }
        let first = pieces[0]
        let last = pieces[pieces.count - 1]
        guard bytes.count >= first.count + last.count, bytes.starts(with: first),
            bytes.suffix(last.count).elementsEqual(last)
        else { return false }
        var rest = bytes[first.count..<(bytes.count - last.count)]
        for piece in pieces[1..<(pieces.count - 1)] {
            guard let end = Self.end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    /// Where the first occurrence of `piece` ends.
    private static func end(of piece: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = piece.first else { return bytes.startIndex }
        var index = bytes.startIndex
        while index + piece.count <= bytes.endIndex {
            if bytes[index] == first, bytes[index...].starts(with: piece) {
                return index + piece.count
            }
            index += 1
        }
        return nil
    }

    /// The pattern for `LIKE` over text in lower case.
    var like: String {
        let escaped = pieces.map { piece in
            var bytes: [UInt8] = []
            for byte in piece {
                if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "\\")
                {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        return escaped.joined(separator: "%")
    }
}
