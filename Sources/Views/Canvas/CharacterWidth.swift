/// How many columns a character takes, whatever the locale.
///
/// Widths follow East Asian Width (Unicode Annex 11, Wide and Fullwidth are two columns) and the
/// general categories of the Swift standard library. Combining marks take none. Whatever a
/// terminal would act on or hide is not given a width but a kind, for `VisibleText` to replace.
enum CharacterWidth {
    enum Kind: Equatable {
        case narrow
        case wide
        /// Stands on the character before it.
        case mark
        /// C0, DEL, C1.
        case control
        /// Format, ignorable, private, unassigned, line and paragraph separators.
        case hidden
        /// U+200D, which melts emoji into one.
        case joiner
        /// U+FE0E and U+FE0F.
        case presentationSelector
        /// Emoji modifier, which melts into the emoji before it.
        case skinTone
        /// Half a flag; the letter that stands for it, in a circle.
        case regionalIndicator(Unicode.Scalar)
    }

    static func kind(of scalar: Unicode.Scalar) -> Kind {
        let value = scalar.value
        switch value {
        case 0..<0x20, 0x7F..<0xA0: return .control
        case 0xAD: return .hidden
        case 0..<0x300: return .narrow
        case 0x4E00...0x9FFF, 0xAC00...0xD7A3: return .wide
        case 0x200D: return .joiner
        case 0xFE0E, 0xFE0F: return .presentationSelector
        // Turns the digit before it into an emoji whose width nobody agrees on.
        case 0x20E3: return .hidden
        case 0x1F3FB...0x1F3FF: return .skinTone
        case 0x1F1E6...0x1F1FF:
            return Unicode.Scalar(value - 0x1F1E6 + 0x24B6).map(Kind.regionalIndicator) ?? .hidden
        default: return kindByProperties(scalar)
        }
    }

    private static func kindByProperties(_ scalar: Unicode.Scalar) -> Kind {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return .hidden }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            return .hidden
        case .nonspacingMark, .enclosingMark: return .mark
        default: break
        }
        // Vowels and final consonants of decomposed Hangul join the consonant before them.
        if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FB).contains(scalar.value) {
            return .mark
        }
        return isWide(scalar.value) ? .wide : .narrow
    }

    private static func isWide(_ value: UInt32) -> Bool {
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }

    /// East Asian Width W and F, ascending; unassigned gaps are bridged, since unassigned
    /// characters never get here. The hexagrams and the circled numbers on squares, which were
    /// ambiguous before Unicode 16, are wide, as the C library has them.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
        0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
        0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
        0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
        0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
        0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
        0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
        0x2E80...0x303E, 0x3041...0x4DFF, 0x4E00...0xA4C6, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
        0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335,
        0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3,
        0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440,
        0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567,
        0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F,
        0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF,
        0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A,
        0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAF6, 0x20000...0x3FFFD,
    ]
}
