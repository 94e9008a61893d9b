import Probes

/// Reads a row exactly, into values or into what is wrong with it. Takes the rows that
/// `RowDigester` takes, and refuses the others for the same reason.
struct RowDecoder: ~Copyable {
    private let layout: FileLayout
    private let calendar: SourceCalendar
    private let codeColumn: Int
    private var scratch = ScratchBuffer()

    init(layout: FileLayout, calendar: SourceCalendar) {
        self.layout = layout
        self.calendar = calendar
        codeColumn = layout.columns.firstIndex { $0.kind == .code } ?? 0
    }

    /// - Throws: the fault of the code, or else of the first cell from the left that has one.
    mutating func decode(_ row: CSVRow) throws(CellFault) -> FileRow {
        let code = try self.code(row)
        var patch = ServicePatch()
        patch.set(.status) { $0.status = .active }
        for field in [ServiceField.nameI18n, .descriptionI18n, .shortDescriptionI18n]
        where layout.fields.contains(field) {
            patch.set(field) { _ in }
        }
        var version: String?
        for (index, column) in layout.columns.enumerated() {
            let cell = Cell(name: column.name, place: row.cells[index], row: row)
            switch column.kind {
            case .field(let field): try read(field, cell, into: &patch)
            case .text(let field, let language):
                let text = text(cell)
                patch.set(field) { Self.set(text, language, of: field, in: &$0) }
            case .version: version = try word(cell)
            case .code, .unknown, .repeated: break
            }
        }
        return FileRow(
            code: code, line: row.line, patch: patch, version: version,
            languages: layout.languages, calendar: calendar)
    }

    /// The code of a line that is no row, as far as it can be read.
    mutating func code(of line: CSVBadLine) -> String? {
        guard codeColumn < line.cells.count, line.cells[codeColumn].end <= line.bytes.count else {
            return nil
        }
        let row = CSVRow(
            bytes: line.bytes, cells: line.cells, line: line.line, offset: line.offset,
            isASCII: false, isBelowU0300: false)
        guard UTF8Check.check(row.raw(line.cells[codeColumn])) != .malformed else { return nil }
        return try? code(row)
    }

    mutating func code(_ row: CSVRow) throws(CellFault) -> String {
        let cell = Cell(
            name: layout.columns[codeColumn].name, place: row.cells[codeColumn], row: row)
        guard let code = text(cell) else { throw CellFault(.codeMissing, cell.name) }
        guard CellRules.isWord(plain(cell)) else {
            throw CellFault(.codeMalformed, cell.name, code)
        }
        return code
    }
}

extension RowDecoder {
    private struct Cell {
        let name: String
        let place: CSVCell
        let row: CSVRow

        var bytes: CellBytes { row.raw(place) }
    }

    private mutating func plain(_ cell: Cell) -> CellBytes {
        cell.place.isDoubled ? scratch.undoubled(cell.bytes) : cell.bytes
    }

    /// Nil if it is empty.
    private mutating func text(_ cell: Cell) -> String? {
        cell.place.isEmpty ? nil : plain(cell).text
    }

    private mutating func word(_ cell: Cell) throws(CellFault) -> String? {
        guard let text = text(cell) else { return nil }
        guard CellRules.isWord(plain(cell)) else {
            throw CellFault(.wordMalformed, cell.name, text)
        }
        return text
    }

    private mutating func read(
        _ field: ServiceField, _ cell: Cell, into patch: inout ServicePatch
    ) throws(CellFault) {
        switch field {
        case .countryCode:
            guard !cell.place.isEmpty else { throw CellFault(.countryMissing, cell.name) }
            guard CellRules.isCountry(cell.bytes) else {
                throw CellFault(.countryMalformed, cell.name, cell.bytes.text)
            }
            let country = cell.bytes.text
            patch.set(field) { $0.countryCode = country }
        case .scopeIncluded:
            let list = try list(cell)
            patch.set(field) { $0.scopeIncluded = list }
        case .scopeExcluded:
            let list = try list(cell)
            patch.set(field) { $0.scopeExcluded = list }
        case .worksiteRequirements:
            let list = try list(cell)
            patch.set(field) { $0.worksiteRequirements = list }
        case .productPrerequisites:
            let list = try list(cell)
            patch.set(field) { $0.productPrerequisites = list }
        case .estimatedDurationMinutes:
            let minutes = CellRules.minutes(cell.bytes)
            guard minutes != nil || cell.place.isEmpty else {
                throw CellFault(.durationMalformed, cell.name, cell.bytes.text)
            }
            patch.set(field) { $0.estimatedDurationMinutes = minutes }
        case .requiresTechnicalVisit:
            guard let flag = CellRules.flag(cell.bytes) else {
                throw CellFault(.flagMalformed, cell.name, cell.bytes.text)
            }
            patch.set(field) { $0.requiresTechnicalVisit = flag }
        case .effectiveFrom:
            let moment = try moment(cell)
            patch.set(field) { $0.effectiveFrom = moment }
        case .effectiveTo:
            let moment = try moment(cell)
            patch.set(field) { $0.effectiveTo = moment }
        default: try readWord(field, cell, into: &patch)
        }
    }

    private mutating func readWord(
        _ field: ServiceField, _ cell: Cell, into patch: inout ServicePatch
    ) throws(CellFault) {
        let word = try word(cell)
        patch.set(field) { content in
            switch field {
            case .sourceType: content.sourceType = word
            case .sourceCategory: content.sourceCategory = word
            case .sourceContractType: content.sourceContractType = word
            case .businessUnit: content.businessUnit = word
            case .estimatedComplexity: content.estimatedComplexity = word
            default: break
            }
        }
    }

    private func moment(_ cell: Cell) throws(CellFault) -> Timestamp? {
        guard !cell.place.isEmpty else { return nil }
        switch CellRules.moment(cell.bytes) {
        case .day(let day): return calendar.midnight(ofDay: day)
        case .moment(let moment): return moment
        case nil: throw CellFault(.dateMalformed, cell.name, cell.bytes.text)
        }
    }

    private mutating func list(_ cell: Cell) throws(CellFault) -> [String] {
        var texts: [String] = []
        guard !cell.place.isEmpty else { return texts }
        var scanner = ListScanner(cell.bytes, isDoubled: cell.place.isDoubled)
        while true {
            switch scanner.next(&scratch) {
            case .text(let text): texts.append(text.text)
            case .end: return texts
            case .malformed: throw CellFault(.listMalformed, cell.name, plain(cell).text)
            }
        }
    }

    private static func set(
        _ text: String?, _ language: String, of field: ServiceField,
        in content: inout ServiceContent
    ) {
        switch field {
        case .nameI18n: content.nameI18n[language] = text
        case .descriptionI18n: content.descriptionI18n[language] = text
        default: content.shortDescriptionI18n[language] = text
        }
    }
}
