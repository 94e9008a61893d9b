/// A sku by its bytes in UTF-8, which is how skus are compared on both sides.
package typealias Sku = ExactText

extension ExactText {
    init(bytes: some Collection<UInt8>) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    var bytes: String.UTF8View { text.utf8 }
}
