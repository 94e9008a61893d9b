import HTTPClient
import TestSupport
import Testing

@Suite("Requests over HTTP", .timeLimit(.minutes(5)))
struct HTTPRequestTests {
    @Test("a long body goes out at once: nobody is asked first whether he wants it")
    func longBody() async throws {
        try await withStubServer { _ in
            StubReply(200)
        } _: { server in
            // From 1 MiB on libcurl would ask, and wait a second for an answer that few servers give.
            let body = [UInt8](repeating: 0x61, count: 3 << 20)
            for method in ["POST", "PUT"] {
                let answer = try await HTTPClient().send(
                    HTTPRequest(method, server.url + "/orders", body: body), limits: HTTPLimits())
                #expect(answer.status == 200)
            }
            #expect(server.requests.map(\.method) == ["POST", "PUT"])
            for request in server.requests {
                #expect(request.headers["expect"] == nil)
                #expect(request.body.count == body.count)
            }
        }
    }
}
