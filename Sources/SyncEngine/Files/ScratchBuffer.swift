/// Room for a text that does not lie in the row as it is meant, because of escapes. Reused: what it
/// lends is valid until the next use.
struct ScratchBuffer: ~Copyable {
    private(set) var start: UnsafeMutablePointer<UInt8>
    private var capacity = 4_096
    private static let slack = 8

    init() {
        start = .allocate(capacity: capacity + Self.slack)
    }

    deinit {
        start.deallocate()
    }

    /// Makes sure of room; what was written before is gone.
    @inline(__always)
    mutating func reserve(_ count: Int) {
        if count > capacity { grow(to: count) }
    }

    private mutating func grow(to count: Int) {
        start.deallocate()
        capacity = max(count, capacity * 2)
        start = .allocate(capacity: capacity + Self.slack)
    }

    /// A cell's text with its doubled quotes made single.
    mutating func undoubled(_ raw: CellBytes) -> CellBytes {
        reserve(raw.count)
        var written = 0
        var position = 0
        while position < raw.count {
            let byte = raw[position]
            start[written] = byte
            written &+= 1
            position &+= byte == UInt8(ascii: "\"") ? 2 : 1
        }
        return CellBytes(start: start, count: written)
    }
}
