import Testing

@testable import Probes

@Suite("Filter that cannot be read")
struct FilterErrorTests {
    private func error(_ text: String) -> String? {
        do throws(FilterError) {
            _ = try Filter<EventRow>(text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("says where it is wrong and what was expected")
    func messages() {
        #expect(
            error("contry:ES")
                == "filter, character 1: there is no field contry; did you mean country?")
        #expect(error("word statis:held")?.contains("did you mean status?") == true)
        #expect(
            error("status:dead_letered")
                == "filter, character 8: status is never dead_letered; did you mean dead_lettered? "
                + "(processed, skipped, held, parked, retrying, dead_lettered)")
        #expect(
            error("attempts>many")
                == "filter, character 10: many is not what attempts takes: expected a number, "
                + "such as 3")
        #expect(error("age>1y")?.contains("expected a duration, such as 90s, 5m, 1h or 2d") == true)
        #expect(
            error("age:1h")
                == "filter, character 5: write age> or age< and a duration")
        #expect(
            error("code>A")
                == "filter, character 6: code has no order: write code: and a whole value, "
                + "or its beginning and *")
        #expect(error("code:") == "filter, character 6: expected a value for code")
        #expect(error("code:A,,B") == "filter, character 8: expected a value for code")
        #expect(
            error("attempts>1,2")
                == "filter, character 12: several values can only follow attempts:")
        #expect(
            error("\"two words")
                == "filter, character 1: this quotation mark is never closed")
        #expect(
            error("held !")
                == "filter, character 7: expected a word or a field such as state:open")
        #expect(error("received_at>2026-02-30")?.contains("expected a time") == true)
        #expect(error("warnings:true,false")?.contains("takes one value") == true)
    }

    @Test("names the fields where none is near, and the way out for a word with a colon")
    func nothingNear() {
        let message = error("https://example.com") ?? ""
        #expect(message.contains("the fields are status, service_code,"))
        #expect(message.hasSuffix("put a plain word that holds a colon in quotes"))
    }

    @Test("counts positions in characters, not in bytes")
    func positions() {
        #expect(error("café \"ñ\" contry:ES")?.contains("character 10:") == true)
    }

    @Test("refuses numbers that are no numbers")
    func numbers() {
        for text in ["nan", "inf", "0x10", "1e999", "--1", "1.2.3", "٣"] {
            #expect(error("attempts:\(text)") != nil, "\(text)")
        }
        for text in ["1w2d", "250ms", "0s"] { #expect(error("age>\(text)") == nil, "\(text)") }
        for text in ["99999999999999999999h", "9000000w", "s", "1h2", "-1h"] {
            #expect(error("age>\(text)") != nil, "\(text)")
        }
    }
}
