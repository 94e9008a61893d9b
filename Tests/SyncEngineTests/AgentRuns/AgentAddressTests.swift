import Testing

@testable import SyncEngine

@Suite("Where an agent may be called")
struct AgentAddressTests {
    private static let prefixes = ["https://agents.example.org/a", "http://127.0.0.1:9101"]

    @Test(
        "below what is allowed to its vendor",
        arguments: [
            "https://agents.example.org/a", "https://agents.example.org/a/",
            "https://agents.example.org/a/b/c", "HTTPS://Agents.Example.ORG/a/b",
            "https://agents.example.org/a/b..c", "http://127.0.0.1:9101/x",
        ])
    func allowed(url: String) {
        #expect(AgentAddress.refusal(of: url, allowedPrefixes: Self.prefixes) == nil)
    }

    @Test(
        "and nowhere else, however it is written",
        arguments: [
            "", "agents.example.org/a", "file:///etc/passwd", "ftp://agents.example.org/a",
            "https://", "https:///a", "https://agents.example.org", "https://agents.example.org/ab",
            "https://agents.example.org/A", "https://agents.example.org.evil.org/a",
            "https://agents.example.org:8443/a", "https://agents.example.org:443/a",
            "https://agents.example.org./a", "https://169.254.169.254/a", "https://[::1]/a",
            "http://agents.example.org/a", "http://127.0.0.1:9102/", "http://127.0.0.1/",
            "http://localhost:9101/", "http://127.0.0.1:9101@evil.org/",
            "http://127.0.0.1.evil.org:9101/", "http://2130706433:9101/",
            "https://evil.org/https://agents.example.org/a",
            "https://evil.org@agents.example.org/a", "https://agents.example.org@evil.org/a",
            "https://evil.org#@agents.example.org/a", "https://evil.org\\@agents.example.org/a",
            "https://agents.example.org/a?x=1", "https://agents.example.org/a#x",
            "https://agents.example.org/a/../b", "https://agents.example.org/a/./b",
            "https://agents.example.org/a/%2e%2E/b", "https://agents.example.org/a/.%2e/b",
            "https://agents.example.org/a/..%2fb", "https://agents.example.org/a/..%5Cb",
            "https://agents.example.org/a%2f..%2fb", "https://agents.example.org/a/..;x=1/b",
            "https://agents.example.org/a\r\nHost: evil.org", "https://agents.example.org/a b",
            "https://agents.example.org/\u{e0}", "https://agents.exam\u{200b}ple.org/a",
        ])
    func refused(url: String) {
        #expect(AgentAddress.refusal(of: url, allowedPrefixes: Self.prefixes) != nil)
    }

    @Test("and nowhere at all without configuration; what is said names no address")
    func nowhere() {
        let url = "https://agents.example.org/a"
        for prefixes in [[], [""], ["agents.example.org"], ["https://"]] {
            let refusal = AgentAddress.refusal(of: url, allowedPrefixes: prefixes)
            #expect(refusal?.contains("example") == false)
        }
    }
}
