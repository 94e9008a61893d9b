/// A sku by its bytes in UTF-8, which is how skus are compared on both sides.
///
/// Swift's own texts are equal where they look alike: `é` as one character and as two would be one
/// sku, and are two at the ERP and in the unique index.
package struct Sku: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let bytes: [UInt8]

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package var description: String { text }

    package static func < (left: Sku, right: Sku) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
