import Probes

/// Which parts of a digest a file can be compared with, made once for a file.
struct ContentDigestPlan: Sendable {
    /// False if the file lacks a field of the core, or two of its texts cannot be told apart.
    let isComparable: Bool
    let hasEffectiveFrom: Bool
    let hasEffectiveTo: Bool
    /// Sorted, none twice if the plan is comparable.
    let tags: [UInt32]

    init(fields: ServiceFieldSet, tags: [UInt32]) {
        self.tags = tags.sorted()
        let isAmbiguous = zip(self.tags, self.tags.dropFirst()).contains { $0 == $1 }
        isComparable =
            !isAmbiguous && ContentDigestCore.fields.fields.allSatisfy(fields.contains)
        hasEffectiveFrom = fields.contains(.effectiveFrom)
        hasEffectiveTo = fields.contains(.effectiveTo)
    }
}

/// One value out of a core, two dates and texts, in this order, whichever side they come from.
struct ContentDigestValue {
    private(set) var value: UInt64

    @inline(__always)
    init(core: UInt64) {
        value = core
    }

    /// - Parameter day: days since 1970 in the source's time zone; `ContentDigest.noDate` for none.
    @inline(__always)
    mutating func append(day: Int64) {
        value = ContentDigestHash.append(UInt64(bitPattern: day), to: value)
    }

    /// - Parameter hash: 0 for no text. By tag.
    @inline(__always)
    mutating func append(text hash: UInt64) {
        value = ContentDigestHash.append(hash, to: value)
    }
}

extension ContentDigest {
    /// What a stored digest says about the fields and languages that a file of this layout
    /// carries; equals the digest of a row with the same content.
    ///
    /// Nil if it cannot be said: no digest, one of another version, or a layout without one of the
    /// core's fields. Then the values must be compared.
    package static func comparable(
        _ digest: [UInt8]?, _ layout: FileLayout, _ calendar: SourceCalendar
    ) -> UInt64? {
        guard let digest else { return nil }
        var days = CalendarDays(calendar)
        return digest.withUnsafeBytes { comparable($0, layout.digestPlan, &days) }
    }

    @inline(__always)
    static func comparable(
        _ digest: UnsafeRawBufferPointer, _ plan: borrowing ContentDigestPlan,
        _ days: inout CalendarDays
    ) -> UInt64? {
        guard plan.isComparable, digest.count >= textsOffset, digest[0] == version else {
            return nil
        }
        var value = ContentDigestValue(core: number(digest, coreOffset))
        if plan.hasEffectiveFrom {
            value.append(day: days.day(of: number(digest, effectiveFromOffset)))
        }
        if plan.hasEffectiveTo {
            value.append(day: days.day(of: number(digest, effectiveToOffset)))
        }
        var position = textsOffset
        for tag in plan.tags {
            var found: UInt64 = 0
            while position &+ textLength <= digest.count {
                let stored: UInt32 = number(digest, position)
                guard stored <= tag else { break }
                if stored == tag {
                    found = number(digest, position &+ MemoryLayout.size(ofValue: tag))
                }
                position &+= textLength
            }
            value.append(text: found)
        }
        return value.value
    }

    @inline(__always)
    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int
    ) -> Number {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
