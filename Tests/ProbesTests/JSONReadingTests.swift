import Testing

@testable import Probes

@Suite("JSON reading and writing")
struct JSONReadingTests {
    @Test(
        "whole numbers are read exactly, however they are written",
        arguments: [
            ("0", 0), ("-0", 0), ("180", 180), ("180.0", 180), ("180.000e0", 180), ("1.8e2", 180),
            ("1800e-1", 180), ("-12", -12), ("9223372036854775807", .max),
            ("-9223372036854775808", .min), ("9223372036854775808", nil), ("0.0001e4", 1),
            ("-9223372036854775809", nil), ("1.5", nil), ("1e19", nil),
            ("1e18", 1_000_000_000_000_000_000),
            ("1e400000", nil), ("0e400000", 0), ("1e-400000", nil), ("0.000", 0),
            ("1e99999999999999999999", nil), (#""180""#, nil), ("null", nil), ("true", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) throws {
        #expect(try JSONDocument(text: text).root.int64 == value)
    }

    @Test("a number beyond a double is nil, its text is kept")
    func doubles() throws {
        let document = try JSONDocument(text: "[1.5,1e400000,-1e400000,1e-400000,2]")
        #expect(document.root.elements.map(\.double) == [1.5, nil, nil, 0, 2])
        #expect(document.root.elements.map(\.numberText)[1] == "1e400000")
    }

    @Test("escapes are resolved; half of a surrogate pair becomes the replacement character")
    func texts() throws {
        let document = try JSONDocument(
            text: #"["a\"\\\/\b\f\n\r\t","\u00e9\uD83D\uDE00","\ud800x","\udc00","a\u0000b",""]"#)
        let texts = document.root.elements.map(\.string)
        #expect(
            texts == [
                "a\"\\/\u{8}\u{C}\n\r\t", "é😀", "\u{FFFD}x", "\u{FFFD}", "a\0b", "",
            ])
        let odd = document.root.elements.map(\.hasUnstorableText)
        #expect(odd == [false, false, true, true, true, false])
    }

    @Test("of duplicate keys the last wins, escaped keys are the same keys")
    func keys() throws {
        let root = try JSONDocument(text: #"{"a":1,"b":{"a":2},"\u0061":3,"c":[]}"#).root
        #expect(root["a"]?.int64 == 3)
        #expect(root.member("a")?.int64 == 3)
        #expect(root["b"]?["a"]?.int64 == 2)
        #expect(root["d"] == nil && root.member("d") == nil)
        #expect(root.count == 4)
        #expect(JSONWriter.text(JSONValue(root)) == #"{"a":3,"b":{"a":2},"c":[]}"#)
        #expect(root["c"]?.member("x") == nil)
    }

    @Test("the writer keeps the order of keys and escapes what must be escaped")
    func writes() {
        let value: JSONValue = [
            "id": 12, "name": "a\"\\\n\u{1}\u{7F}é/", "none": nil, "flag": true, "share": 0.5,
            "huge": .number("1e400000"), "nan": .double(.nan), "list": [], "object": [:],
        ]
        #expect(
            JSONWriter.text(value)
                == #"{"id":12,"name":"a\"\\\n\u0001"# + "\u{7F}"
                + #"é/","none":null,"flag":true,"share":0.5,"huge":1e400000,"nan":null,"#
                + #""list":[],"object":{}}"#)
    }

    @Test("pretty output is indented by two spaces")
    func pretty() {
        let value: JSONValue = ["a": [1, ["b": []]], "c": [:]]
        #expect(
            JSONWriter.text(value, style: .pretty) == """
                {
                  "a": [
                    1,
                    {
                      "b": []
                    }
                  ],
                  "c": {}
                }
                """)
    }

    @Test("the streaming calls write the same as a value")
    func streams() {
        var writer = JSONWriter()
        writer.array { writer in
            writer.object {
                $0.member("id", 1)
                $0.member("tags", array: { $0.value("x") })
                $0.member("at", .timestamp(Timestamp(microseconds: 0)))
            }
            writer.value(nil)
        }
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == #"[{"id":1,"tags":["x"],"at":"1970-01-01T00:00:00.000000Z"},null]"#)
    }
}
