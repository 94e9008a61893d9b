/// A text that equals another only if their bytes do, as in PostgreSQL.
///
/// `String` takes canonically equivalent texts for equal, so that two codes which the database holds
/// as two would be one here.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package static func equal(_ left: String, _ right: String) -> Bool {
        ExactText(left) == ExactText(right)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension ExactText: Comparable {
    /// By the bytes, as `COLLATE "C"` sorts.
    package static func < (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}
