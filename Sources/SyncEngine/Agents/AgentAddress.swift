import HTTPClient

/// Where an agent may be called: https, or http on this machine itself, below a prefix that is
/// configured for its vendor.
package enum AgentAddress {
    /// Why an address may not be called, as a sentence without the address; nil if it may.
    ///
    /// - Parameter prefixes: `https://agents.example.org/a` allows itself and what is below it, and
    ///   not `https://agents.example.org/another`.
    package static func refusal(of url: String, allowedPrefixes prefixes: [String]) -> String? {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return "The agent's address has characters that no address has"
        }
        guard let address = normalised(url) else {
            return "The agent's address is not http or https"
        }
        guard !address.contains("@") else {
            return "The agent's address holds a user name"
        }
        guard !address.contains("?"), !address.contains("#") else {
            return "The agent's address has a query or a fragment"
        }
        guard !hasDots(address) else {
            return "The agent's address leads upwards"
        }
        guard address.hasPrefix("https://") || LoopbackAddress.isHost(ofURL: address) else {
            return "The agent's address is not https"
        }
        let isAllowed = prefixes.contains { prefix in
            guard let prefix = normalised(prefix) else { return false }
            return address == prefix || address.hasPrefix(prefix + "/")
        }
        return isAllowed ? nil : "The agent's address is outside of what is allowed to its vendor"
    }

    /// Scheme and host in lower case, no slash at the end; nil for what is not http or https.
    static func normalised(_ url: String) -> String? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { return nil }
        let rest = url[mark.upperBound...]
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !host.isEmpty else { return nil }
        var path = rest[host.endIndex...]
        while path.last == "/" { path = path.dropLast() }
        return scheme + "://" + host.lowercased() + path
    }

    /// A segment `..` or `.`, written out or percent-encoded, with or without parameters: servers take
    /// them for directions. So may be slashes that are encoded.
    private static func hasDots(_ address: String) -> Bool {
        address.lowercased().replacing("%2e", with: ".").replacing("%2f", with: "/")
            .replacing("%5c", with: "/").split(separator: "/")
            .map { $0.prefix { $0 != ";" } }.contains { $0 == ".." || $0 == "." }
    }
}
