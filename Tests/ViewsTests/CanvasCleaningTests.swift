import TestSupport
import Testing
import Views

@Suite("Visible text")
struct CanvasCleaningTests {
    @Test(
        "shows what a terminal would act on, or hide, as symbols",
        arguments: [
            ("\u{1B}[2Jx", "␛[2Jx", "^[[2Jx"),
            ("a\rb\nc\td", "a␍b␊c␉d", "a^Mb^Jc^Id"),
            ("\u{7F}\0", "␡␀", "^?^@"),
            ("\u{9B}31m", "‹9B›31m", "<9B>31m"),
            ("pay\u{202E}fdp.exe", "pay‹202E›fdp.exe", "pay<202E>fdp.exe"),
            ("\u{2066}x\u{2069}\u{200E}", "‹2066›x‹2069›‹200E›", "<2066>x<2069><200E>"),
            ("a\u{200B}b\u{FEFF}", "a‹200B›b‹FEFF›", "a<200B>b<FEFF>"),
            ("\u{2028}\u{2029}", "‹2028›‹2029›", "<2028><2029>"),
            ("x\u{AD}y", "x‹AD›y", "x<AD>y"),
            ("\u{E000}\u{10FFFF}", "‹E000›‹10FFFF›", "<E000><10FFFF>"),
            ("\u{378}", "‹378›", "<378>"),
            ("\u{E0041}", "‹E0041›", "<E0041>"),
            ("a\u{200D}b", "a‹200D›b", "a<200D>b"),
            ("1\u{FE0F}\u{20E3}", "1‹20E3›", "1<20E3>"),
        ])
    func cleaned(text: String, unicode: String, ascii: String) {
        #expect(VisibleText.cleaned(text) == unicode)
        #expect(VisibleText.cleaned(text, .ascii) == ascii)
        #expect(VisibleText.columns(text) == unicode.unicodeScalars.count)
        #expect(VisibleText.columns(text, .ascii) == ascii.utf8.count)
    }

    @Test("lets nothing through that controls, hides or reorders, whatever the input")
    func nothingPasses() {
        let planes: [ClosedRange<UInt32>] = [
            0...0x33FF, 0xA000...0xAC00, 0xD700...0x1FFFF,
            0xE0000...0xE0FFF, 0x10FF00...0x10FFFF,
        ]
        for value in planes.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for glyphs in [GlyphSet.unicode, .ascii] {
                for shown in VisibleText.cleaned(String(scalar), glyphs).unicodeScalars {
                    switch shown.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse,
                        .unassigned, .surrogate:
                        Issue.record("U+\(String(value, radix: 16)) lets U+\(shown.value) through")
                    default: break
                    }
                    if glyphs.isASCII, shown.value < 0x20 || shown.value >= 0x7F {
                        Issue.record("U+\(String(value, radix: 16)) is not shown in ASCII")
                    }
                }
            }
        }
    }

    @Test("keeps marks on their base, bounded, and gives a lone mark a base")
    func marks() {
        #expect(VisibleText.cleaned("e\u{301}") == "e\u{301}")
        #expect(VisibleText.columns("e\u{301}n\u{303}") == 2)
        #expect(VisibleText.cleaned("\u{301}x") == "◌\u{301}x")
        #expect(VisibleText.columns("\u{301}") == 1)
        let zalgo = "z" + String(repeating: "\u{335}", count: 500)
        #expect(VisibleText.cleaned(zalgo).unicodeScalars.count == 5)
        #expect(VisibleText.columns(zalgo) == 1)
    }

    @Test("takes emoji apart into characters of known width")
    func emoji() {
        #expect(VisibleText.cleaned("👩‍👧!") == "👩·👧!")
        #expect(VisibleText.columns("👩‍👧!") == 6)
        #expect(VisibleText.cleaned("👍🏽") == "👍·")
        #expect(VisibleText.cleaned("👩🏽‍💻") == "👩··💻")
        #expect(VisibleText.cleaned("❤️") == "❤")
        #expect(VisibleText.columns("❤️") == 1)
        #expect(VisibleText.cleaned("🇪🇸") == "ⒺⓈ")
        #expect(VisibleText.cleaned("👩‍👧!", .ascii) == "???!")
    }

    @Test("counts wide characters as two columns")
    func wide() {
        for (text, columns) in [
            ("abc", 3), ("日本語", 6), ("ｆｕｌｌ", 8), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
            ("ñü€", 3), ("─│┌", 3), ("😀", 2), ("\u{20000}", 2), ("", 0), ("\u{3000}", 2),
            ("ﾊﾝ", 2), ("العربية", 7),
        ] {
            #expect(VisibleText.columns(text) == columns, "\(text)")
        }
    }

    @Test("agrees with the C library about the width of nearly every character that it shows")
    func widthTable() {
        let scalars = (UInt32(0x20)...0x3FFFF).compactMap(Unicode.Scalar.init)
        let reference = TerminalWidths.columns(of: scalars)
        var shown = 0
        var differing: [String] = []
        for (scalar, columns) in zip(scalars, reference) {
            let text = "a" + String(scalar)
            guard columns >= 0, VisibleText.cleaned(text) == text else { continue }
            shown += 1
            if VisibleText.columns(text) - 1 != columns {
                differing.append(String(scalar.value, radix: 16))
            }
        }
        #expect(shown > 130_000)
        #expect(differing.count < 5, "\(differing)")
    }

    @Test("keeps line feeds and tabs for the clipboard, and nothing else that controls")
    func clipboard() {
        #expect(VisibleText.cleanedLines("a\tb\n\u{1B}]52;\r\nc") == "a\tb\n␛]52;␍\nc")
    }

    @Test("finds out from the locale whether there is Unicode")
    func locale() {
        #expect(GlyphSet.detected(environment: ["LANG": "es_ES.UTF-8"]) == .unicode)
        #expect(GlyphSet.detected(environment: ["LANG": "es_ES.UTF-8", "LC_ALL": "C"]) == .ascii)
        #expect(GlyphSet.detected(environment: ["LC_ALL": "", "LC_CTYPE": "C.utf8"]) == .unicode)
        #expect(GlyphSet.detected(environment: [:]) == .ascii)
    }
}
