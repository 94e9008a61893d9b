import Probes

/// Reads a row straight from its bytes: whether it can be taken, and what it digests to.
///
/// Makes no strings and allocates nothing. `RowDecoder` reads the same row exactly, into values.
struct RowDigester: ~Copyable {
    enum Outcome {
        case good(key: UInt64, digest: UInt64)
        /// - key: of the code, where the code can be read.
        case bad(BadRowReason, column: Int, key: UInt64?)
    }

    private enum Step {
        case skip
        case word(slot: Int)
        case list(slot: Int)
        case country(slot: Int)
        case minutes(slot: Int)
        case flag(slot: Int)
        case effectiveFrom
        case effectiveTo
        case version
        case text(index: Int, seed: UInt64)
    }

    /// By column. Not an array: nothing is counted for references when it is read.
    private let steps: UnsafeMutableBufferPointer<Step>
    private let codeColumn: Int
    private let codeSeed: UInt64
    private let hasEffectiveFrom: Bool
    private let hasEffectiveTo: Bool
    private let textCount: Int
    private let calendar: SourceCalendar
    private var scratch = ScratchBuffer()
    /// The core's slots, then the texts' hashes.
    private let slots: UnsafeMutablePointer<UInt64>

    /// - Parameter codeSeed: another one for each run, so that no two codes share a key for ever.
    init(layout: FileLayout, calendar: SourceCalendar, codeSeed: UInt64) {
        var indexes: [Int: Int] = [:]
        for (index, text) in layout.texts.enumerated() { indexes[text.column] = index }
        steps = .allocate(capacity: layout.columns.count)
        for (column, kind) in layout.columns.map(\.kind).enumerated() {
            let index = indexes[column] ?? 0
            let seed = indexes[column].map { layout.texts[$0].key.seed } ?? 0
            steps.initializeElement(at: column, to: Self.step(kind, index: index, seed: seed))
        }
        codeColumn = layout.columns.firstIndex { $0.kind == .code } ?? 0
        hasEffectiveFrom = layout.fields.contains(.effectiveFrom)
        hasEffectiveTo = layout.fields.contains(.effectiveTo)
        textCount = layout.texts.count
        self.calendar = calendar
        self.codeSeed = codeSeed
        slots = .allocate(capacity: ContentDigestCore.slotCount + textCount)
        slots.initialize(repeating: 0, count: ContentDigestCore.slotCount + textCount)
        slots[ContentDigestCore.Slot.status.rawValue] = ContentDigestCore.status(.active)
    }

    deinit {
        steps.deallocate()
        slots.deallocate()
    }

    private static func step(_ kind: FileColumn.Kind, index: Int, seed: UInt64) -> Step {
        switch kind {
        case .code, .unknown, .repeated: .skip
        case .version: .version
        case .text: .text(index: ContentDigestCore.slotCount + index, seed: seed)
        case .field(let field):
            switch (field, ContentDigestCore.Slot(field)?.rawValue) {
            case (.effectiveFrom, _): .effectiveFrom
            case (.effectiveTo, _): .effectiveTo
            case (_, nil): .skip
            case (.countryCode, let slot?): .country(slot: slot)
            case (.estimatedDurationMinutes, let slot?): .minutes(slot: slot)
            case (.requiresTechnicalVisit, let slot?): .flag(slot: slot)
            case (.scopeIncluded, let slot?), (.scopeExcluded, let slot?),
                (.worksiteRequirements, let slot?), (.productPrerequisites, let slot?):
                .list(slot: slot)
            case (_, let slot?): .word(slot: slot)
            }
        }
    }

    /// - Parameter filled: per column, how many rows have something there; counted if the row is
    ///   good.
    @inline(__always)
    mutating func digest(_ row: CSVRow, filled: UnsafeMutablePointer<Int>) -> Outcome {
        let (key, reason) = code(of: row)
        guard let key else {
            return .bad(reason ?? .codeMissing, column: codeColumn, key: nil)
        }
        var from = ContentDigest.noDate
        var to = ContentDigest.noDate
        for column in 0..<steps.count {
            let cell = row.cells[column]
            let isGood: Bool
            switch steps[column] {
            case .skip: isGood = true
            case .word(let slot): isGood = word(cell, row, slot)
            case .list(let slot): isGood = list(cell, row, slot)
            case .text(let index, let seed):
                slots[index] = cell.isEmpty ? 0 : text(cell, row, seed: seed)
                isGood = true
            case .country(let slot):
                if cell.isEmpty { return .bad(.countryMissing, column: column, key: key) }
                isGood = CellRules.isCountry(row.raw(cell)) && word(cell, row, slot)
            case .minutes(let slot):
                let minutes = CellRules.minutes(row.raw(cell))
                slots[slot] = ContentDigestCore.minutes(minutes)
                isGood = minutes != nil || cell.isEmpty
            case .flag(let slot):
                let flag = CellRules.flag(row.raw(cell))
                slots[slot] = flag == true ? 1 : 0
                isGood = flag != nil
            case .effectiveFrom: isGood = day(cell, row, &from)
            case .effectiveTo: isGood = day(cell, row, &to)
            case .version: isGood = cell.isEmpty || isWord(cell, row)
            }
            guard isGood else { return .bad(fault(column), column: column, key: key) }
        }
        for column in 0..<steps.count where !row.cells[column].isEmpty { filled[column] &+= 1 }
        return .good(key: key, digest: value(from, to))
    }

    @inline(__always)
    private func value(_ from: Int64, _ to: Int64) -> UInt64 {
        var value = ContentDigestValue(
            core: ContentDigestCore.hash(
                UnsafeBufferPointer(start: slots, count: ContentDigestCore.slotCount)))
        if hasEffectiveFrom { value.append(day: from) }
        if hasEffectiveTo { value.append(day: to) }
        for index in 0..<textCount {
            value.append(text: slots[ContentDigestCore.slotCount &+ index])
        }
        return value.value
    }

    private func fault(_ column: Int) -> BadRowReason {
        switch steps[column] {
        case .list: .listMalformed
        case .country: .countryMalformed
        case .minutes: .durationMalformed
        case .flag: .flagMalformed
        case .effectiveFrom, .effectiveTo: .dateMalformed
        case .skip, .word, .text, .version: .wordMalformed
        }
    }

    @inline(__always)
    private mutating func code(of row: CSVRow) -> (UInt64?, BadRowReason?) {
        let cell = row.cells[codeColumn]
        guard !cell.isEmpty else { return (nil, .codeMissing) }
        let bytes = plain(cell, row)
        guard CellRules.isWord(bytes) else { return (nil, .codeMalformed) }
        return (CodeKey.of(bytes.raw, seed: codeSeed), nil)
    }

    /// The text of a cell, its doubled quotes made single.
    @inline(__always)
    private mutating func plain(_ cell: CSVCell, _ row: CSVRow) -> CellBytes {
        cell.isDoubled ? scratch.undoubled(row.raw(cell)) : row.raw(cell)
    }

    @inline(__always)
    private mutating func isWord(_ cell: CSVCell, _ row: CSVRow) -> Bool {
        CellRules.isWord(plain(cell, row))
    }

    @inline(__always)
    private mutating func word(_ cell: CSVCell, _ row: CSVRow, _ slot: Int) -> Bool {
        guard !cell.isEmpty else {
            slots[slot] = 0
            return true
        }
        let bytes = plain(cell, row)
        slots[slot] = hash(bytes, row, seed: 0)
        return CellRules.isWord(bytes)
    }

    @inline(__always)
    private mutating func text(_ cell: CSVCell, _ row: CSVRow, seed: UInt64) -> UInt64 {
        hash(plain(cell, row), row, seed: seed)
    }

    @inline(__always)
    private func hash(_ bytes: CellBytes, _ row: CSVRow, seed: UInt64) -> UInt64 {
        row.isBelowU0300
            ? ContentDigestHash.bytes(bytes.start, count: bytes.count, seed: seed)
            : ContentDigestText.hash(bytes.raw, seed: seed)
    }

    @inline(__always)
    private mutating func list(_ cell: CSVCell, _ row: CSVRow, _ slot: Int) -> Bool {
        slots[slot] = 0
        guard !cell.isEmpty else { return true }
        var scanner = ListScanner(row.raw(cell), isDoubled: cell.isDoubled)
        var list = ContentDigestList()
        while true {
            switch scanner.next(&scratch) {
            case .text(let text):
                // An escape may stand for any character, so the row's own bytes do not tell.
                list.append(
                    scanner.hasEscapes
                        ? ContentDigestText.hash(text.raw, seed: 0) : hash(text, row, seed: 0))
            case .end:
                slots[slot] = list.value
                return true
            case .malformed: return false
            }
        }
    }

    @inline(__always)
    private func day(_ cell: CSVCell, _ row: CSVRow, _ day: inout Int64) -> Bool {
        guard !cell.isEmpty else { return true }
        switch CellRules.moment(row.raw(cell)) {
        case .day(let written): day = written
        case .moment(let moment): day = calendar.day(of: moment)
        case nil: return false
        }
        return true
    }
}

/// What a code is known by within a run: a hash that differs from run to run.
///
/// Among ten million codes, two have the same key once in 300,000 runs; they count as a duplicate,
/// or are compared by their values, and the next run tells them apart.
enum CodeKey {
    @inline(__always)
    static func of(_ code: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
        ContentDigestHash.bytes(code, seed: seed)
    }
}
