/// A row that the filter language can select.
package protocol Filterable: Sendable {
    /// The fields by which rows are selected, in the order in which they are suggested.
    static var filterFields: [FilterField<Self>] { get }
}
