import Foundation
import Testing

@testable import SyncEngine

@Suite("Mapping files")
struct MappingFileTests {
    private static func read(_ text: String) throws -> [String] {
        try MappingFile.read(Array(text.utf8)).map {
            "\($0.code.type.rawValue) \($0.code.code.text) \($0.mapping.restoCode) "
                + $0.mapping.restoLabel
        }
    }

    @Test("are CSV or JSON, in either spelling; a label may be missing")
    func read() throws {
        #expect(
            try Self.read(
                "erp_code,mappingType,resto_label,resto_code\n\"a,\"\"b\",unit,Label,x\nc,vat,,y\n")
                == ["unit a,\"b x Label", "vat c y y"])
        #expect(
            try Self.read(
                #"[{"mappingType":"unit","erpCode":"a","restoCode":"x","restoLabel":"L"},"#
                    + #"{"mapping_type":"vat","erp_code":"c","resto_code":"y"}]"#)
                == ["unit a x L", "vat c y y"])
    }

    @Test("with one row that is wrong are refused whole, and say which")
    func faults() {
        let cases = [
            ("mapping_type,erp_code,resto_code\nunit,a\n", "line 2: wrong_column_count"),
            (
                "mapping_type,erp_code,resto_code\nunit,a,x\nunit,,x\n",
                "line 3: the ERP's code is missing"
            ),
            ("type,erp_code,resto_code\n", "the header has no mapping_type"),
            ("[{}]", "row 1: the type must be one of"),
            ("", "mappings has no mapping"),
        ]
        for (text, words) in cases {
            let fault = #expect(throws: MappingDraft.Fault.self) { try Self.read(text) }
            #expect(fault?.message.contains(words) == true, "\(fault?.message ?? "-")")
        }
    }

    @Test("the example in docs can be read")
    func example() throws {
        let root = #filePath.components(separatedBy: "/Tests/")[0]
        let data = try Data(contentsOf: URL(fileURLWithPath: root + "/docs/examples/mappings.csv"))
        let drafts = try MappingFile.read(Array(data))
        #expect(drafts.count == 14)
        #expect(Set(drafts.map(\.code.type)) == Set(MappingType.allCases))
    }
}
