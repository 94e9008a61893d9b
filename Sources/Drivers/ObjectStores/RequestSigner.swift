import HTTPClient

/// Says to a place who is asking.
protocol RequestSigner: Sendable {
    /// For advice: `the service account sync@project.iam.gserviceaccount.com`.
    var who: String { get }

    /// The request with what proves who asks.
    func sign(_ request: HTTPRequest) async throws(ObjectStoreError) -> SignedRequest

    /// What was signed with has been refused: the next signature must not use it again. False if
    /// there is nothing newer to be had.
    func forget() async -> Bool

    /// Whether what is kept on this machine to sign with can be used; nobody is called.
    ///
    /// - Throws: `misconfigured`, with what to correct.
    func check() async throws(ObjectStoreError)
}

extension RequestSigner {
    func check() {}
}

/// A request, and what must never be read in a message about it.
struct SignedRequest: Sendable {
    let request: HTTPRequest
    let secrets: [String]

    init(_ request: HTTPRequest, secrets: [String] = []) {
        self.request = request
        self.secrets = secrets
    }
}

/// Asks as nobody: an emulator, or a bucket that is open to the world.
struct Anonymous: RequestSigner {
    let who = "a caller without credentials"

    func sign(_ request: HTTPRequest) -> SignedRequest { SignedRequest(request) }

    func forget() -> Bool { false }
}
