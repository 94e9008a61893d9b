/// A service as the database holds it when a fold begins.
package struct ServiceSnapshot: Equatable, Sendable {
    /// The row's id; nil for a service that an earlier event of the same fold creates.
    package var id: Int64?
    /// Raised whenever synchronised content changes; decisions compare and set on it.
    package var rowVersion: Int64
    /// The system that owns the service, such as `PYXIS`.
    package var externalSystemSource: String
    /// The code in this platform; nil until the edge has drawn one from the sequence.
    package var fsmServiceCode: String?
    package var content: ServiceContent {
        _read { yield shared.value }
        _modify { yield &shared.value }
    }
    package var fieldOrigins: FieldOrigins

    private var shared: Shared<ServiceContent>

    package init(
        id: Int64?, rowVersion: Int64, externalSystemSource: String, fsmServiceCode: String?,
        content: ServiceContent, fieldOrigins: FieldOrigins
    ) {
        self.id = id
        self.rowVersion = rowVersion
        self.externalSystemSource = externalSystemSource
        self.fsmServiceCode = fsmServiceCode
        shared = Shared(content)
        self.fieldOrigins = fieldOrigins
    }
}
