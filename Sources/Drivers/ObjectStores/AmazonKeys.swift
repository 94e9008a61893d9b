/// An access key of Amazon's, or of what speaks S3's protocol. Its description hides the secret.
package struct AmazonKeys: Sendable, Equatable {
    package let id: String
    let secret: String
    let sessionToken: String?

    /// Nil where one of them would not fit into a header.
    ///
    /// - Parameter sessionToken: for keys that are lent for a while.
    package init?(id: String, secret: String, sessionToken: String? = nil) {
        guard Self.fits(id), Self.fits(secret), sessionToken.map(Self.fits) ?? true else {
            return nil
        }
        self.id = id
        self.secret = secret
        self.sessionToken = sessionToken
    }

    private static func fits(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}

extension AmazonKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "the access key \(id)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
