/// One of the ERP's codes and what it means in the engine's words: a mapping that an operator would
/// make.
package struct VendorCode: Sendable, Encodable, Equatable {
    package let mappingType: String
    package let erpCode: String
    package let restoCode: String
    package let restoLabel: String

    private init(_ type: String, _ erpCode: String, _ restoCode: String, _ label: String) {
        mappingType = type
        self.erpCode = erpCode
        self.restoCode = restoCode
        restoLabel = label
    }

    /// All that items are made with, but for the family `DIVERS`, which is mapped to nothing: it may
    /// be left out.
    package static let all: [VendorCode] =
        units + vats + [
            VendorCode("family", "FRAIS", "fresh", "Fresh food"),
            VendorCode("family", "EPICERIE", "grocery", "Groceries"),
            VendorCode("family", "SURGELE", "frozen", "Frozen food"),
            VendorCode("family", "BOISSON", "drinks", "Drinks"),
            VendorCode("subfamily", "LEGUME", "vegetables", "Vegetables"),
            VendorCode("subfamily", "VIANDE", "meat", "Meat"),
            VendorCode("subfamily", "PATES", "pasta", "Pasta and rice"),
            VendorCode("subfamily", "VIN", "wine", "Wine"),
        ]

    static let units = [
        VendorCode("unit", "PCE", "piece", "Piece"),
        VendorCode("unit", "KG", "kilogram", "Kilogram"),
        VendorCode("unit", "L", "litre", "Litre"), VendorCode("unit", "CRT", "carton", "Carton"),
    ]

    static let vats = [
        VendorCode("vat", "TVA55", "reduced", "5.5 %"),
        VendorCode("vat", "TVA10", "intermediate", "10 %"),
        VendorCode("vat", "TVA20", "standard", "20 %"),
    ]
}
