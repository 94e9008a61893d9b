import FoundationEssentials
import Glibc
import ObjectStores
import PrivateServers
import TestSupport
import Testing

@Suite("Google's credentials", .timeLimit(.minutes(5)))
struct GoogleCredentialsTests {
    private let bucket = StubBucket([1, 2, 3])
    private static let tokenPath =
        "/computeMetadata/v1/instance/service-accounts/default/token"

    @Test("asks the metadata server for a token, once for many requests")
    func metadataServer() async throws {
        try await serving(token: Self.tokens(seconds: 3_600)) { server, store in
            for _ in 0..<3 { _ = try await store.find("a.csv") }
            let (tokens, questions) = Self.split(server.requests)
            #expect(tokens.count == 1)
            #expect(tokens.first?.headers["metadata-flavor"] == "Google")
            #expect(
                questions.map { $0.headers["authorization"] }
                    == Array(repeating: "Bearer ya29.1", count: 3))
        }
    }

    @Test("fetches a new token a minute before the old one's end")
    func expires() async throws {
        try await serving(token: Self.tokens(seconds: 59)) { server, store in
            for _ in 0..<2 { _ = try await store.find("a.csv") }
            let (tokens, questions) = Self.split(server.requests)
            #expect(tokens.count == 2)
            #expect(
                questions.map { $0.headers["authorization"] } == ["Bearer ya29.1", "Bearer ya29.2"])
        }
    }

    @Test("takes a new token when the old one is refused, once, and shows neither")
    func refused() async throws {
        try await serving(token: Self.tokens(seconds: 3_600)) { [bucket] request in
            request.headers["authorization"] == "Bearer ya29.2"
                ? bucket.answer(request) : Self.echo(request)
        } _: { _, store in
            let version = try await store.find("a.csv")
            #expect(version?.sizeBytes == 3)
        }
        try await serving(token: Self.tokens(seconds: 3_600)) { request in
            Self.echo(request)
        } _: { server, store in
            let error = await error { try await store.find("a.csv") }
            #expect(error?.kind == .refused)
            #expect(error?.message.contains("workload identity") == true)
            #expect(error?.message.contains("ya29") == false)
            #expect(server.requests.count == 4)
        }
    }

    @Test("goes on with a download when its token ends half-way")
    func endsHalfWay() async throws {
        let content = sample(200_000)
        let bucket = StubBucket(content, cutAt: 100_000, script: [.cut])
        try await withTemporaryFolder { folder in
            try await serving(token: Self.tokens(seconds: 3_600)) { request in
                let isOld = request.headers["authorization"] == "Bearer ya29.1"
                return isOld && request.headers["range"] != nil
                    ? Self.echo(request) : bucket.answer(request)
            } _: { _, store in
                let version = try #require(try await store.find("a.csv"))
                let file = try await store.fetch(version, workFolder: folder) { _ in }
                #expect(bytes(of: file) == content)
            }
        }
    }

    @Test("says what to do where there is no metadata server, or another one")
    func noMetadataServer() async throws {
        let imposter = StubReply(200, json: #"{"access_token": "x", "expires_in": 3600}"#)
        for (reply, words) in [
            (imposter, "is not Google's metadata server"),
            (StubReply(404), "attach one, or configure a key file"),
            (StubReply(503), "Outside Google's cloud, configure a service account's key file"),
        ] {
            let token: @Sendable (StubRequest) -> StubReply = { _ in reply }
            try await serving(token: token) { _, store in
                let error = await error { try await store.find("a.csv") }
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
            }
        }
    }

    @Test("exchanges a key file for a token with a signature that OpenSSL verifies")
    func keyFile() async throws {
        try await withTemporaryFolder { folder in
            try await openssl(["genrsa", "-out", "\(folder)/key.pem", "2048"], folder)
            try await openssl(
                ["rsa", "-in", "\(folder)/key.pem", "-pubout", "-out", "\(folder)/public.pem"],
                folder)
            let pem = try String(contentsOfFile: "\(folder)/key.pem", encoding: .utf8)
            try await withStubServer { [bucket] request in
                request.path == "/token"
                    ? Self.token("ya29.exchanged", seconds: 3_600) : bucket.answer(request)
            } _: { server in
                try write(
                    Self.keyFile(pem, tokenURL: "\(server.url)/token"), to: "\(folder)/key.json")
                let store = try openBucket(
                    quickSettings(server) { settings in
                        settings.google.credentials = .keyFile("\(folder)/key.json")
                    })
                _ = try await store.find("a.csv")
                _ = try await store.find("a.csv")

                let exchange = try #require(server.requests.first)
                #expect(server.requests.count == 3)
                #expect(server.requests[1].headers["authorization"] == "Bearer ya29.exchanged")
                let form = String(decoding: exchange.body, as: UTF8.self)
                #expect(
                    form.hasPrefix(
                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&"))
                let assertion = form.split(separator: "assertion=").last ?? ""
                let parts = assertion.split(separator: ".")
                try #require(parts.count == 3)
                let head = #"{"alg":"RS256","kid":"k1","typ":"JWT"}"#
                #expect(String(decoding: Self.decode(parts[0]), as: UTF8.self) == head)
                let claims = try JSONDecoder().decode(
                    Claims.self, from: Data(Self.decode(parts[1])))
                #expect(claims.iss == "sync@project.iam.gserviceaccount.com")
                #expect(claims.scope == "https://www.googleapis.com/auth/devstorage.read_only")
                #expect(claims.aud == "\(server.url)/token")
                #expect(claims.exp == claims.iat + 3_600)
                #expect(abs(claims.iat - time(nil)) < 60)

                try write("\(parts[0]).\(parts[1])", to: "\(folder)/signed")
                try Data(Self.decode(parts[2])).write(to: URL(filePath: "\(folder)/signature"))
                try await openssl(
                    [
                        "dgst", "-sha256", "-verify", "\(folder)/public.pem", "-signature",
                        "\(folder)/signature", "\(folder)/signed",
                    ], folder)
            }
        }
    }

    @Test("says that Google refuses a key, and never shows it")
    func keyRefused() async throws {
        try await withTemporaryFolder { folder in
            try await openssl(["genrsa", "-out", "\(folder)/key.pem", "2048"], folder)
            let pem = try String(contentsOfFile: "\(folder)/key.pem", encoding: .utf8)
            try await withStubServer { request in
                let echo = String(decoding: request.body, as: UTF8.self)
                return StubReply(
                    400, json: #"{"error": "invalid_grant", "error_description": "\#(echo)"}"#)
            } _: { server in
                let path = "\(folder)/key.json"
                try write(Self.keyFile(pem, tokenURL: "\(server.url)/token"), to: path)
                let store = try openBucket(
                    quickSettings(server) { $0.google.credentials = .keyFile(path) })
                let error = await error { try await store.find("a.csv") }
                #expect(error?.kind == .refused)
                #expect(
                    error?.message == "Google refuses the key in \(path) (invalid_grant): check "
                        + "that it has not been deleted and that this machine's clock is right.")
            }
        }
    }

    @Test("says what is wrong with a key file")
    func keyFiles() async throws {
        try await withTemporaryFolder { folder in
            for (text, words) in [
                (nil, "does not exist"), ("{", "is not a key in Google's JSON"),
                (#"{"type": "external_account"}"#, "another type than service_account"),
                (#"{"type": "service_account"}"#, "no complete service account's key"),
                (
                    Self.keyFile("-----BEGIN PRIVATE KEY-----\nxx\n", tokenURL: "https://x/"),
                    "no complete service account's key"
                ),
            ] as [(String?, String)] {
                let path = "\(folder)/key.json"
                if let text { try write(text, to: path) }
                let settings = ObjectStoreSettings(
                    environment: ["GOOGLE_APPLICATION_CREDENTIALS": path])
                let store = try openBucket(settings)
                let error = await error { try await store.find("a.csv") }
                #expect(error?.kind == .misconfigured)
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
                #expect(error?.message.contains("BEGIN") == false)
            }
        }
    }
}

// MARK: Stages

extension GoogleCredentialsTests {
    private struct Claims: Decodable {
        let iss: String
        let scope: String
        let aud: String
        let iat: Int
        let exp: Int
    }

    /// A bucket and a metadata server in one; by default the bucket lets everybody in.
    private func serving(
        token: @escaping @Sendable (StubRequest) -> StubReply,
        object: (@Sendable (StubRequest) -> StubReply)? = nil,
        _ body: (StubHTTPServer, any ObjectStore) async throws -> Void
    ) async throws {
        let object = object ?? { [bucket] in bucket.answer($0) }
        try await withStubServer { request in
            request.path == Self.tokenPath ? token(request) : object(request)
        } _: { server in
            let settings = quickSettings(
                server, environment: ["GCE_METADATA_HOST": server.authority]
            ) { $0.google.credentials = .metadataServer }
            try await body(server, try openBucket(settings))
        }
    }

    /// The tokens `ya29.1`, `ya29.2` and so on.
    private static func tokens(seconds: Int) -> @Sendable (StubRequest) -> StubReply {
        let numbers = Counter()
        return { _ in token("ya29.\(numbers.next())", seconds: seconds) }
    }

    private static func token(_ value: String, seconds: Int) -> StubReply {
        StubReply(
            200, headers: [("Metadata-Flavor", "Google")],
            json: #"{"access_token": "\#(value)", "expires_in": \#(seconds), "token_type": "x"}"#)
    }

    /// A server that has the bad taste to repeat the secret.
    private static func echo(_ request: StubRequest) -> StubReply {
        let secret = request.headers["authorization"] ?? ""
        return StubReply(401, json: #"{"error": {"message": "Invalid: \#(secret)"}}"#)
    }

    private static func split(
        _ requests: [StubRequest]
    ) -> (tokens: [StubRequest], questions: [StubRequest]) {
        (requests.filter { $0.path == tokenPath }, requests.filter { $0.path != tokenPath })
    }

    private static func keyFile(_ pem: String, tokenURL: String) -> String {
        """
        {"type": "service_account", "client_email": "sync@project.iam.gserviceaccount.com",
         "private_key_id": "k1", "token_uri": "\(tokenURL)",
         "private_key": "\(pem.split(separator: "\n").joined(separator: "\\n"))"}
        """
    }

    private static func decode(_ text: Substring) -> [UInt8] {
        var base64 = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
        while base64.utf8.count % 4 != 0 { base64 += "=" }
        return Data(base64Encoded: base64).map { Array($0) } ?? []
    }

    private func openssl(_ arguments: [String], _ folder: String) async throws {
        let child = try ChildProcess.spawn(
            ["/usr/bin/openssl"] + arguments, log: "\(folder)/openssl.log")
        let status = await child.ended()
        let log = (try? String(contentsOfFile: "\(folder)/openssl.log", encoding: .utf8)) ?? ""
        #expect(status == 0, "openssl \(arguments[0]): \(log)")
    }
}
