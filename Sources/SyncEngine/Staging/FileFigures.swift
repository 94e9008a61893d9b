/// What a file looks like, for people and for the limits that a run asks about.
package struct FileFigures: Sendable, Equatable {
    /// Read so far; in the end the file's size.
    package var bytes: Int64 = 0
    /// Rows behind the header, the bad ones included, empty lines not.
    package var rows = 0
    /// Bad rows by reason. Duplicates are found by the comparison and are not among these.
    package var badRows: [BadRowReason: Int] = [:]
    /// Of the good rows, how many have something in each column of the layout.
    package var filled: [Int] = []
    package var endsWithLineEnd = false
    /// Whether the file's last row breaks off: its line end is missing and it has too few columns,
    /// or its last quote is not closed.
    package var isCutOff = false

    package var badRowCount: Int { badRows.values.reduce(0, +) }
    package var goodRows: Int { rows - badRowCount }
}
