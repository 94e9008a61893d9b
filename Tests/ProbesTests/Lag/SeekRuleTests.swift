import Probes
import Testing

@Suite("Where a partition is read from")
struct SeekRuleTests {
    private static let rule = SeekRule(next: 100, reached: nil, low: 20, high: 150)

    @Test("takes an offset, a time, earliest and latest, and nothing else")
    func targets() {
        #expect(SeekTarget("earliest") == .earliest)
        #expect(SeekTarget("LATEST") == .latest)
        #expect(SeekTarget("0") == .offset(0))
        #expect(
            SeekTarget("2025-01-17T10:30:00Z")
                == Timestamp(iso8601: "2025-01-17T10:30:00Z").map(SeekTarget.time))
        for text in ["", "-1", "yesterday", "1.5", "12 ", "99999999999999999999"] {
            #expect(SeekTarget(text) == nil, "\(text)")
        }
    }

    @Test("what lies before the position is read again, what lies behind it is skipped")
    func directions() {
        #expect(Self.rule.outcome(of: 90) == .set(repeated: 10, skipped: nil))
        #expect(Self.rule.outcome(of: 150) == .set(repeated: 0, skipped: 100..<150))
        #expect(Self.rule.outcome(of: 20) == .set(repeated: 80, skipped: nil))
        #expect(Self.rule.outcome(of: 100) == .refused("stands at offset 100 already"))
    }

    @Test("what the broker does not have is refused, with what it has")
    func bounds() {
        let words = "offset 19 is outside what the broker has, 20 to 150"
        #expect(Self.rule.outcome(of: 19) == .refused(words))
        #expect(
            Self.rule.outcome(of: 151)
                == .refused("offset 151 is outside what the broker has, 20 to 150"))
    }

    @Test("on the way back from an earlier seek only what nobody has read counts as skipped")
    func wayBack() {
        let rule = SeekRule(next: 60, reached: 100, low: 20, high: 150)
        #expect(rule.outcome(of: 100) == .set(repeated: 0, skipped: nil))
        #expect(rule.outcome(of: 90) == .set(repeated: 10, skipped: nil))
        #expect(rule.outcome(of: 130) == .set(repeated: 0, skipped: 100..<130))
    }

    @Test("says what it means in words")
    func words() {
        #expect(
            SeekRule.words(repeated: 0, skipped: 100..<101) == "skips 1 event (offsets 100 to 100)")
        #expect(
            SeekRule.words(repeated: 3, skipped: nil)
                == "reads 3 events again; those that are known change nothing")
        #expect(SeekRule.words(repeated: 0, skipped: nil) == "reads on from there")
    }
}
