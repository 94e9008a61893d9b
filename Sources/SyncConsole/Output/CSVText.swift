/// Rows of a CSV file as RFC 4180 has them.
enum CSVText {
    /// One row with its line end; cells are quoted where they must be.
    static func row(_ cells: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes += [0x0D, 0x0A]
        return bytes
    }

    private static func append(_ cell: [UInt8], to bytes: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        guard cell.contains(where: { [quote, UInt8(ascii: ","), 0x0D, 0x0A].contains($0) }) else {
            bytes += cell
            return
        }
        bytes.append(quote)
        for byte in cell {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }
}
