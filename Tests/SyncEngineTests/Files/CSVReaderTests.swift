import Testing

@testable import SyncEngine

@Suite("CSV reader")
struct CSVReaderTests {
    @Test("rows end with a line feed, with both, or with a carriage return alone")
    func lineEnds() {
        let rows = [["a", "b"], ["c", "d"], ["e", "f"]]
        #expect(CSVReading.cells("a,b\nc,d\ne,f\n") == rows)
        #expect(CSVReading.cells("a,b\r\nc,d\r\ne,f\r\n") == rows)
        #expect(CSVReading.cells("a,b\rc,d\re,f\r") == rows)
        #expect(CSVReading.cells("a,b\rc,d\r\ne,f") == rows)
    }

    @Test("a byte order mark is no part of the first cell")
    func byteOrderMark() {
        #expect(CSVReading.cells("\u{FEFF}a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(CSVReading.cells("\u{FEFF}") == [])
        #expect(CSVReading.read("\u{FEFF}a\n").records == [.row(line: 1, offset: 3, cells: ["a"])])
    }

    @Test("quotes protect commas, line ends and doubled quotes")
    func quotes() {
        #expect(CSVReading.cells("\"a,b\",\"c\nd\"\n") == [["a,b", "c\nd"]])
        #expect(CSVReading.cells("\"say \"\"hi\"\"\",x\n") == [["say \"hi\"", "x"]])
        #expect(CSVReading.cells("\"\",\"\"\"\"\n") == [["", "\""]])
        #expect(CSVReading.cells("\"a\",\"b\"") == [["a", "b"]])
    }

    @Test("a quote inside a cell that does not begin with one is a character")
    func quoteInside() {
        #expect(CSVReading.cells("5\" pipe,a\"b\"\n") == [["5\" pipe", "a\"b\""]])
        #expect(CSVReading.cells(" \"a\",b\n") == [[" \"a\"", "b"]])
    }

    @Test("empty cells count, empty lines do not")
    func empty() {
        #expect(CSVReading.cells(",,\n\n\r\n,\n") == [["", "", ""], ["", ""]])
        #expect(CSVReading.cells("") == [])
        #expect(CSVReading.cells("\n\r\n\r") == [])
        #expect(CSVReading.lines("a\n\nb\r\n\r\n\rc\n") == [1, 3, 6])
    }

    @Test("a row's line is the one on which it begins")
    func lines() {
        #expect(CSVReading.lines("h\n\"a\nb\r\nc\rd\"\nx\n") == [1, 2, 6])
        #expect(CSVReading.lines("h\r\"a\r\"\rx") == [1, 2, 4])
    }

    @Test("a quote that is never closed takes its own line only")
    func quoteNotClosed() {
        #expect(
            CSVReading.cells("a,b\n1,\"x\n2,y\n3,z\n") == [
                ["a", "b"], ["<quote_not_closed>", "1,\"x"], ["2", "y"], ["3", "z"],
            ])
        #expect(CSVReading.lines("a,b\n1,\"x\n2,y\n3,z\n") == [1, 2, 3, 4])
        #expect(CSVReading.cells("\"") == [["<quote_not_closed>", "\""]])
    }

    @Test("a quote that is closed by a later row's opening quote does not swallow that row")
    func quoteClosedByAnother() {
        #expect(
            CSVReading.cells("1,\"x\n2,\"y\"\n3,z\n") == [
                ["<text_after_quote>", "1,\"x"], ["2", "y"], ["3", "z"],
            ])
    }

    @Test("text behind a closing quote makes a bad row of the first line")
    func textAfterQuote() {
        #expect(
            CSVReading.cells("\"a \"quoted\" b\",1\nx,2\n") == [
                ["<text_after_quote>", "\"a \"quoted\" b\",1"], ["x", "2"],
            ])
        #expect(CSVReading.cells("\"a\" ,1") == [["<text_after_quote>", "\"a\" ,1"]])
    }

    @Test("a quoted cell beyond a megabyte has lost its closing quote")
    func quoteTooLong() {
        let text = "a,\"" + String(repeating: "line\n", count: 300_000) + "\",b\nc,d,e\n"
        let records = CSVReading.read(text).records
        #expect(
            records.first
                == .bad(line: 1, offset: 0, reason: .quoteNotClosed, raw: "a,\"line"))
        #expect(records.last == .row(line: 300_002, offset: 1_500_006 + 1, cells: ["c", "d", "e"]))
        #expect(records.dropFirst().first == .row(line: 2, offset: 8, cells: ["line"]))
    }

    @Test("a row beyond four megabytes is passed over")
    func rowTooLong() {
        let long = String(repeating: "x", count: 9 << 20)
        let records = CSVReading.read("a,b\n\(long)\nc,d\n").records
        #expect(records.count == 3)
        guard case .bad(let line, let offset, let reason, _) = records[1] else {
            Issue.record("not bad")
            return
        }
        #expect((line, offset, reason) == (2, 4, .rowTooLong))
        #expect(
            records[2] == .row(line: 3, offset: Int64(4 + long.utf8.count + 1), cells: ["c", "d"]))
    }

    @Test("another number of columns than the header's makes a bad row")
    func columnCount() {
        #expect(
            CSVReading.cells("1,2\n1\n1,2,3\n\"a\nb\"\n3,4\n", columns: 2) == [
                ["1", "2"], ["<wrong_column_count>", "1"], ["<wrong_column_count>", "1,2,3"],
                ["<wrong_column_count>", "\"a\nb\""], ["3", "4"],
            ])
    }

    @Test("NUL bytes and what is not UTF-8 make bad rows")
    func bytes() {
        #expect(
            CSVReading.cells("a\0,b\n\"\0\",c\nd,e\n").map { $0[0] } == [
                "<nul_byte>", "<nul_byte>", "d",
            ])
        let bad: [[UInt8]] = [
            [0xFF], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
        ]
        for bytes in bad {
            let text = Array("12345,".utf8) + bytes + Array(",x\nc,d,e\n".utf8)
            let records = CSVReading.read(text).records
            #expect(records.count == 2)
            guard case .bad(1, 0, .notUTF8, _) = records[0] else {
                Issue.record("\(bytes) was taken for UTF-8")
                continue
            }
        }
        #expect(CSVReading.cells("é,€,😀\u{10FFFF}\n") == [["é", "€", "😀\u{10FFFF}"]])
    }

    @Test("a file without a line end at its end has its last row, and says so")
    func noLineEnd() {
        let with = CSVReading.read("a,b\nc,d\n")
        let without = CSVReading.read("a,b\nc,d")
        #expect(with.records == without.records)
        #expect(with.endsWithLineEnd)
        #expect(!without.endsWithLineEnd)
        #expect(!CSVReading.read("").endsWithLineEnd)
        #expect(!CSVReading.read("a\n\"b").endsWithLineEnd)
        #expect(CSVReading.read("a\n\"b\n").endsWithLineEnd)
    }

    /// Everything that is hard, in one file.
    static let nasty =
        "\u{FEFF}h1,h2,h3\r\n\"a\r\nb\",\"c\"\"d\",\r\n\n\"é\n\",\"\",łódź\r1,2\n\"x\"y,1,2\n"
        + "5\"6,\"\",\"€😀\"\r\n,\"open\n3,\"q\",r\r\r\n\"\"\"\",\0,\n\"a\"\"\r\n\"\"b\",,end\r\n"
        + "last,\"not,closed\r\nx"

    @Test("wherever the bytes are divided, the rows are the same", arguments: [16, 64, 4_096])
    func everySplit(chunkBytes: Int) {
        let bytes = Array(Self.nasty.utf8)
        let whole = CSVReading.read(bytes, columns: 3)
        #expect(whole.records.count == 12)
        #expect(whole.bytes == Int64(bytes.count))
        for split in 1..<bytes.count {
            #expect(
                CSVReading.read(
                    bytes, columns: 3, chunkBytes: chunkBytes, pieces: [split, .max]) == whole,
                "split at \(split)")
        }
        for piece in 1...17 {
            #expect(
                CSVReading.read(bytes, columns: 3, chunkBytes: chunkBytes, pieces: [piece])
                    == whole, "pieces of \(piece)")
        }
    }

    @Test("every beginning of a file is read without a fault of ours")
    func everyBeginning() {
        let bytes = Array(Self.nasty.utf8)
        for end in 0...bytes.count {
            let whole = CSVReading.read(Array(bytes[..<end]), columns: 3)
            #expect(
                CSVReading.read(Array(bytes[..<end]), columns: 3, chunkBytes: 16, pieces: [1, 3])
                    == whole)
            #expect(whole.bytes == Int64(end))
        }
    }
}
