import Testing
import Views

@Suite("Key decoder")
struct InputDecoderTests {
    let start = ContinuousClock.now

    /// What each chunk gives, fed at once.
    private func decode(_ chunks: String...) -> [ScreenInput] {
        var decoder = KeyDecoder()
        return chunks.flatMap { decoder.feed(Array($0.utf8), now: start) }
    }

    private func keys(_ keys: Key...) -> [ScreenInput] { keys.map { .key($0) } }

    @Test("knows the arrows in both cursor modes, and with modifiers")
    func arrows() {
        #expect(decode("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D") == keys(.up, .down, .right, .left))
        #expect(decode("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD") == keys(.up, .down, .right, .left))
        #expect(decode("\u{1B}[1;5A\u{1B}[1;2D") == keys(Key(.up, .control), Key(.left, .shift)))
    }

    @Test(
        "knows the editing and function keys of xterm, rxvt and the Linux console",
        arguments: [
            ("\u{1B}[H", Key.home), ("\u{1B}OH", .home), ("\u{1B}[1~", .home), ("\u{1B}[7~", .home),
            ("\u{1B}[F", .end), ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp),
            ("\u{1B}[6~", .pageDown), ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert),
            ("\u{1B}[Z", .backtab), ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)),
            ("\u{1B}[[A", .function(1)), ("\u{1B}[15~", .function(5)),
            ("\u{1B}[24~", .function(12)),
            ("\u{1B}[1;2P", Key(.function(1), .shift)), ("\r", .enter), ("\t", .tab),
            ("\u{7F}", .backspace), ("\u{8}", .backspace), ("\u{3}", .ctrl("c")),
            ("\u{1A}", .ctrl("z")), ("\u{1C}", .ctrl("\\")), ("\0", Key(" ", .control)),
            ("\u{1B}x", .alt("x")), ("\u{1B}\r", Key(.enter, .alt)), ("\u{1B}é", .alt("é")),
            ("\u{1B}[97;5u", .ctrl("a")), ("\u{1B}[27;5;9~", Key(.tab, .control)),
        ])
    func named(bytes: String, key: Key) {
        #expect(decode(bytes) == [.key(key)])
    }

    @Test("puts together sequences and characters that a slow link cuts anywhere")
    func split() {
        for text in ["\u{1B}[1;5A", "\u{1B}OA", "日", "é", "😀", "\u{1B}[200~x\u{1B}[201~"] {
            let bytes = Array(text.utf8)
            var whole = KeyDecoder()
            let expected = whole.feed(bytes, now: start)
            #expect(expected.count == 1)
            for cut in 1..<bytes.count where cut > 1 || bytes[0] != 0x1B {
                var decoder = KeyDecoder()
                var inputs = decoder.feed(bytes[..<cut], now: start)
                inputs += decoder.expire(now: start + .milliseconds(500))
                inputs += decoder.feed(bytes[cut...], now: start + .milliseconds(600))
                #expect(inputs == expected, "cut \(text.debugDescription) at \(cut)")
            }
        }
    }

    @Test("takes a lone escape for the key once its delay has passed, not before")
    func escape() {
        var decoder = KeyDecoder(escapeDelay: .milliseconds(40))
        #expect(decoder.feed([0x1B], now: start).isEmpty)
        #expect(decoder.deadline == start + .milliseconds(40))
        #expect(decoder.expire(now: start + .milliseconds(39)).isEmpty)
        #expect(decoder.expire(now: start + .milliseconds(40)) == keys(.escape))
        #expect(decoder.deadline == nil)
        #expect(decode("\u{1B}\u{1B}[A") == keys(.escape, .up))
    }

    @Test("never takes the tail of a late sequence for commands")
    func lateTail() {
        var decoder = KeyDecoder()
        _ = decoder.feed([0x1B], now: start)
        #expect(decoder.expire(now: start + .milliseconds(50)) == keys(.escape))
        let tail = decoder.feed(Array("[A".utf8), now: start + .milliseconds(80))
        #expect(tail == keys(.up))
        // The same two characters without an escape before them are just that.
        #expect(decode("[A") == keys("[", "A"))
    }

    @Test("delivers a paste as text, with the escape sequences and letters that it holds")
    func paste() {
        #expect(
            decode("\u{1B}[200~q\u{1B}[A\u{3}\r:quit\u{1B}[201~j")
                == [.paste("q\u{1B}[A\u{3}\r:quit"), .key("j")])
        #expect(decode("\u{1B}[200~ab\u{1B}[20", "1~k") == [.paste("ab"), .key("k")])
    }

    @Test("ends a paste whose end was lost after a silence, and bounds its length")
    func brokenPaste() {
        var decoder = KeyDecoder()
        #expect(decoder.feed(Array("\u{1B}[200~q".utf8), now: start).isEmpty)
        #expect(decoder.expire(now: start + .seconds(2)).isEmpty)
        #expect(decoder.expire(now: start + .seconds(4)) == [.paste("q")])
        #expect(decoder.feed(Array("q".utf8), now: start + .seconds(5)) == keys("q"))

        let flood = String(repeating: "x", count: KeyDecoder.maximumPasteBytes + 10)
        let inputs = decode("\u{1B}[200~" + flood + "\u{1B}[201~")
        guard case .paste(let text)? = inputs.first else {
            Issue.record("no paste")
            return
        }
        #expect(text.utf8.count == KeyDecoder.maximumPasteBytes)
    }

    @Test("swallows a terminal's answers and unknown sequences whole")
    func swallowed() {
        #expect(decode("\u{1B}[?62;c\u{1B}[24;80Rq") == keys("q"))
        #expect(decode("\u{1B}]11;rgb:0000/0000/0000\u{7}j") == keys("j"))
        #expect(decode("\u{1B}P1+r544e=7465\u{1B}\\k") == keys("k"))
        #expect(decode("\u{1B}[M !!x") == keys("x"))
        #expect(decode("\u{1B}[999~\u{1B}[I\u{1B}[OG") == keys("G"))
    }

    @Test("drops bytes that are no UTF-8 and goes on")
    func invalid() {
        var decoder = KeyDecoder()
        #expect(decoder.feed([0xFF, 0xC3, 0x28, 0x80, 0x9B, 0x41], now: start) == keys("(", "A"))
    }

    @Test("reads mouse reports in SGR form")
    func mouse() {
        #expect(
            decode("\u{1B}[<0;10;3M\u{1B}[<0;10;3m\u{1B}[<64;1;1M") == [
                .mouse(MouseEvent(.press, row: 2, column: 9)),
                .mouse(MouseEvent(.release, row: 2, column: 9)),
                .mouse(MouseEvent(.wheelUp, row: 0, column: 0)),
            ])
    }

    @Test("writes and parses the names of keys")
    func names() {
        let names = [
            "q", "Q", "Ctrl-C", "Alt-x", "Shift-Tab", "PgDn", "F5", "Space", "Esc", "Ctrl-Space",
            "-", "é",
        ]
        for name in names {
            #expect(Key(named: name)?.description == name)
        }
        #expect(Key(named: "ctrl-c") == .ctrl("c"))
        #expect(Key(named: "f25") == nil)
        #expect(Key(named: "hyper-x") == nil)
    }
}
