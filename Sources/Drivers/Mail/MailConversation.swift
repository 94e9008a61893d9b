import CCurl

/// One message's way to the server, on the thread that runs it.
struct MailConversation {
    let mailer: Mailer
    let message: MailMessage

    /// `CURL_GLOBAL_ALL`, a macro that Swift does not import.
    private static let isReady = curl_global_init(3) == CURLE_OK

    /// Blocks until the server has taken the message, has refused it, or is out of time.
    func hold() throws(MailFailure) {
        guard Self.isReady, let easy = curl_easy_init() else {
            throw MailFailure("libcurl could not be started: out of memory")
        }
        defer { curl_easy_cleanup(easy) }
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        for address in message.to {
            guard let longer = curl_slist_append(recipients, "<\(address)>") else { continue }
            recipients = longer
        }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }
        let source = MailBytes(message.wire)
        let code = withExtendedLifetime(source) {
            set(easy, recipients: recipients, words: words, source: source)
            return curl_easy_perform(easy)
        }
        guard code == CURLE_OK else { throw failure(code, easy, String(cString: words)) }
    }

    private func set(
        _ easy: UnsafeMutableRawPointer, recipients: UnsafeMutablePointer<curl_slist>?,
        words: UnsafeMutablePointer<CChar>, source: MailBytes
    ) {
        curl_set_text(easy, CURLOPT_URL, mailer.url)
        curl_allow_smtp_alone(easy)
        curl_set_text(easy, CURLOPT_PROXY, "")
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_never_wait_for_resolver(easy)
        let (seconds, attoseconds) = mailer.patience.components
        let milliseconds = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
        curl_set_long(easy, CURLOPT_TIMEOUT_MS, max(1, milliseconds))
        curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, min(milliseconds, 10_000)))
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        // CURLUSESSL_ALL: without TLS the conversation ends before anything is said.
        if mailer.security == .startTLS { curl_set_long(easy, CURLOPT_USE_SSL, 3) }
        if let user = mailer.user {
            curl_set_text(easy, CURLOPT_USERNAME, user)
            curl_set_text(easy, CURLOPT_PASSWORD, mailer.password ?? "")
        }
        curl_set_text(easy, CURLOPT_MAIL_FROM, "<\(message.from)>")
        curl_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
        curl_set_long(easy, CURLOPT_UPLOAD, 1)
        curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        curl_set_pointer(
            easy, CURLOPT_READDATA, Unmanaged.passUnretained(source).toOpaque())
        curl_set_callback(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            return Unmanaged<MailBytes>.fromOpaque(context).takeUnretainedValue()
                .give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
    }

    private func failure(
        _ code: CURLcode, _ easy: UnsafeMutableRawPointer, _ words: String
    ) -> MailFailure {
        var answer = 0
        curl_get_long(easy, CURLINFO_RESPONSE_CODE, &answer)
        let said = words.isEmpty ? String(cString: curl_easy_strerror(code)) : words
        let status = answer > 0 && answer >= 400 ? " (\(answer))" : ""
        return MailFailure("\(mailer.host):\(mailer.port): \(Self.onOneLine(said))\(status)")
    }

    private static func onOneLine(_ words: String) -> String {
        String(
            String.UnicodeScalarView(
                words.unicodeScalars.prefix(200).map { scalar in
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
                }))
    }
}

/// A message that libcurl takes in pieces, on the thread that runs the conversation alone.
private final class MailBytes {
    private let bytes: [UInt8]
    private var given = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Fills what it can; 0 at the end.
    func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, bytes.count - given)
        room.copyBytes(from: bytes[given..<given + count])
        given += count
        return count
    }
}
