/// Where a Unix domain socket lies. Linux allows 107 bytes.
package struct LocalSocketPath: Sendable, Hashable {
    package static let largestBytes = 107

    package let path: String

    /// Nil for a path that is empty, too long, or holds a zero byte.
    package init?(_ path: String) {
        guard !path.isEmpty, path.utf8.count <= Self.largestBytes, !path.utf8.contains(0) else {
            return nil
        }
        self.path = path
    }
}
