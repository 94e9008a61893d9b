/// Which names of objects are taken: relative, and without a way out of their folder.
enum ObjectName {
    /// Of both Google's and Amazon's.
    private static let longestBytes = 1_024

    static func isValid(_ name: String) -> Bool {
        guard (1...longestBytes).contains(name.utf8.count) else { return false }
        // Control bytes: no file is named so, and what is logged stays on its line.
        guard !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    static func check(_ name: String) throws(ObjectStoreError) {
        guard isValid(name) else {
            throw ObjectStoreError(
                .invalidLocation,
                "`\(printable(name))` is not the name of a file in a source's folder: write it "
                    + "without a leading slash, `.`, `..` and control characters.")
        }
    }

    /// A beginning of names: a valid name, nothing, or a folder with its slash.
    static func check(prefix: String) throws(ObjectStoreError) {
        guard !prefix.isEmpty else { return }
        try check(prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix)
    }

    /// The names in one listing: at most this many, so that a wrong prefix cannot fill the memory,
    /// and a listing without an end has one.
    static let mostListed = 100_000

    private static func printable(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.prefix(200).map { scalar in
                    scalar.value < 0x20 || scalar.value == 0x7F ? "?" : scalar
                }))
    }
}
