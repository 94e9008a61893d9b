/// A review item that is to be decided, as it was shown.
package struct ReviewTarget: Sendable, Equatable {
    package var id: Int64
    /// The service's row version that the decision was made on; nil takes the item's own.
    package var serviceRowVersion: Int64?

    package init(id: Int64, serviceRowVersion: Int64? = nil) {
        self.id = id
        self.serviceRowVersion = serviceRowVersion
    }
}
