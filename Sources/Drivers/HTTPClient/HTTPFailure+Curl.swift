import CCurl

extension HTTPFailure {
    /// What libcurl says about a transfer that ended badly.
    ///
    /// - Parameter detail: libcurl's longer words; empty if it has none.
    init(_ code: CURLcode, detail: String) {
        let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        self.init(Self.kind(of: code), Self.onOneLine(words))
    }

    private static func kind(of code: CURLcode) -> Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT,
            CURLE_SSL_CONNECT_ERROR, CURLE_PROXY:
            .cannotConnect
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CERTPROBLEM:
            .untrusted
        case CURLE_OPERATION_TIMEDOUT: .stalled
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_TOO_MANY_REDIRECTS:
            .invalidAnswer
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_FUNCTION_ARGUMENT,
            CURLE_FAILED_INIT, CURLE_UNKNOWN_OPTION:
            .misuse
        default: .broken
        }
    }

    private static func onOneLine(_ words: String) -> String {
        String(
            String.UnicodeScalarView(
                words.unicodeScalars.prefix(200).map { scalar in
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
                }))
    }
}
