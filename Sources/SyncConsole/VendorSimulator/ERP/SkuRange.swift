/// Skus from `from` (included) to `to` (not), in the order of their bytes in UTF-8; nil is open.
package struct SkuRange: Sendable, Codable, Equatable {
    package var from: String?
    package var to: String?

    package init(from: String? = nil, to: String? = nil) {
        self.from = from
        self.to = to
    }

    /// The order of skus on both sides, whatever a locale says.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
