/// Walks over the fields of a row in PostgreSQL's binary COPY format (documentation of COPY).
struct BinaryFields {
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    private let bytes: UnsafeRawBufferPointer
    private(set) var position: Int
    private(set) var isTruncated = false

    /// Where the rows begin in the first chunk; nil if it does not begin as it must. Behind the
    /// signature: flags, and the length of an extension that nobody uses.
    static func firstRow(in chunk: [UInt8]) -> Int? {
        chunk.starts(with: signature) && chunk.count >= 19 ? 19 : nil
    }

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        self.bytes = bytes
        self.position = position
    }

    @inline(__always)
    mutating func columnCount() -> Int? {
        guard position &+ 2 <= bytes.count else { return nil }
        defer { position &+= 2 }
        return Int(
            Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int16.self)))
    }

    /// Nil for null, and where the bytes end too early.
    @inline(__always)
    mutating func next() -> UnsafeRawBufferPointer? {
        guard position &+ 4 <= bytes.count else {
            isTruncated = true
            return nil
        }
        let count = Int(
            Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self)))
        position &+= 4
        guard count >= 0 else { return nil }
        guard position &+ count <= bytes.count else {
            isTruncated = true
            return nil
        }
        defer { position &+= count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position &+ count])
    }
}
