/// One line of text being typed.
struct TextField: Sendable, Equatable {
    /// More is not taken: reasons and filters are sentences, not documents.
    static let maximumLength = 500

    private var scalars: [Unicode.Scalar]
    private(set) var cursor: Int

    init(_ text: String = "") {
        scalars = Array(text.unicodeScalars.prefix(Self.maximumLength))
        cursor = scalars.count
    }

    var text: String {
        get { String(String.UnicodeScalarView(scalars)) }
        set { self = TextField(newValue) }
    }

    /// The cursor's place in characters, as the filter language counts.
    var charactersBeforeCursor: Int {
        String(String.UnicodeScalarView(scalars[..<cursor])).count
    }

    /// The text without blanks at its ends.
    var trimmed: String {
        var slice = scalars[...]
        while slice.first == " " { slice.removeFirst() }
        while slice.last == " " { slice.removeLast() }
        return String(String.UnicodeScalarView(slice))
    }

    /// Takes a key that edits; false if the key means nothing to a field.
    mutating func take(_ key: Key) -> Bool {
        if let scalar = key.typed {
            insert([scalar])
            return true
        }
        switch key {
        case .backspace:
            if cursor > 0 {
                cursor -= 1
                scalars.remove(at: cursor)
            }
        case .delete: if cursor < scalars.count { scalars.remove(at: cursor) }
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(scalars.count, cursor + 1)
        case .home, .ctrl("a"): cursor = 0
        case .end, .ctrl("e"): cursor = scalars.count
        case .ctrl("u"):
            scalars.removeFirst(cursor)
            cursor = 0
        case .ctrl("w"):
            while cursor > 0, scalars[cursor - 1] == " " { removeBefore() }
            while cursor > 0, scalars[cursor - 1] != " " { removeBefore() }
        default: return false
        }
        return true
    }

    /// Inserts pasted text as one line: runs of line ends, tabs and other controls become one
    /// blank. The rest of the cleaning happens where it is drawn.
    mutating func paste(_ text: String) {
        var line: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars.prefix(Self.maximumLength * 2) {
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                if line.last != " " { line.append(" ") }
            } else {
                line.append(scalar)
            }
        }
        while line.last == " " { line.removeLast() }
        insert(line)
    }

    /// Draws the field over `width` columns and rests the terminal's cursor in it.
    func draw(into canvas: inout Canvas, row: Int, column: Int, width: Int, isFocused: Bool) {
        guard width > 0 else { return }
        // Enough is cut off at the left for the cursor to be in view.
        var start = 0
        while start < cursor, columns(start..<cursor, canvas.glyphs) >= width { start += 1 }
        let visible = String(String.UnicodeScalarView(scalars[start...]))
        canvas.fill(
            Rect(row: row, column: column, rows: 1, columns: width), style: Style(.input))
        canvas.write(
            visible, row: row, column: column, style: Style(.input), width: width, overflow: .clip)
        if isFocused {
            canvas.placeCursor(row: row, column: column + columns(start..<cursor, canvas.glyphs))
        }
    }

    private func columns(_ range: Range<Int>, _ glyphs: GlyphSet) -> Int {
        VisibleText.columns(String(String.UnicodeScalarView(scalars[range])), glyphs)
    }

    private mutating func insert(_ new: [Unicode.Scalar]) {
        let taken = new.prefix(max(0, Self.maximumLength - scalars.count))
        scalars.insert(contentsOf: taken, at: cursor)
        cursor += taken.count
    }

    private mutating func removeBefore() {
        cursor -= 1
        scalars.remove(at: cursor)
    }
}
