/// What an event or a file line says about a service: some fields, each with its new value.
///
/// A field that is not `present` stays as it is. A field that is present with an empty value
/// (nil, no languages, no list entries) is emptied.
package struct ServicePatch: Equatable, Sendable {
    /// The fields that the message names.
    package private(set) var present = ServiceFieldSet()
    /// Their values; the values of fields that are not present mean nothing.
    package var values: ServiceContent { _read { yield shared.value } }

    private static let nothing = Shared(ServiceContent())
    private var shared = Self.nothing

    package init() {}

    /// Sets one field from the content that `edit` fills in.
    package mutating func set(_ field: ServiceField, _ edit: (inout ServiceContent) -> Void) {
        present.insert(field)
        edit(&shared.value)
    }

    /// `content` with this patch laid over it. The version is left alone.
    package func applied(to content: ServiceContent) -> ServiceContent {
        var result = content
        for field in ServiceField.inOrder where present.contains(field) {
            result.take(field, from: values)
        }
        return result
    }
}
