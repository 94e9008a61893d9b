/// Why a row cannot be taken.
package enum BadRowReason: UInt8, CaseIterable, Sendable {
    case quoteNotClosed
    case textAfterQuote
    case rowTooLong
    case wrongColumnCount
    case nulByte
    case notUTF8
    case codeMissing
    case codeMalformed
    case countryMissing
    case countryMalformed
    case wordMalformed
    case listMalformed
    case durationMalformed
    case flagMalformed
    case dateMalformed
    case duplicateCode

    /// In snake_case, as it is stored and shown.
    package var name: String {
        switch self {
        case .quoteNotClosed: "quote_not_closed"
        case .textAfterQuote: "text_after_quote"
        case .rowTooLong: "row_too_long"
        case .wrongColumnCount: "wrong_column_count"
        case .nulByte: "nul_byte"
        case .notUTF8: "not_utf8"
        case .codeMissing: "code_missing"
        case .codeMalformed: "code_malformed"
        case .countryMissing: "country_missing"
        case .countryMalformed: "country_malformed"
        case .wordMalformed: "word_malformed"
        case .listMalformed: "list_malformed"
        case .durationMalformed: "duration_malformed"
        case .flagMalformed: "flag_malformed"
        case .dateMalformed: "date_malformed"
        case .duplicateCode: "duplicate_code"
        }
    }

    /// Whether the row does not even have cells: its quotes, columns or bytes are wrong.
    var isStructural: Bool { rawValue <= BadRowReason.notUTF8.rawValue }
}

/// A row that cannot be taken, as it is kept and shown.
package struct BadRow: Sendable, Equatable {
    /// The most of a row that is kept.
    package static let maximumRawBytes = 64 << 10

    /// Where the row begins; the header's line is 1.
    package let line: Int
    /// Nil if it cannot be read.
    package let code: String?
    package let reason: BadRowReason
    /// One sentence for people.
    package let message: String
    /// The row as it stands in the file, at most `maximumRawBytes` of it.
    package let raw: [UInt8]
}
