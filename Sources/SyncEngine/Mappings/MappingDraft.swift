import Probes

/// A mapping as somebody wants it: what a vendor's code shall be called here. Valid if it exists.
package struct MappingDraft: Sendable, Equatable {
    package let code: ERPCode
    package let mapping: CodeMapping

    /// Why it cannot be: one sentence.
    package struct Fault: Error, Sendable, Equatable {
        package let message: String

        package init(_ message: String) {
            self.message = message
        }
    }

    package static let longestCode = 100
    package static let longestLabel = 255

    /// - Parameter label: empty for our code itself.
    package init(
        type: String, erpCode: String, restoCode: String, restoLabel: String?
    ) throws(Fault) {
        guard let type = MappingType(rawValue: type) else {
            throw Fault("the type must be one of \(MappingType.words), not \"\(type.prefix(50))\"")
        }
        try Self.check(erpCode, "the ERP's code", Self.longestCode)
        code = ERPCode(type, erpCode)
        mapping = try Self.mapping(restoCode: restoCode, restoLabel: restoLabel)
    }

    /// What a code is called here, checked.
    package static func mapping(
        restoCode: String, restoLabel: String?
    ) throws(Fault) -> CodeMapping {
        try check(restoCode, "our code", longestCode)
        let label = restoLabel.flatMap { $0.isEmpty ? nil : $0 } ?? restoCode
        try check(label, "the label", longestLabel)
        return CodeMapping(restoCode: restoCode, restoLabel: label)
    }

    /// A vendor's id, as it is checked wherever one is named.
    package static func check(vendor: String) throws(Fault) {
        try check(vendor, "the vendor", longestCode)
    }

    private static func check(_ text: String, _ what: String, _ most: Int) throws(Fault) {
        if text.isEmpty { throw Fault("\(what) is missing") }
        if text.unicodeScalars.count > most {
            throw Fault("\(what) is longer than \(most) characters")
        }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw Fault("\(what) has a control character")
        }
    }
}
