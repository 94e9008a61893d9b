/// An event by which the exporting system told of one of its services.
package struct ExportedEvent: Sendable {
    /// `creation`, `fullUpdate` or `deprecation`.
    let kind: TrafficKind
    /// As it was at that moment.
    let service: SourceService
    /// Milliseconds since 1970.
    let time: Int64

    var type: String {
        switch kind {
        case .creation: "created"
        case .deprecation: "deprecated"
        default: "updated"
        }
    }

    var data: JSONTree {
        kind == .deprecation
            ? .object([JSONMember("externalServiceCode", .string(service.code))]) : service.data
    }
}
