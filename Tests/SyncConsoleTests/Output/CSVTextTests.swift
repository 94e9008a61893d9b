import Testing

@testable import SyncConsole

@Suite("CSV output")
struct CSVTextTests {
    private func row(_ cells: String...) -> String {
        String(decoding: CSVText.row(cells.map { Array($0.utf8) }), as: UTF8.self)
    }

    @Test("quotes what must be quoted, and nothing else")
    func quotes() {
        #expect(row("1", "wrong columns", "", "é") == "1,wrong columns,,é\r\n")
        #expect(
            row("a,b", "say \"no\"", "two\nlines", "a\r")
                == "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"a\r\"\r\n")
    }

    @Test("keeps bytes that are no text")
    func bytes() {
        #expect(CSVText.row([[0xFF, 0x2C, 0x00]]) == [0x22, 0xFF, 0x2C, 0x00, 0x22, 0x0D, 0x0A])
    }
}
