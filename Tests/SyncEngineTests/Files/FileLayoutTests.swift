import Testing

@testable import SyncEngine

@Suite("File layout")
struct FileLayoutTests {
    @Test("the seed's header carries its fields and languages, and nothing is missing")
    func seed() {
        let layout = FileLayout(header: RowWriter.seedColumns)
        #expect(layout.isReadable)
        #expect(layout.isComparableByDigest)
        #expect(layout.missing == [])
        #expect(layout.unknown == [])
        #expect(layout.repeated == [])
        #expect(layout.languages[.nameI18n] == ["es", "fr", "it", "pl"])
        #expect(layout.languages[.descriptionI18n] == ["es"])
        #expect(layout.fields.contains(.status))
        #expect(!layout.fields.contains(.shortDescriptionI18n))
        #expect(!layout.fields.contains(.deprecatedReason))
        #expect(layout.columns.map(\.name) == RowWriter.seedColumns)
    }

    @Test("names are trimmed, their case means nothing, and their order is free")
    func names() {
        let layout = FileLayout(
            header: RowWriter.seedColumns.reversed().map { " " + $0.uppercased() + "\t" })
        #expect(layout.isComparableByDigest)
        #expect(layout.columns.map(\.name) == RowWriter.seedColumns.reversed())
        #expect(layout.languages[.nameI18n] == ["es", "fr", "it", "pl"])
    }

    @Test("languages are what stands behind name_, description_ and short_description_")
    func languages() {
        let layout = FileLayout(header: [
            "external_service_code", "Name_DE", "name_pt-BR", "description_zh-Hant",
            "short_description_FR", "name_", "name_x", "name_" + String(repeating: "x", count: 36),
        ])
        #expect(layout.languages[.nameI18n] == ["de", "pt-BR"])
        #expect(layout.languages[.descriptionI18n] == ["zh-Hant"])
        #expect(layout.languages[.shortDescriptionI18n] == ["fr"])
        #expect(
            layout.unknown == ["name_", "name_x", "name_" + String(repeating: "x", count: 36)])
    }

    @Test("unknown, repeated and missing columns are told; of repeated ones the first holds")
    func findings() {
        let layout = FileLayout(header: [
            "external_service_code", "type", "Price", "TYPE", "name_es", "NAME_ES", "", "",
        ])
        #expect(layout.unknown == ["Price", "", ""])
        #expect(layout.repeated == ["type", "name_es"])
        #expect(
            layout.missing
                == FileColumn.fixedNames.filter {
                    !["external_service_code", "type"].contains($0)
                })
        #expect(layout.columns[3].kind == .repeated)
        #expect(layout.isReadable)
        #expect(!layout.isComparableByDigest)
    }

    @Test("without external_service_code a file cannot be read")
    func unreadable() {
        #expect(!FileLayout(header: ["code", "type"]).isReadable)
        #expect(!FileLayout(header: []).isReadable)
        #expect(!FileLayout(header: ["external_service_code;country_code;type"]).isReadable)
    }
}
