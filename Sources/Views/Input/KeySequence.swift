/// The first key, character or sequence in a stretch of terminal bytes.
///
/// Control sequences as in ECMA-48 (`ESC [` parameters, intermediates, final byte), single shifts
/// as xterm sends them in application-cursor mode, control strings up to their terminator. Names
/// of keys as xterm, rxvt, the Linux console, modifyOtherKeys and `CSI u` write them.
enum KeySequence {
    enum Meaning: Equatable {
        case input(ScreenInput)
        case pasteBegins
        /// To be swallowed.
        case nothing
    }

    enum Reading: Equatable {
        /// A beginning of something longer.
        case incomplete
        case complete(length: Int, Meaning)
    }

    /// Longer strings are given up: what follows is read anew.
    private static let maximumStringBytes = 4096

    /// `bytes` must not be empty.
    static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        guard let first = bytes.first else { return .incomplete }
        if first != 0x1B { return readCharacter(bytes, []) }
        let rest = bytes.dropFirst()
        guard let second = rest.first else { return .incomplete }
        switch second {
        case UInt8(ascii: "["): return readControlSequence(bytes)
        case UInt8(ascii: "O"): return readSingleShift(bytes)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): return readString(bytes)
        case 0x1B: return .complete(length: 1, .input(.key(.escape)))
        default:
            guard case .complete(let length, let meaning) = readCharacter(rest, .alt) else {
                return .incomplete
            }
            return .complete(length: length + 1, meaning)
        }
    }

    private static func readCharacter(_ bytes: ArraySlice<UInt8>, _ modifiers: Key.Modifiers)
        -> Reading
    {
        guard let first = bytes.first else { return .incomplete }
        if first < 0x80 {
            return .complete(length: 1, .input(.key(asciiKey(first, modifiers))))
        }
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let available = bytes.prefix(length)
        let trailing = available.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
        if trailing + 1 < available.count { return .complete(length: 1 + trailing, .nothing) }
        guard available.count == length else { return .incomplete }
        let scalars = String(decoding: available, as: UTF8.self).unicodeScalars
        guard let scalar = scalars.first, scalar != "\u{FFFD}", scalar.value >= 0xA0 else {
            return .complete(length: length, .nothing)
        }
        return .complete(length: length, .input(.key(Key(scalar, modifiers))))
    }

    private static func asciiKey(_ byte: UInt8, _ modifiers: Key.Modifiers) -> Key {
        switch byte {
        case 0x00: Key(" ", modifiers.union(.control))
        case 0x08, 0x7F: Key(.backspace, modifiers)
        case 0x09: Key(.tab, modifiers)
        case 0x0D: Key(.enter, modifiers)
        case 0x01...0x1A: Key(Unicode.Scalar(byte + 0x60), modifiers.union(.control))
        case 0x1B: Key(.escape, modifiers)
        case 0x1C...0x1F: Key(Unicode.Scalar(byte + 0x40), modifiers.union(.control))
        default: Key(Unicode.Scalar(byte), modifiers)
        }
    }

    private static func readControlSequence(_ bytes: ArraySlice<UInt8>) -> Reading {
        var index = bytes.startIndex + 2
        if index < bytes.endIndex, bytes[index] == UInt8(ascii: "[") {
            guard index + 1 < bytes.endIndex else { return .incomplete }
            return .complete(length: 4, SequenceKeys.linuxFunctionKey(bytes[index + 1]))
        }
        while index < bytes.endIndex, (0x20...0x3F).contains(bytes[index]) { index += 1 }
        guard index < bytes.endIndex else {
            let length = index - bytes.startIndex
            return length < maximumStringBytes ? .incomplete : .complete(length: length, .nothing)
        }
        let length = index - bytes.startIndex + 1
        let final = bytes[index]
        guard (0x40...0x7E).contains(final) else {
            // Broken off by something else, which is read on its own.
            return .complete(length: length - 1, .nothing)
        }
        let parameters = bytes[(bytes.startIndex + 2)..<index]
        if final == UInt8(ascii: "M"), parameters.isEmpty {
            // The old mouse report: three more bytes, which are not characters.
            return bytes.count < length + 3
                ? .incomplete : .complete(length: length + 3, .nothing)
        }
        return .complete(
            length: length, SequenceKeys.controlSequence(parameters, final: final))
    }

    private static func readSingleShift(_ bytes: ArraySlice<UInt8>) -> Reading {
        guard bytes.count >= 3 else { return .incomplete }
        let final = bytes[bytes.startIndex + 2]
        guard (0x40...0x7E).contains(final) else {
            let alt = Key("O", .alt)
            return .complete(length: 2, .input(.key(alt)))
        }
        return .complete(length: 3, SequenceKeys.singleShift(final))
    }

    private static func readString(_ bytes: ArraySlice<UInt8>) -> Reading {
        var index = bytes.startIndex + 2
        while index < bytes.endIndex {
            if bytes[index] == 0x07 {
                return .complete(length: index - bytes.startIndex + 1, .nothing)
            }
            if bytes[index] == 0x1B {
                guard index + 1 < bytes.endIndex else { return .incomplete }
                let isTerminator = bytes[index + 1] == UInt8(ascii: "\\")
                let length = index - bytes.startIndex
                return .complete(length: isTerminator ? length + 2 : length, .nothing)
            }
            index += 1
        }
        return bytes.count < maximumStringBytes
            ? .incomplete : .complete(length: bytes.count, .nothing)
    }
}
