import HTTPClient

/// The address of a bucket's server, without a slash at its end.
struct BucketEndpoint: Sendable, Equatable {
    let url: String

    /// Whether a secret may be sent there: encrypted, or not leaving this machine.
    var keepsSecrets: Bool { url.hasPrefix("https://") || LoopbackAddress.isHost(ofURL: url) }

    /// `host[:port]`.
    var authority: String {
        guard let start = url.firstRange(of: "://") else { return url }
        return String(url[start.upperBound...].prefix { $0 != "/" })
    }

    /// Reads `https://host`, `http://host:port` or, as the emulators' variables have it,
    /// `host:port`.
    init(_ text: String, place: String) throws(ObjectStoreError) {
        var url = text.contains("://") ? text : "http://" + text
        while url.hasSuffix("/") { url.removeLast() }
        self.url = url
        let isPlain = url.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
        guard url.hasPrefix("https://") || url.hasPrefix("http://"), isPlain, !authority.isEmpty,
            !url.contains("@"), !url.contains("?"), !url.contains("#")
        else {
            throw ObjectStoreError(
                .misconfigured,
                "The endpoint of \(place) cannot be read: write https://host, or "
                    + "http://host:port for an emulator, without a user and a query.")
        }
    }
}
