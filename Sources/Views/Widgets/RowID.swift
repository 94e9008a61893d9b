/// What a cursor or a mark sticks to: the row's own identity, never its position.
package enum RowID: Hashable, Sendable {
    case number(Int64)
    case name(String)

    var number: Int64? {
        if case .number(let number) = self { return number }
        return nil
    }
}
