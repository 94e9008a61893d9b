/// Turns a terminal's bytes into inputs. Reads nothing and knows no clock: both are passed in.
///
/// Escape is both a key and the beginning of every other key, so a lone escape waits for
/// `escapeDelay`; longer beginnings wait for `sequenceDelay`, since a slow link may cut a sequence
/// anywhere and its tail must never be taken for commands. Unknown sequences and a terminal's own
/// answers are swallowed whole. Between the marks of a bracketed paste (mode 2004) everything is
/// text, escape sequences included.
package struct KeyDecoder {
    /// How long a lone escape waits for company (curses' ESCDELAY).
    package let escapeDelay: Duration
    /// How long the rest of a longer sequence, a character or a paste may take.
    package let sequenceDelay: Duration
    /// When `expire` has something to do, if no byte comes before.
    package private(set) var deadline: ContinuousClock.Instant?

    private var pending: [UInt8] = []
    private var paste: [UInt8]?
    private var lateEscapeEnd: ContinuousClock.Instant?

    /// What a paste may hold at most, in bytes; the rest of a longer one is dropped.
    package static let maximumPasteBytes = 1 << 20
    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    package init(
        escapeDelay: Duration = .milliseconds(40), sequenceDelay: Duration = .milliseconds(1500)
    ) {
        self.escapeDelay = escapeDelay
        self.sequenceDelay = sequenceDelay
    }

    /// Takes what one read returned and gives the inputs that are complete.
    package mutating func feed(
        _ bytes: some Collection<UInt8>, now: ContinuousClock.Instant
    ) -> [ScreenInput] {
        if pending.isEmpty, paste == nil, let end = lateEscapeEnd, now < end,
            continuesEscape(bytes)
        {
            pending = [0x1B]
        }
        lateEscapeEnd = nil
        pending.append(contentsOf: bytes)
        return decode(now: now)
    }

    /// Decides what was waiting, once `deadline` has come; otherwise nothing.
    package mutating func expire(now: ContinuousClock.Instant) -> [ScreenInput] {
        guard let deadline, now >= deadline else { return [] }
        self.deadline = nil
        if let text = paste {
            // The end mark was lost: better end the paste than eat every key from here on.
            paste = nil
            pending = []
            return [.paste(String(decoding: text, as: UTF8.self))]
        }
        let waiting = pending
        pending = []
        if waiting == [0x1B] {
            lateEscapeEnd = now + sequenceDelay
            return [.key(.escape)]
        }
        if waiting.count == 2, waiting[0] == 0x1B, waiting[1] < 0x80 {
            return [.key(.alt(Unicode.Scalar(waiting[1])))]
        }
        return []
    }

    private mutating func decode(now: ContinuousClock.Instant) -> [ScreenInput] {
        var inputs: [ScreenInput] = []
        var start = 0
        deadline = nil
        scan: while start < pending.count {
            if paste != nil {
                guard let text = takePaste(from: &start) else {
                    deadline = now + sequenceDelay * 2
                    break scan
                }
                inputs.append(.paste(text))
                continue
            }
            switch KeySequence.read(pending[start...]) {
            case .incomplete:
                let isLoneEscape = pending.count - start == 1 && pending[start] == 0x1B
                deadline = now + (isLoneEscape ? escapeDelay : sequenceDelay)
                break scan
            case .complete(let length, .pasteBegins):
                start += length
                paste = []
                // A paste that has begun ends by its mark or by silence, even if nothing follows.
                deadline = now + sequenceDelay * 2
            case .complete(let length, .input(let input)):
                start += length
                inputs.append(input)
            case .complete(let length, .nothing):
                start += length
            }
        }
        pending.removeFirst(start)
        if pending.isEmpty, paste == nil { deadline = nil }
        return inputs
    }

    /// Moves bytes from `pending` to the paste; returns the text once its end mark is there.
    private mutating func takePaste(from start: inout Int) -> String? {
        let mark = Self.pasteEnd
        var index = start
        while index < pending.count {
            if pending[index] == 0x1B {
                let rest = pending[index...].prefix(mark.count)
                if rest.elementsEqual(mark) {
                    keep(pending[start..<index])
                    start = index + mark.count
                    let text = String(decoding: paste ?? [], as: UTF8.self)
                    paste = nil
                    return text
                }
                if mark.starts(with: rest) { break }
            }
            index += 1
        }
        keep(pending[start..<index])
        start = index
        return nil
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        let room = Self.maximumPasteBytes - (paste?.count ?? 0)
        paste?.append(contentsOf: bytes.prefix(max(0, room)))
    }

    /// Whether bytes that came in one read after a lone escape are the rest of a known key: a hand
    /// does not type two of them at once, a slow link does send them apart from their escape.
    private func continuesEscape(_ bytes: some Collection<UInt8>) -> Bool {
        guard bytes.count >= 2, bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "O")
        else { return false }
        switch KeySequence.read(([0x1B] + Array(bytes))[...]) {
        case .complete(_, .input(.key)), .complete(_, .pasteBegins): return true
        default: return false
        }
    }
}
