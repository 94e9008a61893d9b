import Probes

/// A JSON array on standard output, written piece by piece in one line.
struct JSONStream {
    private var isEmpty = true

    mutating func write(_ values: [JSONValue]) throws {
        guard !values.isEmpty else { return }
        var bytes: [UInt8] = []
        for value in values {
            bytes.append(UInt8(ascii: isEmpty ? "[" : ","))
            isEmpty = false
            var writer = JSONWriter()
            writer.value(value)
            bytes += writer.bytes
        }
        try StandardOutput.write(bytes)
    }

    mutating func finish() throws {
        try StandardOutput.write(isEmpty ? "[]\n" : "]\n")
    }
}
