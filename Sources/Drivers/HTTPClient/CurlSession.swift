import CCurl

/// One transfer's place in libcurl, with the connections it leaves open for the next one.
///
/// Safe to hand from thread to thread, because only one has it at a time: `HTTPClient` lends it to
/// one transfer, and what another thread may call meanwhile is `wake`, which libcurl allows.
final class CurlSession: @unchecked Sendable {
    let easy: UnsafeMutableRawPointer
    let multi: UnsafeMutableRawPointer
    /// Where libcurl puts its words about a failure.
    let words: UnsafeMutablePointer<CChar>

    /// `CURL_GLOBAL_ALL`, a macro that Swift does not import.
    private static let isReady = curl_global_init(3) == CURLE_OK

    /// Nil when libcurl cannot start, which means: out of memory.
    init?() {
        guard Self.isReady, let easy = curl_easy_init() else { return nil }
        guard let multi = curl_multi_init() else {
            curl_easy_cleanup(easy)
            return nil
        }
        self.easy = easy
        self.multi = multi
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    /// Makes the transfer look up from its waiting.
    func wake() {
        curl_multi_wakeup(multi)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_multi_cleanup(multi)
        words.deallocate()
    }
}
