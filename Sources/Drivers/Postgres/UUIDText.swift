/// The usual text of a `uuid`: lower case, in groups of 8, 4, 4, 4 and 12.
enum UUIDText {
    static func decode(_ bytes: UnsafeRawBufferPointer) -> String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text += "-" }
            text += byte < 16 ? "0" : ""
            text += String(byte, radix: 16)
        }
        return text
    }
}
