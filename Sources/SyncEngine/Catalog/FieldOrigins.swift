import Probes

/// Where each field of a service came from: the most common origin once, and the exceptions.
///
/// As JSON, the column `field_origins`: `{"*":origin,"scope_included":origin}`.
package struct FieldOrigins: Hashable, Sendable {
    /// The origin of every field that is not an exception; nil for a row whose past is unknown.
    package private(set) var common: FieldOrigin?
    package private(set) var exceptions: [ServiceField: FieldOrigin] = [:]

    /// Every field from one origin, as after a creation; nil if nothing is known.
    package init(common: FieldOrigin?) {
        self.common = common
    }

    package subscript(field: ServiceField) -> FieldOrigin? {
        exceptions[field] ?? common
    }

    /// Records that `fields` were set by `origin`.
    package mutating func set(_ fields: ServiceFieldSet, to origin: FieldOrigin) {
        for field in ServiceField.inOrder where fields.contains(field) {
            exceptions[field] = origin == common ? nil : origin
        }
        if exceptions.count == ServiceField.inOrder.count { compact() }
    }

    /// Takes over the origins of `fields`.
    package mutating func take(_ fields: ServiceFieldSet, from other: FieldOrigins) {
        for field in ServiceField.inOrder where fields.contains(field) {
            guard let origin = other[field] else { continue }
            set(ServiceFieldSet([field]), to: origin)
        }
    }

    /// Once every field is an exception, the most frequent origin becomes the common one; among
    /// equals the one that stands first in field order, so that the result never varies.
    private mutating func compact() {
        var counts: [FieldOrigin: Int] = [:]
        for origin in exceptions.values { counts[origin, default: 0] += 1 }
        var best: (origin: FieldOrigin, count: Int)?
        for field in ServiceField.inOrder {
            guard let origin = exceptions[field], let count = counts[origin] else { continue }
            if count > best?.count ?? 0 { best = (origin, count) }
        }
        guard let best else { return }
        common = best.origin
        exceptions = exceptions.filter { $0.value != best.origin }
    }
}

extension FieldOrigins {
    package var json: JSONValue {
        var members: [JSONMember] = []
        if let common { members.append(JSONMember("*", common.json)) }
        for field in ServiceField.inOrder {
            guard let origin = exceptions[field] else { continue }
            members.append(JSONMember(field.rawValue, origin.json))
        }
        return .object(members)
    }

    /// Reads back what `json` wrote; keys and origins that it does not know are left out.
    package init(json object: JSONCursor) {
        self.init(common: nil)
        for (key, value) in object.pairs {
            if key.isText("*") {
                common = FieldOrigin(json: value)
            } else if let field = key.string.flatMap(ServiceField.init(rawValue:)) {
                exceptions[field] = FieldOrigin(json: value)
            }
        }
    }
}
