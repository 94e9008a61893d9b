/// A parameter of a statement. Each case has exactly one PostgreSQL type; where the statement
/// needs another, it casts (`$1::uuid`).
package enum PostgresValue: Sendable, Equatable {
    case null
    case text(String)
    /// A `text` from bytes that are valid UTF-8.
    case utf8([UInt8])
    /// A `bigint`.
    case int(Int64)
    case double(Double)
    case bool(Bool)
    /// A `bytea`.
    case bytes([UInt8])
    /// A `timestamptz`, in microseconds since the Unix epoch; `Int64.max` and `.min` are the
    /// infinities.
    case timestamp(Int64)
    /// A `jsonb`, from the bytes of its JSON text.
    case jsonb([UInt8])

    case textArray([String?])
    /// A `text[]` from bytes that are valid UTF-8, without building strings.
    case utf8Array([[UInt8]?])
    case int64Array([Int64?])
    case int32Array([Int32?])
    case boolArray([Bool?])
    case doubleArray([Double?])
    case byteaArray([[UInt8]?])
    /// A `timestamptz[]`, in microseconds since the Unix epoch.
    case timestampArray([Int64?])
    case jsonbArray([[UInt8]?])
}

extension PostgresValue {
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    package static func int(_ value: Int) -> Self { .int(Int64(value)) }

    package static func text(ifPresent value: String?) -> Self { value.map(Self.text) ?? .null }
    package static func int(ifPresent value: Int64?) -> Self { value.map { .int($0) } ?? .null }
    package static func double(ifPresent value: Double?) -> Self { value.map(Self.double) ?? .null }
    package static func bool(ifPresent value: Bool?) -> Self { value.map(Self.bool) ?? .null }
    package static func bytes(ifPresent value: [UInt8]?) -> Self { value.map(Self.bytes) ?? .null }
    package static func jsonb(ifPresent value: [UInt8]?) -> Self { value.map(Self.jsonb) ?? .null }
    package static func timestamp(ifPresent value: Int64?) -> Self {
        value.map(Self.timestamp) ?? .null
    }
}
