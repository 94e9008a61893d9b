/// Which key a complete escape sequence stands for.
enum SequenceKeys {
    static func singleShift(_ final: UInt8) -> KeySequence.Meaning {
        if final == UInt8(ascii: "M") { return .input(.key(.enter)) }
        return key(cursorKeys[final], [])
    }

    static func linuxFunctionKey(_ final: UInt8) -> KeySequence.Meaning {
        guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(final) else { return .nothing }
        return .input(.key(.function(Int(final - UInt8(ascii: "A")) + 1)))
    }

    /// - Parameter parameters: the bytes between `ESC [` and the final byte.
    static func controlSequence(_ parameters: ArraySlice<UInt8>, final: UInt8)
        -> KeySequence.Meaning
    {
        if parameters.first == UInt8(ascii: "<") {
            return mouse(numbers(parameters.dropFirst()), isRelease: final == UInt8(ascii: "m"))
        }
        guard parameters.allSatisfy({ isDigit($0) || $0 == 0x3A || $0 == 0x3B }) else {
            return .nothing
        }
        let numbers = numbers(parameters)
        let modifiers = modifiers(numbers.count > 1 ? numbers[1] : 1)
        switch final {
        case UInt8(ascii: "~"):
            if numbers.first == 200 { return .pasteBegins }
            if numbers.first == 27, numbers.count == 3 {
                return codePoint(numbers[2], modifiers)
            }
            return key(numberedKeys[numbers.first ?? 0], modifiers)
        case UInt8(ascii: "u"): return codePoint(numbers.first ?? 0, modifiers)
        case UInt8(ascii: "Z"): return .input(.key(.backtab))
        // Without a modifier this is a cursor position report, not F3.
        case UInt8(ascii: "R") where numbers.first != 1: return .nothing
        default: return key(cursorKeys[final], modifiers)
        }
    }

    private static let cursorKeys: [UInt8: Key.Code] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
        UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
        UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
        UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
    ]

    private static let numberedKeys: [Int: Key.Code] = [
        1: .home, 7: .home, 2: .insert, 3: .delete, 4: .end, 8: .end, 5: .pageUp, 6: .pageDown,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4),
        15: .function(5), 17: .function(6), 18: .function(7), 19: .function(8),
        20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
        25: .function(13), 26: .function(14), 28: .function(15), 29: .function(16),
        31: .function(17), 32: .function(18), 33: .function(19), 34: .function(20),
    ]

    private static func key(_ code: Key.Code?, _ modifiers: Key.Modifiers)
        -> KeySequence.Meaning
    {
        code.map { .input(.key(Key($0, modifiers))) } ?? .nothing
    }

    private static func codePoint(_ value: Int, _ modifiers: Key.Modifiers)
        -> KeySequence.Meaning
    {
        switch value {
        case 9: return key(.tab, modifiers)
        case 13: return key(.enter, modifiers)
        case 27: return key(.escape, modifiers)
        case 127: return key(.backspace, modifiers)
        default:
            guard value >= 0x20, let scalar = Unicode.Scalar(UInt32(value)) else {
                return .nothing
            }
            // Shift is in the character itself.
            return key(.character(scalar), modifiers.subtracting(.shift))
        }
    }

    private static func mouse(_ numbers: [Int], isRelease: Bool) -> KeySequence.Meaning {
        guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return .nothing }
        let (row, column) = (numbers[2] - 1, numbers[1] - 1)
        let isMotion = numbers[0] & 32 != 0
        switch numbers[0] & ~(4 + 8 + 16) {
        case _ where isMotion: return .nothing
        case 64: return .input(.mouse(MouseEvent(.wheelUp, row: row, column: column)))
        case 65: return .input(.mouse(MouseEvent(.wheelDown, row: row, column: column)))
        case let button where button < 3:
            let kind: MouseEvent.Kind = isRelease ? .release : .press
            return .input(.mouse(MouseEvent(kind, button: button, row: row, column: column)))
        default: return .nothing
        }
    }

    /// xterm's modifier parameter: one more than the sum of 1 shift, 2 alt, 4 control.
    private static func modifiers(_ parameter: Int) -> Key.Modifiers {
        Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(0, parameter - 1) & 7))
    }

    /// Numbers between semicolons; of those with subparameters the first. At most 99,999,999.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
            part.prefix(while: isDigit).prefix(8).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
