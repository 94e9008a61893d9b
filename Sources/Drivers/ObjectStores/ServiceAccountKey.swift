import FoundationEssentials
import Glibc
import HTTPClient
import Hashing
import Threads

/// A service account's key file, and the tokens that it is exchanged for
/// (https://developers.google.com/identity/protocols/oauth2/service-account, RFC 7523).
struct ServiceAccountKey: TokenSource {
    let path: String
    let client: HTTPClient
    let patience: TransferPatience

    private static let scope = "https://www.googleapis.com/auth/devstorage.read_only"
    private static let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    private static let mostFileBytes: Int64 = 65_536

    /// Google's JSON.
    private struct File: Decodable {
        let type: String
        let email: String?
        let key: String?
        let keyID: String?
        let tokenAddress: String?

        enum CodingKeys: String, CodingKey {
            case type
            case email = "client_email"
            case key = "private_key"
            case keyID = "private_key_id"
            case tokenAddress = "token_uri"
        }
    }

    var who: String { "the service account of \(path)" }

    /// Reads the file each time: a key that was replaced is used at the next token.
    func newToken() async throws(ObjectStoreError) -> BearerToken {
        let (assertion, address) = try await assertion()
        return try await exchange(assertion, at: address)
    }

    func check() async throws(ObjectStoreError) {
        _ = try await assertion()
    }

    /// What is exchanged for a token, and where.
    private func assertion() async throws(ObjectStoreError) -> (String, address: String) {
        let file = try await OwnThread.run(named: "key") { () throws(ObjectStoreError) in
            try read()
        }
        guard let email = file.email, let pem = file.key,
            let address = file.tokenAddress, let key = RSAPrivateKey(pem: pem)
        else {
            throw unfit("has no complete service account's key in it")
        }
        guard try BucketEndpoint(address, place: "the token_uri in \(path)").keepsSecrets else {
            throw unfit("names a token_uri that is not https")
        }
        let claims = Claims(
            issuer: email, scope: Self.scope, audience: address, issuedAt: Int64(time(nil)))
        guard let assertion = claims.signed(by: key, id: file.keyID) else {
            throw unfit("has a key that cannot sign")
        }
        return (assertion, address)
    }

    private func exchange(
        _ assertion: String, at address: String
    ) async throws(ObjectStoreError) -> BearerToken {
        let form = PercentEncoding.query([("grant_type", Self.grant), ("assertion", assertion)])
        let request = HTTPRequest(
            "POST", address, headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.utf8))
        let transport = BucketTransport(
            place: "The token server of \(path)", client: client, signer: Anonymous(),
            patience: patience, gate: .open, words: { _ in "" })
        let answer = try await transport.ask(request, accepting: [400, 401, 403])
        guard answer.status == 200 else {
            throw ObjectStoreError(
                .refused,
                "Google refuses the key in \(path) (\(OAuthError.word(answer.body))): check that "
                    + "it has not been deleted and that this machine's clock is right.")
        }
        guard let token = BearerToken(answer.body) else {
            throw ObjectStoreError(
                .invalidAnswer,
                "The token server of \(path) answers without a token: check its token_uri.")
        }
        return token
    }

    private func read() throws(ObjectStoreError) -> File {
        let bytes: Data
        do throws(ObjectStoreError) {
            let size = try OpenFile(path, flags: OpenFile.nameOnly).identity(location: path)
            guard size.isRegular, size.sizeBytes <= Self.mostFileBytes,
                let contents = FileManager.default.contents(atPath: path)
            else { throw unfit("cannot be read") }
            bytes = contents
        } catch {
            throw ObjectStoreError(.misconfigured, "The key file cannot be used: \(error.message)")
        }
        guard let file = try? JSONDecoder().decode(File.self, from: bytes) else {
            throw unfit("is not a key in Google's JSON")
        }
        guard file.type == "service_account" else {
            throw unfit("holds credentials of another type than service_account")
        }
        return file
    }

    private func unfit(_ reason: String) -> ObjectStoreError {
        ObjectStoreError(
            .misconfigured, "\(path) \(reason): give a service account's key file, unencrypted.")
    }
}

/// The one word of an OAuth error that may be shown: `invalid_grant`.
private enum OAuthError {
    static func word(_ body: [UInt8]) -> String {
        struct Answer: Decodable {
            let error: String
        }
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)),
            answer.error.utf8.count < 40,
            answer.error.utf8.allSatisfy({
                $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            })
        else { return "no reason given" }
        return answer.error
    }
}

/// What a service account says of itself (RFC 7519).
private struct Claims {
    let issuer: String
    let scope: String
    let audience: String
    /// Seconds since 1970.
    let issuedAt: Int64

    /// Header, claims and signature in Base64, joined by points; nil if the key cannot sign.
    func signed(by key: RSAPrivateKey, id: String?) -> String? {
        var header = ["alg": "RS256", "typ": "JWT"]
        header["kid"] = id
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let payload = Payload(
            iss: issuer, scope: scope, aud: audience, iat: issuedAt, exp: issuedAt + 3_600)
        guard let head = try? encoder.encode(header), let body = try? encoder.encode(payload) else {
            return nil
        }
        let signed = "\(Self.base64URL(head)).\(Self.base64URL(body))"
        guard let signature = key.signature(of: Array(signed.utf8)) else { return nil }
        return "\(signed).\(Self.base64URL(Data(signature)))"
    }

    private struct Payload: Encodable {
        let iss: String
        let scope: String
        let aud: String
        let iat: Int64
        let exp: Int64
    }

    /// RFC 4648, section 5, without padding.
    private static func base64URL(_ bytes: Data) -> String {
        String(
            bytes.base64EncodedString().compactMap { character -> Character? in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }
}
