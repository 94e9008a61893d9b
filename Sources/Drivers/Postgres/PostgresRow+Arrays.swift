extension PostgresRow {
    /// The elements of a `text[]`; a null element is nil.
    package func strings(
        withNulls column: some PostgresColumnKey
    ) throws(PostgresError) -> [String?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in try cell.string(bytes) }
    }

    /// The elements of a `text[]` that has no nulls.
    package func strings(_ column: some PostgresColumnKey) throws(PostgresError) -> [String] {
        try withoutNulls(strings(withNulls: column), column)
    }

    /// The elements of a `smallint[]`, `integer[]` or `bigint[]`; a null element is nil.
    package func ints(withNulls column: some PostgresColumnKey) throws(PostgresError) -> [Int64?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in try cell.integer(bytes) }
    }

    /// The elements of an integer array that has no nulls.
    package func ints(_ column: some PostgresColumnKey) throws(PostgresError) -> [Int64] {
        try withoutNulls(ints(withNulls: column), column)
    }

    package func bools(withNulls column: some PostgresColumnKey) throws(PostgresError) -> [Bool?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in try cell.boolean(bytes) }
    }

    package func doubles(
        withNulls column: some PostgresColumnKey
    ) throws(PostgresError) -> [Double?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in try cell.double(bytes) }
    }

    /// The elements of a `bytea[]`, or the UTF-8 of those of a `text[]` or `jsonb[]`.
    package func byteArrays(
        withNulls column: some PostgresColumnKey
    ) throws(PostgresError) -> [[UInt8]?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in
            Array(try cell.content(bytes))
        }
    }

    /// The elements of a `timestamptz[]`, in microseconds since the Unix epoch.
    package func timestamps(
        withNulls column: some PostgresColumnKey
    ) throws(PostgresError) -> [Int64?] {
        try elements(column) { (cell, bytes) throws(PostgresError) in try cell.timestamp(bytes) }
    }

    private func elements<Element>(
        _ column: some PostgresColumnKey,
        _ body: (PostgresCell, UnsafeRawBufferPointer) throws(PostgresError) -> Element
    ) throws(PostgresError) -> [Element?] {
        try present(
            decode(column) { (cell, bytes) throws(PostgresError) in
                try cell.elements(bytes, body)
            }, column)
    }

    private func withoutNulls<Element>(
        _ elements: [Element?], _ column: some PostgresColumnKey
    ) throws(PostgresError) -> [Element] {
        var present: [Element] = []
        present.reserveCapacity(elements.count)
        for element in elements {
            guard let element else {
                throw PostgresError(.decoding, "column \(column) holds a null element")
            }
            present.append(element)
        }
        return present
    }
}
