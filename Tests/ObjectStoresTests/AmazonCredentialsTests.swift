import FoundationEssentials
import ObjectStores
import TestSupport
import Testing

@Suite("Keys for S3", .timeLimit(.minutes(2)))
struct AmazonCredentialsTests {
    @Test("come from the variables, from a file's profile, or are none")
    func sources() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/keys"
            try write(
                """
                # comment
                [default]
                aws_access_key_id = AKIAFILE
                aws_secret_access_key=s3cr=et
                [ night ]
                aws_access_key_id=AKIANIGHT
                aws_secret_access_key=x
                aws_session_token=lent
                """, to: path)
            let variables = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "x"]
            #expect(try await asker(.automatic, variables) == "AKIAENV")
            #expect(
                try await asker(.automatic, ["AWS_SHARED_CREDENTIALS_FILE": path]) == "AKIAFILE")
            #expect(try await asker(.keyFile(path), variables) == "AKIAFILE")
            #expect(try await asker(.keyFile(path), ["AWS_PROFILE": "night"]) == "AKIANIGHT")
            #expect(try await asker(.none, variables) == nil)
        }
    }

    @Test("are read anew for each request, so that a replaced key is used at once")
    func replaced() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/keys"
            func text(_ id: String) -> String {
                "[default]\naws_access_key_id=\(id)\naws_secret_access_key=x\n"
            }
            try write(text("OLD"), to: path)
            try await asking(.keyFile(path)) { server, store in
                _ = try await store.find("a.csv")
                try write(text("NEW"), to: path)
                _ = try await store.find("a.csv")
                #expect(server.requests.map(Self.key) == ["OLD", "NEW"])
            }
        }
    }

    @Test("that are missing or broken are an error that says what to do, without the secret")
    func broken() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/keys"
            try write("[default]\naws_secret_access_key=hunter2\n", to: path)
            for (credentials, variables, words) in [
                (AmazonStorageSettings.Credentials.automatic, [:], "set AWS_ACCESS_KEY_ID"),
                (
                    .automatic, ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "hunter2\n"],
                    "check AWS_ACCESS_KEY_ID"
                ),
                (.keyFile(path), [:], "no complete key in the profile [default]"),
                (.keyFile(folder), [:], "cannot be read"),
                (.keyFile(folder + "/nothing"), [:], "does not exist"),
            ] {
                let error = await error { try await asker(credentials, variables) }
                #expect(error?.kind == .misconfigured)
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "-")")
                #expect(error?.message.contains("hunter2") == false)
            }
        }
    }

    /// Who asks, as the server hears it.
    private func asker(
        _ credentials: AmazonStorageSettings.Credentials, _ variables: [String: String] = [:]
    ) async throws -> String? {
        var key: String?
        try await asking(credentials, variables) { server, store in
            _ = try await store.find("a.csv")
            key = server.requests.first.flatMap(Self.key)
        }
        return key
    }

    private func asking(
        _ credentials: AmazonStorageSettings.Credentials, _ variables: [String: String] = [:],
        _ body: (StubHTTPServer, any ObjectStore) async throws -> Void
    ) async throws {
        try await withStubServer { _ in
            StubReply(200, body: Array("<ListBucketResult><Name>b</Name></ListBucketResult>".utf8))
        } _: { server in
            let settings = quickSettings(server, environment: variables) {
                $0.amazon.credentials = credentials
            }
            try await body(
                server,
                try ObjectStoreFactory.open(
                    .amazon(bucket: "bucket", prefix: ""), settings: settings))
        }
    }

    private static func key(_ request: StubRequest) -> String? {
        request.headers["authorization"]?.split(separator: "=").dropFirst().first?
            .split(separator: "/").first.map(String.init)
    }
}
