import Glibc
import Views

/// Standard error: one line for each message, clean of control characters.
enum StandardError {
    static func say(_ sentence: String) {
        write(oneLine("syncconsole: \(sentence)") + "\n")
    }

    /// Text of our own, as it is.
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
            }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return  // There is nowhere left to say it.
            }
        }
    }

    /// Line breaks and runs of spaces become one space; servers like to answer in paragraphs.
    static func oneLine(_ text: String) -> String {
        let words = text.split { $0 == " " || $0.isNewline || $0 == "\t" }
        return VisibleText.cleaned(words.joined(separator: " "))
    }
}
