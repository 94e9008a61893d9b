import Testing

@testable import Probes

@Suite("JSON parser")
struct JSONParserTests {
    @Test(
        "reads what RFC 8259 allows",
        arguments: [
            "null", " true ", "false", "0", "-0", "-0.0e-0", "12", "1.5", "1e5", "1E+5", "-1.25e-3",
            "1e400000", "123456789012345678901234567890", #""""#, #""a""#, #""\"\\\/\b\f\n\r\t""#,
            #""\u0000""#, #""é漢😀""#, #""\u00e9\uD83D\uDE00""#, #""\ud800""#, "[]", "[ ]",
            "{}", "{ }", "[1]", "[1,2]", "[[],{}]", #"{"a":1}"#, #"{"a":1,"a":2}"#,
            #"{"":{"":[null]}}"#, "\t\r\n [ 1 , 2 ] \n", "\"\u{7F}\"", "\"\u{2028}\"",
        ])
    func valid(text: String) throws {
        _ = try JSONDocument(text: text)
    }

    @Test(
        "refuses what RFC 8259 does not allow, and says where",
        arguments: [
            ("", .empty, 0), (" ", .unexpectedEnd, 1), ("nul", .unexpectedEnd, 3),
            ("nulL", .expectedValue, 3), ("True", .expectedValue, 0), ("01", .malformedNumber, 0),
            ("-", .unexpectedEnd, 1), ("-a", .malformedNumber, 1), ("+1", .expectedValue, 0),
            (".5", .expectedValue, 0), ("1.", .unexpectedEnd, 2), ("1.e5", .malformedNumber, 2),
            ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3), ("0x1", .trailingText, 1),
            ("NaN", .expectedValue, 0), ("Infinity", .expectedValue, 0), ("1 2", .trailingText, 2),
            ("[1,]", .expectedValue, 3), ("[,1]", .expectedValue, 1), ("[1", .unexpectedEnd, 2),
            ("[1 2]", .expectedCommaOrEnd, 3), ("[1}", .expectedCommaOrEnd, 2),
            ("{,}", .expectedKey, 1), (#"{"a"}"#, .expectedColon, 4), ("{a:1}", .expectedKey, 1),
            (#"{"a":}"#, .expectedValue, 5), (#"{"a":1,}"#, .expectedKey, 7),
            (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a" 1}"#, .expectedColon, 5),
            ("'a'", .expectedValue, 0), ("\"a", .unexpectedEnd, 2),
            ("\"\n\"", .controlCharacterInText, 1),
            (#""\x""#, .malformedEscape, 1), (#""\u12G4""#, .malformedEscape, 1),
            (#""\u12"#, .malformedEscape, 1), ("\"\\", .unexpectedEnd, 1),
            ("// a\n1", .expectedValue, 0), ("\u{FEFF}1", .byteOrderMark, 0),
        ] as [(String, JSONParseError.Reason, Int)])
    func invalid(text: String, reason: JSONParseError.Reason, position: Int) {
        #expect(throws: JSONParseError(reason: reason, position: position)) {
            _ = try JSONDocument(text: text)
        }
    }

    @Test(
        "refuses bytes that are not well-formed UTF-8",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xFE], [0xFF],
        ] as [[UInt8]])
    func illFormed(bytes: [UInt8]) {
        for before in 0...9 {
            let quoted = [0x22] + Array(repeating: 0x61, count: before) + bytes + [0x22]
            #expect(throws: JSONParseError(reason: .invalidUTF8, position: before + 1)) {
                _ = try JSONDocument(quoted)
            }
        }
    }

    @Test("every scalar of Unicode comes back as it went in, at every alignment")
    func everyScalar() throws {
        var text = ""
        for value in stride(from: UInt32(0x20), through: 0x10FFFF, by: 7) {
            guard let scalar = Unicode.Scalar(value), scalar != "\"", scalar != "\\" else {
                continue
            }
            text.unicodeScalars.append(scalar)
        }
        for padding in 0..<8 {
            let padded = String(repeating: "x", count: padding) + text
            let read = try JSONDocument(text: "\"\(padded)\"").root.string
            #expect(read?.utf8.elementsEqual(padded.utf8) == true)
        }
    }

    @Test("128 levels are read, 129 and 10,000 are refused without exhausting the stack")
    func depth() throws {
        for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
            let deep = String(repeating: open, count: 127)
            let allowed = deep + "[]" + String(repeating: close, count: 127)
            #expect(try JSONDocument(text: allowed).root.count == 1)
            for levels in [129, 10_000] {
                let text =
                    String(repeating: open, count: levels) + "1"
                    + String(repeating: close, count: levels)
                let error = #expect(throws: JSONParseError.self) {
                    _ = try JSONDocument(text: text)
                }
                #expect(error?.reason == .tooDeep)
                #expect(error?.description.hasPrefix("nested deeper than 128 at byte") == true)
            }
        }
    }

    @Test("jsonb is refused what it cannot hold, and only that as far as we can tell")
    func storable() throws {
        let storable = [
            "1e131071", "1e-16383", #""\u0001""#, #""\uD83D\uDE00""#, "123.456e10", "-0",
            String(repeating: "9", count: 131_072), "0." + String(repeating: "1", count: 16_383),
        ]
        let refused = [
            #""\u0000""#, #"{"a\u0000":1}"#, #"["\ud800"]"#, #""\udc00""#, #""\ud800\u0061""#,
            "1e131072", "1e-16384", "1e400000", "1e99999999999999999999999", "-1.5e-400000",
            String(repeating: "9", count: 131_073), "0." + String(repeating: "1", count: 16_384),
        ]
        for text in storable {
            #expect(try JSONDocument(text: text).isStorableAsJSONB, "\(text.prefix(40))")
        }
        for text in refused {
            #expect(try !JSONDocument(text: text).isStorableAsJSONB, "\(text.prefix(40))")
        }
    }

    @Test("ten megabytes are read")
    func large() throws {
        let row = #"{"id":12345,"name":"Instalación","list":["a","b","c"],"flag":true,"none":null}"#
        let count = 10_000_000 / row.utf8.count
        let text = "[" + Array(repeating: row, count: count).joined(separator: ",") + "]"
        let document = try JSONDocument(text: text)
        #expect(document.root.count == count)
        #expect(document.root.elements.allSatisfy { $0["id"]?.int64 == 12345 })
        #expect(document.isStorableAsJSONB)
    }

    @Test("random damage never crashes it, and what it accepts can be read and written again")
    func fuzz() throws {
        var state: UInt64 = 42
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let seed = Array(
            #"{"a":[1,-2.5e3,"é\n\u00e9\uD83D\uDE00"],"b":{"c":null,"d":[true,false]},"a":""}"#.utf8
        )
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0...random(4) {
                let place = random(bytes.count)
                switch random(3) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(seed[random(seed.count)], at: place)
                }
            }
            guard let document = try? JSONDocument(bytes) else { continue }
            accepted += 1
            let value = JSONValue(document.root)
            let again = try JSONValue(JSONDocument(text: JSONWriter.text(value)).root)
            #expect(again == value)
        }
        #expect(accepted > 100)
    }
}
