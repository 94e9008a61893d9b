import CPostgres

/// The parameters of one statement in the form that libpq takes. Reused from statement to
/// statement.
struct ParameterList: ~Copyable {
    /// PostgreSQL refuses a message of a gigabyte; libpq counts in 32 bits.
    static let maximumBytes = 1_000_000_000

    private(set) var types: [UInt32] = []
    private var buffer = WireBuffer()
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var isNull: [Bool] = []

    var byteCount: Int { buffer.count }

    mutating func encode(_ parameters: [PostgresValue]) throws(PostgresError) {
        buffer.removeAll()
        types.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        isNull.removeAll(keepingCapacity: true)
        guard parameters.count <= Int(UInt16.max) else {
            throw PostgresError(.misuse, "A statement takes at most 65535 parameters.")
        }
        for parameter in parameters {
            let start = buffer.count
            parameter.append(to: &buffer)
            guard buffer.count <= Self.maximumBytes else {
                throw PostgresError(.misuse, "The parameters exceed a gigabyte.", verdict: .row)
            }
            types.append(parameter.typeOID)
            offsets.append(start)
            lengths.append(Int32(buffer.count - start))
            formats.append(1)
            isNull.append(parameter.isNull)
        }
    }

    /// Lends the arrays for one call of `PQsend…`, which copies them.
    func withPointers<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>,
            _ lengths: UnsafePointer<Int32>, _ formats: UnsafePointer<Int32>
        ) -> Result
    ) -> Result {
        var values: [UnsafePointer<CChar>?] = []
        values.reserveCapacity(offsets.count)
        for (offset, isNull) in zip(offsets, isNull) {
            let pointer = UnsafeRawPointer(buffer.base + offset)
            values.append(isNull ? nil : pointer.assumingMemoryBound(to: CChar.self))
        }
        return body(Int32(offsets.count), values, lengths, formats)
    }
}
