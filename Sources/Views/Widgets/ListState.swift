/// Where the operator is in a list: survives every refresh, because it refers to identities.
package struct ListState: Sendable, Equatable {
    /// The identities in the order in which they are shown.
    private(set) var ids: [RowID] = []
    /// For each shown row its index among the reading's rows.
    private(set) var order: [Int] = []
    private(set) var cursor: RowID?
    /// The cursor's place, and where it stays if its row goes away.
    private(set) var cursorIndex = 0
    private(set) var marks: Set<RowID> = []
    /// The first row in view.
    private(set) var top = 0

    init() {}

    /// Takes a new arrangement of rows. The cursor follows its row; if that is gone, it stays where
    /// it was. Marks of rows that are gone are dropped: nothing can be done to what is not listed.
    mutating func arrange(ids: [RowID], order: [Int]) {
        let place = cursor.flatMap { cursor in
            // Mostly nothing moved: look there first.
            ids.indices.contains(cursorIndex) && ids[cursorIndex] == cursor
                ? cursorIndex : ids.firstIndex(of: cursor)
        }
        self.ids = ids
        self.order = order
        if !marks.isEmpty { marks.formIntersection(ids) }
        moveCursor(to: place ?? cursorIndex)
    }

    mutating func moveCursor(to index: Int) {
        cursorIndex = max(0, min(index, ids.count - 1))
        cursor = ids.isEmpty ? nil : ids[cursorIndex]
    }

    mutating func moveCursor(by rows: Int) { moveCursor(to: cursorIndex + rows) }

    mutating func moveCursor(to id: RowID) {
        if let index = ids.firstIndex(of: id) { moveCursor(to: index) }
    }

    /// Scrolls as little as is needed for the cursor to be in view.
    mutating func scroll(toShow rows: Int) { top = visibleTop(rows: rows) }

    func visibleTop(rows: Int) -> Int {
        let highest = max(0, ids.count - max(1, rows))
        return max(0, min(max(min(top, cursorIndex), cursorIndex - max(1, rows) + 1), highest))
    }

    mutating func toggleMark() {
        guard let cursor else { return }
        if marks.remove(cursor) == nil { marks.insert(cursor) }
    }

    /// Marks every listed row, or unmarks all if all are marked.
    mutating func toggleAllMarks() {
        marks = marks.count == ids.count ? [] : Set(ids)
    }

    mutating func unmarkAll() { marks = [] }

    /// What an action is about: the marked rows in their order, or else the one under the cursor.
    var targets: [RowID] {
        marks.isEmpty ? cursor.map { [$0] } ?? [] : ids.filter(marks.contains)
    }

    var hasMarks: Bool { !marks.isEmpty }
}
