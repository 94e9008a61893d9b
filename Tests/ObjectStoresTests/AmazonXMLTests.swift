import Testing

@testable import ObjectStores

@Suite("S3's XML")
struct AmazonXMLTests {
    @Test("is read by groups, with XML's own entities and numbers")
    func listing() throws {
        let page = try #require(
            xml(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Name>bucket</Name><Prefix/><!-- nothing -->
                  <Contents><Key>a &amp; b&#x27;&#233;.csv</Key><Size>3</Size></Contents>
                  <Contents><Key></Key><Owner><ID>x</ID></Owner></Contents>
                </ListBucketResult>
                """))
        #expect(page["Name"] == "bucket")
        #expect(page["Prefix"] == nil)
        #expect(
            page.groups(of: "Contents") == [["Key": "a & b'é.csv", "Size": "3"], ["Key": ""]])
    }

    @Test(
        "is not guessed at",
        arguments: [
            "", "text", "<a", "<a>", "<a></b>", "</a>", "<a><b>&evil;</b></a>", "<a><b>&</b></a>",
            "<a><b>&#xFFFFFFFF;</b></a>", "{\"a\": 1}",
            String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
        ])
    func nonsense(_ text: String) {
        #expect(xml(text) == nil)
    }

    private func xml(_ text: String) -> AmazonXML? { AmazonXML(Array(text.utf8)) }
}
