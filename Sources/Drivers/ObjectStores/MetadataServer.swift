import HTTPClient

/// The identity of the machine or the pod, as Google's metadata server knows it
/// (https://cloud.google.com/compute/docs/metadata/overview).
struct MetadataServer: TokenSource {
    /// `host[:port]`; by its address, because a name would first have to resolve.
    static let defaultHost = "169.254.169.254"

    let host: String
    let client: HTTPClient
    private let patience: TransferPatience

    /// The server is near: where it does not answer soon, there is none.
    init(host: String, client: HTTPClient, patience: TransferPatience) {
        self.host = host
        self.client = client
        var patience = patience
        patience.attempts = min(patience.attempts, 3)
        patience.answerTime = min(patience.answerTime, .seconds(10))
        patience.limits.connect = min(patience.limits.connect, .seconds(2))
        self.patience = patience
    }

    let who = "this machine's service account (workload identity)"

    func newToken() async throws(ObjectStoreError) -> BearerToken {
        // http, as Google has it: it does not leave the machine's own network, nor take a proxy.
        var request = HTTPRequest(
            "GET", "http://\(host)/computeMetadata/v1/instance/service-accounts/default/token",
            headers: [("Metadata-Flavor", "Google")])
        request.goesPastProxies = true
        let transport = BucketTransport(
            place: "The metadata server \(host)", client: client, signer: Anonymous(),
            patience: patience, gate: .open, words: { _ in "" })
        let answer: HTTPAnswer
        do throws(ObjectStoreError) {
            answer = try await transport.ask(request, accepting: [404])
        } catch {
            guard error.kind == .unreachable else { throw error }
            throw ObjectStoreError(
                .unreachable,
                "No workload identity: \(error.message) Outside Google's cloud, configure a "
                    + "service account's key file.")
        }
        guard answer.status == 200 else {
            throw ObjectStoreError(
                .misconfigured,
                "The metadata server \(host) knows no service account for this machine: attach "
                    + "one, or configure a key file.")
        }
        guard answer.head["metadata-flavor"] == "Google", let token = BearerToken(answer.body)
        else {
            throw ObjectStoreError(
                .misconfigured,
                "\(host) answers and is not Google's metadata server: check GCE_METADATA_HOST, or "
                    + "configure a key file.")
        }
        return token
    }
}
