import Probes

/// JSON on standard output: one value and a line feed, written whole.
enum JSONOutput {
    static func write(_ value: JSONValue) throws {
        var writer = JSONWriter()
        writer.value(value)
        try StandardOutput.write(writer.bytes + [UInt8(ascii: "\n")])
    }
}
