import HTTPClient
import Testing

@testable import ObjectStores

/// Amazon's own examples (AWS, "Authenticating Requests: Using the Authorization Header").
@Suite("Signature of a request to S3")
struct AmazonSignerTests {
    @Test("is Amazon's own for an object's first bytes")
    func object() throws {
        let request = HTTPRequest(
            "GET", "https://examplebucket.s3.amazonaws.com/test.txt",
            headers: [("Range", "bytes=0-9")])
        #expect(
            try authorization(request)
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                + "aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    }

    @Test("is Amazon's own for a listing, in whatever order its query stands")
    func listing() throws {
        for query in ["max-keys=2&prefix=J", "prefix=J&max-keys=2"] {
            let request = HTTPRequest("GET", "https://examplebucket.s3.amazonaws.com/?\(query)")
            #expect(
                try authorization(request)?.hasSuffix(
                    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7") == true)
        }
    }

    @Test("covers a lent key's token, and hides all that is secret")
    func token() throws {
        let keys = try #require(AmazonKeys(id: "AKIA", secret: "hunter2", sessionToken: "lent"))
        let signed = AmazonSigner(keys: keys, region: "eu-west-1") { 0 }
            .sign(HTTPRequest("GET", "https://bucket.example.org/a.csv"))
        let headers = Dictionary(uniqueKeysWithValues: signed.request.headers)
        #expect(headers["x-amz-security-token"] == "lent")
        #expect(headers["Authorization"]?.contains(";x-amz-security-token,") == true)
        #expect(headers["Authorization"]?.contains("/19700101/eu-west-1/s3/") == true)
        #expect(signed.secrets.contains("hunter2") && signed.secrets.contains("lent"))
        var dumped = "\(keys) \(String(reflecting: keys))"
        dump(keys, to: &dumped)
        #expect(!dumped.contains("hunter2") && !dumped.contains("lent"))
    }

    private func authorization(_ request: HTTPRequest) throws -> String? {
        let keys = try #require(
            AmazonKeys(
                id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"))
        // 2013-05-24T00:00:00Z
        let signer = AmazonSigner(keys: keys, region: "us-east-1") { 1_369_353_600 }
        return signer.sign(request).request.headers.first { $0.name == "Authorization" }?.value
    }
}
