/// PostgreSQL counts from 2000-01-01, Unix from 1970-01-01.
let microsecondsBetweenEpochs: Int64 = 946_684_800_000_000

extension PostgresValue {
    /// The type that the server is told; 0 leaves it to infer one, for null.
    var typeOID: UInt32 {
        switch self {
        case .null: 0
        case .text, .utf8: TypeOID.text
        case .int: TypeOID.int8
        case .double: TypeOID.float8
        case .bool: TypeOID.bool
        case .bytes: TypeOID.bytea
        case .timestamp: TypeOID.timestamptz
        case .jsonb: TypeOID.jsonb
        case .textArray, .utf8Array: TypeOID.textArray
        case .int64Array: TypeOID.int8Array
        case .int32Array: TypeOID.int4Array
        case .boolArray: TypeOID.boolArray
        case .doubleArray: TypeOID.float8Array
        case .byteaArray: TypeOID.byteaArray
        case .timestampArray: TypeOID.timestamptzArray
        case .jsonbArray: TypeOID.jsonbArray
        }
    }

    /// Appends the binary form (`src/backend/utils/adt/*recv`); nothing for null.
    func append(to buffer: inout WireBuffer) {
        switch self {
        case .null: break
        case .text(let text): buffer.append(utf8: text)
        case .utf8(let bytes), .bytes(let bytes): buffer.append(bytes)
        case .int(let number): buffer.append(number)
        case .double(let number): buffer.append(number.bitPattern)
        case .bool(let flag): buffer.append(flag ? 1 : 0 as UInt8)
        case .timestamp(let microseconds): buffer.append(Self.sinceServerEpoch(microseconds))
        case .jsonb(let json): buffer.append(jsonb: json)
        case .textArray(let elements):
            buffer.append(array: elements, of: TypeOID.text) { $0.append(utf8: $1) }
        case .utf8Array(let elements):
            buffer.append(array: elements, of: TypeOID.text) { $0.append($1) }
        case .int64Array(let elements):
            buffer.append(array: elements, of: TypeOID.int8) { $0.append($1) }
        case .int32Array(let elements):
            buffer.append(array: elements, of: TypeOID.int4) { $0.append($1) }
        case .boolArray(let elements):
            buffer.append(array: elements, of: TypeOID.bool) { $0.append($1 ? 1 : 0 as UInt8) }
        case .doubleArray(let elements):
            buffer.append(array: elements, of: TypeOID.float8) { $0.append($1.bitPattern) }
        case .byteaArray(let elements):
            buffer.append(array: elements, of: TypeOID.bytea) { $0.append($1) }
        case .timestampArray(let elements):
            buffer.append(array: elements, of: TypeOID.timestamptz) {
                $0.append(Self.sinceServerEpoch($1))
            }
        case .jsonbArray(let elements):
            buffer.append(array: elements, of: TypeOID.jsonb) { $0.append(jsonb: $1) }
        }
    }

    private static func sinceServerEpoch(_ microseconds: Int64) -> Int64 {
        guard microseconds != .max else { return .max }
        let (moved, overflow) = microseconds.subtractingReportingOverflow(microsecondsBetweenEpochs)
        return overflow ? .min : moved
    }
}

extension WireBuffer {
    /// Version 1 of `jsonb_recv`: a byte, then the text.
    fileprivate mutating func append(jsonb text: [UInt8]) {
        append(1 as UInt8)
        append(text)
    }

    /// One dimension, counted from 1; an empty array has none (`array_recv`).
    fileprivate mutating func append<Element>(
        array elements: [Element?], of type: UInt32, _ append: (inout WireBuffer, Element) -> Void
    ) {
        let hasNulls = elements.contains { $0 == nil }
        self.append(elements.isEmpty ? 0 : 1 as Int32)
        self.append(hasNulls ? 1 : 0 as Int32)
        self.append(type)
        guard !elements.isEmpty else { return }
        self.append(Int32(truncatingIfNeeded: elements.count))
        self.append(1 as Int32)
        for element in elements {
            let lengthOffset = count
            self.append(-1 as Int32)
            guard let element else { continue }
            let start = count
            append(&self, element)
            replace(at: lengthOffset, with: Int32(truncatingIfNeeded: count - start))
        }
    }
}
