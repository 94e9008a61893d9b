import Testing

@testable import Views

@Suite("Between threads and the screen")
struct TerminalQueuesTests {
    @Test("a box keeps the newest value and counts its versions")
    func box() async {
        let box = LatestBox(0)
        #expect(box.versioned == (0, 0))
        await withTaskGroup(of: Void.self) { group in
            for writer in 1...4 {
                group.addTask { for step in 1...100 { box.put(writer * 1000 + step) } }
            }
        }
        #expect(box.versioned.version == 400)
        #expect(box.value % 1000 == 100)
    }

    @Test("a ring keeps the newest elements in order and counts those it lost")
    func ring() {
        let ring = BoundedRing<Int>(capacity: 4)
        ring.append(contentsOf: 1...3)
        var batch = ring.drain()
        #expect(batch.elements == [1, 2, 3] && batch.dropped == 0)
        ring.append(contentsOf: 4...5)
        ring.append(contentsOf: 6...10)
        batch = ring.drain()
        #expect(batch.elements == [7, 8, 9, 10] && batch.dropped == 3)
        batch = ring.drain()
        #expect(batch.elements.isEmpty && batch.dropped == 0)
    }

    @Test("a ring loses nothing silently, whatever threads append and drain")
    func ringUnderLoad() async {
        let ring = BoundedRing<Int>(capacity: 16)
        let seen = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for value in 0..<1000 { ring.append(value) }
                    return 0
                }
            }
            group.addTask {
                var seen = 0
                for _ in 0..<200 {
                    let batch = ring.drain()
                    seen += batch.elements.count + batch.dropped
                    await Task.yield()
                }
                return seen
            }
            return await group.reduce(0, +)
        }
        let rest = ring.drain()
        #expect(seen + rest.elements.count + rest.dropped == 4000)
    }

    @Test("wake-ups count as one until they are taken")
    func waker() throws {
        let waker = try ScreenWaker()
        #expect(!waker.take())
        for _ in 0..<100_000 { waker.wake() }
        #expect(waker.take())
        #expect(!waker.take())
    }

    @Test("a flood of one signal does not push out another")
    func signals() throws {
        let inbox = try SignalInbox()
        for _ in 0..<100_000 { inbox.post(28) }
        inbox.post(15)
        #expect(inbox.hasEnding)
        #expect(inbox.take() == [15, 28])
        #expect(inbox.take().isEmpty && !inbox.hasEnding)
    }

    @Test("frames come at once after a key, otherwise at a bounded rate, never without a change")
    func pacer() {
        let start = ContinuousClock.now
        var pacer = FramePacer(framesPerSecond: 10)
        #expect(pacer.due(now: start) == nil)
        pacer.change(urgent: false)
        #expect(pacer.due(now: start) == start)
        pacer.painted(now: start)
        #expect(pacer.due(now: start) == nil)
        pacer.change(urgent: false)
        #expect(pacer.due(now: start + .milliseconds(30)) == start + .milliseconds(100))
        pacer.change(urgent: true)
        #expect(pacer.due(now: start + .milliseconds(30)) == start + .milliseconds(30))
        pacer.painted(now: start + .milliseconds(30))
        pacer.change(urgent: false)
        #expect(pacer.due(now: start + .seconds(1)) == start + .seconds(1))
    }

    @Test(
        "Base64 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
            ("\u{FF}\u{3FF}", "w7/Pvw=="),
        ])
    func base64(plain: String, encoded: String) {
        #expect(String(decoding: Base64.encoded(Array(plain.utf8)), as: UTF8.self) == encoded)
    }

    @Test("a copy cannot be ended from within, and one that is too long is not made")
    func copy() throws {
        let bytes = try #require(TerminalModes.copy("a\u{1B}\\b"))
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}]52;c;YeKQm1xi\u{1B}\\")
        #expect(TerminalModes.copy(String(repeating: "x", count: 74_995)) == nil)
    }

    @Test("a character that the C library measures otherwise does not shift the row")
    func widthNet() {
        var canvas = Canvas(rows: 1, columns: 4)
        canvas.write("日e\u{301}", row: 0, column: 0)
        let cells = Array(canvas.gridRow(0))
        #expect(CursesText.characters(of: cells[0]) { _ in 2 } == [[0x65E5, 0]])
        #expect(CursesText.characters(of: cells[0]) { _ in 1 } == [[0x3F, 0], [0x3F, 0]])
        #expect(CursesText.characters(of: cells[2]) { $0 == 0x65 ? 1 : 0 } == [[0x65, 0x301, 0]])
    }
}
