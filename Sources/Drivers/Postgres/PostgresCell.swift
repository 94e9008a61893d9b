/// Reads one value in PostgreSQL's binary form (`src/backend/utils/adt/*send`).
struct PostgresCell {
    let name: String
    let type: UInt32
    /// Nil for null.
    let bytes: UnsafeRawBufferPointer?

    func integer(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Int64 {
        switch (type, bytes.count) {
        case (TypeOID.int8, 8): bytes.bigEndian(Int64.self, at: 0)
        case (TypeOID.int4, 4): Int64(bytes.bigEndian(Int32.self, at: 0))
        case (TypeOID.int2, 2): Int64(bytes.bigEndian(Int16.self, at: 0))
        case (TypeOID.oid, 4), (TypeOID.xid, 4): Int64(bytes.bigEndian(UInt32.self, at: 0))
        default: throw mismatch("an integer")
        }
    }

    func double(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Double {
        switch (type, bytes.count) {
        case (TypeOID.float8, 8): return Double(bitPattern: bytes.bigEndian(UInt64.self, at: 0))
        case (TypeOID.float4, 4):
            return Double(Float(bitPattern: bytes.bigEndian(UInt32.self, at: 0)))
        case (TypeOID.numeric, _):
            guard let number = Double(try NumericText.decode(bytes, column: name)) else {
                throw mismatch("a number")
            }
            return number
        default: return Double(try integer(bytes))
        }
    }

    func boolean(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Bool {
        guard type == TypeOID.bool, bytes.count == 1 else { throw mismatch("a boolean") }
        return bytes[0] != 0
    }

    func timestamp(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Int64 {
        guard type == TypeOID.timestamptz || type == TypeOID.timestamp, bytes.count == 8 else {
            throw mismatch("a timestamp")
        }
        let sinceServerEpoch = bytes.bigEndian(Int64.self, at: 0)
        guard sinceServerEpoch != .min else { return .min }
        let (moved, overflow) = sinceServerEpoch.addingReportingOverflow(microsecondsBetweenEpochs)
        return overflow ? .max : moved
    }

    func days(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Int {
        guard type == TypeOID.date, bytes.count == 4 else { throw mismatch("a date") }
        return Int(bytes.bigEndian(Int32.self, at: 0)) + CivilDate.daysBetweenEpochs
    }

    func string(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> String {
        switch type {
        case TypeOID.int2, TypeOID.int4, TypeOID.int8, TypeOID.oid, TypeOID.xid:
            return String(try integer(bytes))
        case TypeOID.numeric: return try NumericText.decode(bytes, column: name)
        case TypeOID.date: return CivilDate(daysSinceUnixEpoch: try days(bytes)).description
        case TypeOID.uuid: return UUIDText.decode(bytes)
        case TypeOID.bytea: throw mismatch("text")
        default:
            guard let text = String(validating: try content(bytes), as: UTF8.self) else {
                throw mismatch("valid UTF-8")
            }
            return text
        }
    }

    /// The bytes of a `bytea` or of a text, without the version byte of `jsonb`.
    func content(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> UnsafeRawBufferPointer {
        switch type {
        case TypeOID.text, TypeOID.varchar, TypeOID.bpchar, TypeOID.name, TypeOID.char,
            TypeOID.json, TypeOID.unknown, TypeOID.bytea:
            return bytes
        case TypeOID.jsonb:
            guard bytes.first == 1 else { throw mismatch("version 1 of jsonb") }
            return UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        case TypeOID.firstUserDefined...: return bytes
        default: throw mismatch("text or bytes")
        }
    }

    /// The elements of an array of one dimension, in order, nil for null.
    func elements<Element>(
        _ bytes: UnsafeRawBufferPointer,
        _ decode: (PostgresCell, UnsafeRawBufferPointer) throws(PostgresError) -> Element
    ) throws(PostgresError) -> [Element?] {
        guard bytes.count >= 12 else { throw mismatch("an array") }
        let dimensions = bytes.bigEndian(Int32.self, at: 0)
        let elementType = bytes.bigEndian(UInt32.self, at: 8)
        guard dimensions != 0 else { return [] }
        guard dimensions == 1, bytes.count >= 20 else {
            throw mismatch("an array of one dimension")
        }
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        var elements: [Element?] = []
        elements.reserveCapacity(max(0, min(count, bytes.count / 4)))
        var offset = 20
        for _ in 0..<max(0, count) {
            guard bytes.count - offset >= 4 else { throw mismatch("an array") }
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            offset += 4
            guard length >= 0 else {
                elements.append(nil)
                continue
            }
            guard bytes.count - offset >= length else { throw mismatch("an array") }
            let element = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
            let cell = PostgresCell(name: name, type: elementType, bytes: element)
            elements.append(try decode(cell, element))
            offset += length
        }
        return elements
    }

    private func mismatch(_ expected: String) -> PostgresError {
        PostgresError(.decoding, "column \(name) (type \(type)) is not \(expected)")
    }
}

extension UnsafeRawBufferPointer {
    /// The caller has checked that the number lies within the buffer.
    func bigEndian<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
        Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
