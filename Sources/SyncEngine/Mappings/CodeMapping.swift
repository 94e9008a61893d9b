/// What kind of code of a vendor is mapped; stored by these names.
package enum MappingType: String, Sendable, Hashable, CaseIterable {
    case unit, vat, family, subfamily

    /// Their names, for messages.
    package static let words = allCases.map(\.rawValue).joined(separator: ", ")
}

/// A code as a vendor's ERP has it.
package struct ERPCode: Hashable, Sendable {
    package var type: MappingType
    package var code: ExactText

    package init(_ type: MappingType, _ code: String) {
        self.type = type
        self.code = ExactText(code)
    }
}

/// What a vendor's code is called here.
package struct CodeMapping: Sendable, Equatable {
    package var restoCode: String
    package var restoLabel: String

    package init(restoCode: String, restoLabel: String) {
        self.restoCode = restoCode
        self.restoLabel = restoLabel
    }
}
