/// A column of a list.
struct ListColumn<Row>: Sendable {
    let title: String
    /// Columns that it needs.
    let width: Int
    /// Its share of the columns that are left over; 0: it stays as wide as it needs.
    let growth: Int
    /// 0 is never dropped; of the others the greatest goes first where there is no room.
    let rank: Int
    let alignment: Alignment
    /// Of a cell that is wider than its column.
    let overflow: Overflow
    let cell: @Sendable (Row, DrawContext) -> [Span]
    /// Nil: the list cannot be sorted by it.
    let isBefore: (@Sendable (Row, Row) -> Bool)?

    init(
        _ title: String, width: Int, growth: Int = 0, rank: Int, alignment: Alignment = .left,
        overflow: Overflow = .ellipsis,
        sort isBefore: (@Sendable (Row, Row) -> Bool)? = nil,
        cell: @escaping @Sendable (Row, DrawContext) -> [Span]
    ) {
        self.title = title
        self.width = width
        self.growth = growth
        self.rank = rank
        self.alignment = alignment
        self.overflow = overflow
        self.isBefore = isBefore
        self.cell = cell
    }
}

/// Where the columns of a list stand.
struct ColumnLayout: Equatable {
    struct Place: Equatable {
        let index: Int
        let column: Int
        let width: Int
    }

    let places: [Place]

    /// Drops the least important columns until the rest fits `width`, then gives what is left over
    /// to those that grow.
    init(widths: [Int], growths: [Int], ranks: [Int], width available: Int) {
        let gap = available < 70 ? 1 : 2
        var kept = Array(widths.indices)
        func needed() -> Int {
            kept.reduce(0) { $0 + widths[$1] } + gap * max(0, kept.count - 1)
        }
        while needed() > available, kept.count > 1,
            let least = kept.max(by: { ranks[$0] < ranks[$1] }), ranks[least] > 0
        {
            kept.removeAll { $0 == least }
        }
        var spare = max(0, available - needed())
        var shares = kept.reduce(0) { $0 + growths[$1] }
        var column = 0
        var places: [Place] = []
        for index in kept {
            var width = widths[index]
            if growths[index] > 0, shares > 0 {
                let extra = spare * growths[index] / shares
                width += extra
                spare -= extra
                shares -= growths[index]
            }
            width = max(0, min(width, available - column))
            places.append(Place(index: index, column: column, width: width))
            column += width + gap
        }
        self.places = places
    }
}
