/// What is wrong with one cell of a row.
struct CellFault: Error, Equatable {
    let reason: BadRowReason
    /// One sentence for people.
    let message: String

    /// How much of a cell a message shows, in characters.
    private static let shownCharacters = 40

    init(_ reason: BadRowReason, _ column: String, _ text: String = "") {
        self.reason = reason
        let shown = "\"\(text.prefix(Self.shownCharacters))\""
        message =
            switch reason {
            case .quoteNotClosed: "a quote is opened and never closed"
            case .textAfterQuote: "text follows a closing quote"
            case .rowTooLong: "the row is longer than \(CSVReader.maximumRowBytes) bytes"
            case .wrongColumnCount: "the row has another number of columns than the header"
            case .nulByte: "the row has a NUL byte"
            case .notUTF8: "the row is not UTF-8"
            case .codeMissing: "\(column) is empty"
            case .countryMissing: "\(column) is empty, a country was expected"
            case .countryMalformed: "\(column) is \(shown), two letters A to Z were expected"
            case .codeMalformed, .wordMalformed: Self.wordMessage(column, text)
            case .listMalformed: "\(column) is not a JSON array of texts: \(shown)"
            case .durationMalformed:
                "\(column) is \(shown), whole minutes from 0 to "
                    + "\(FieldReader.maximumDurationMinutes) were expected"
            case .flagMalformed: "\(column) is \(shown), true or false was expected"
            case .dateMalformed: "\(column) is not a date or time: \(shown)"
            case .duplicateCode: "\(column) \(shown) stands in more than one row"
            }
    }

    private static func wordMessage(_ column: String, _ text: String) -> String {
        text.utf8.count > FieldReader.maximumWordBytes
            ? "\(column) is longer than \(FieldReader.maximumWordBytes) bytes"
            : "\(column) has a control character"
    }

    static func columns(_ count: Int, expected: Int) -> String {
        "the row has \(count) columns, \(expected) were expected"
    }
}
