import CCurl

/// One request and its answer, on the thread that runs it.
final class Transfer {
    private let session: CurlSession
    private let request: HTTPRequest
    private let limits: HTTPLimits
    private let sink: any HTTPSink
    private let cancel: CancelSwitch

    private var parser = HeadParser()
    private var head: HTTPHead?
    /// Why a callback ended the transfer.
    private var ending: HTTPFailure?
    private var bytesInWindow = 0

    init(
        _ request: HTTPRequest, limits: HTTPLimits, session: CurlSession, sink: any HTTPSink,
        cancel: CancelSwitch
    ) {
        self.request = request
        self.limits = limits
        self.session = session
        self.sink = sink
        self.cancel = cancel
    }

    /// Blocks until the answer is complete, or there is none.
    func run() throws(HTTPFailure) -> HTTPHead {
        let headers = HeaderList(request)
        curl_easy_reset(session.easy)
        session.words[0] = 0
        setRequest(headers)
        setCallbacks()
        cancel.watch(session)
        curl_multi_add_handle(session.multi, session.easy)
        defer {
            cancel.watch(nil)
            // Here a connection that is not at its answer's end is closed.
            curl_multi_remove_handle(session.multi, session.easy)
        }
        let code = try loop()
        if let ending { throw ending }
        guard code == CURLE_OK else {
            throw HTTPFailure(code, detail: String(cString: session.words))
        }
        guard let head else { throw HTTPFailure(.invalidAnswer, "The answer has no head") }
        return head
    }

    private func loop() throws(HTTPFailure) -> CURLcode {
        let start = ContinuousClock.now
        var windowEnd = start + limits.stall
        let end = limits.total.map { start + $0 }
        while true {
            guard !cancel.isCancelled else {
                throw HTTPFailure(.cancelled, "The transfer was cancelled")
            }
            var running: Int32 = 0
            guard curl_multi_perform(session.multi, &running) == CURLM_OK else {
                throw HTTPFailure(.misuse, "libcurl could not go on")
            }
            if let result = result() { return result }
            let now = ContinuousClock.now
            if let end, now >= end {
                throw HTTPFailure(.stalled, "No whole answer came within \(limits.total ?? .zero)")
            }
            if now >= windowEnd {
                guard bytesInWindow >= limits.stallBytes else {
                    throw HTTPFailure(
                        .stalled, "Only \(bytesInWindow) bytes came within \(limits.stall)")
                }
                bytesInWindow = 0
                windowEnd = now + limits.stall
            }
            let wait = min(end ?? windowEnd, windowEnd) - now
            curl_multi_poll(session.multi, nil, 0, Int32(wait.wholeMilliseconds), nil)
        }
    }

    private func result() -> CURLcode? {
        var left: Int32 = 0
        guard let message = curl_multi_info_read(session.multi, &left) else { return nil }
        return curl_message_result(message)
    }
}

// MARK: Settings

extension Transfer {
    private func setRequest(_ headers: borrowing HeaderList) {
        let easy = session.easy
        curl_set_text(easy, CURLOPT_URL, request.url)
        curl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
        if request.method == "HEAD" { curl_set_long(easy, CURLOPT_NOBODY, 1) }
        if let body = request.body {
            curl_set_long(easy, CURLOPT_POSTFIELDSIZE, body.count)
            // The NUL behind it keeps an empty body from being no pointer at all, which libcurl
            // takes for "read it from standard input".
            _ = (body + [0]).withUnsafeBytes { bytes in
                curl_set_pointer(
                    easy, CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
        }
        curl_set_list(easy, CURLOPT_HTTPHEADER, headers.list)
        curl_set_long(
            easy, CURLOPT_CONNECTTIMEOUT_MS, max(1, limits.connect.wholeMilliseconds))
        curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        if request.isSentOnce { curl_set_long(easy, CURLOPT_FRESH_CONNECT, 1) }
        // `..` in a name must reach the server as it was signed, or be refused by it.
        curl_set_long(easy, CURLOPT_PATH_AS_IS, 1)
        curl_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        curl_set_long(easy, CURLOPT_BUFFERSIZE, 262_144)
        curl_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
        curl_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
        curl_allow_http_alone(easy)
        curl_never_wait_for_resolver(easy)
        if request.goesPastProxies || LoopbackAddress.isHost(ofURL: request.url) {
            curl_set_text(easy, CURLOPT_PROXY, "")
        }
        curl_set_pointer(easy, CURLOPT_ERRORBUFFER, session.words)
    }

    private func setCallbacks() {
        let me = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(session.easy, CURLOPT_HEADERDATA, me)
        curl_set_callback(session.easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.lent(context)?.takeLine(
                UnsafeRawBufferPointer(start: bytes, count: size * count))
                == true ? size * count : 0
        }
        curl_set_pointer(session.easy, CURLOPT_WRITEDATA, me)
        curl_set_callback(session.easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.lent(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
                == true ? size * count : 0
        }
    }

    /// Lives through every callback: `run` holds it, and removes the handle before it returns.
    private static func lent(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

// MARK: Callbacks

extension Transfer {
    private func takeLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        switch parser.take(String(decoding: bytes, as: UTF8.self)) {
        case .wantsMore: return true
        case .refused:
            ending = HTTPFailure(.invalidAnswer, "The answer's head is not HTTP, or too long")
            return false
        case .complete(let head):
            self.head = head
            guard sink.begin(head) else { return stop() }
            return true
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytesInWindow += bytes.count
        guard !cancel.isCancelled else {
            ending = HTTPFailure(.cancelled, "The transfer was cancelled")
            return false
        }
        return sink.take(bytes) || stop()
    }

    private func stop() -> Bool {
        ending = HTTPFailure(.stopped, "The transfer was stopped")
        return false
    }
}

extension Duration {
    /// Rounded up, so that a short wait is not none.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int(min(seconds, 100_000)) * 1_000 + Int(attoseconds / 1_000_000_000_000_000) + 1
    }
}
