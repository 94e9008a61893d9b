/// The fields that every file of the seed's layout carries whole, each as one number in a fixed
/// place, 0 where it is empty; so no field can run into its neighbour.
struct ContentDigestCore {
    /// The places, in the order in which they are hashed.
    enum Slot: Int, CaseIterable {
        case status, sourceType, sourceCategory, sourceContractType, countryCode, businessUnit
        case scopeIncluded, scopeExcluded, worksiteRequirements, productPrerequisites
        case estimatedDurationMinutes, estimatedComplexity, requiresTechnicalVisit

        init?(_ field: ServiceField) {
            switch field {
            case .status: self = .status
            case .sourceType: self = .sourceType
            case .sourceCategory: self = .sourceCategory
            case .sourceContractType: self = .sourceContractType
            case .countryCode: self = .countryCode
            case .businessUnit: self = .businessUnit
            case .scopeIncluded: self = .scopeIncluded
            case .scopeExcluded: self = .scopeExcluded
            case .worksiteRequirements: self = .worksiteRequirements
            case .productPrerequisites: self = .productPrerequisites
            case .estimatedDurationMinutes: self = .estimatedDurationMinutes
            case .estimatedComplexity: self = .estimatedComplexity
            case .requiresTechnicalVisit: self = .requiresTechnicalVisit
            default: return nil
            }
        }
    }

    static let slotCount = Slot.allCases.count
    static let fields = ServiceFieldSet(ServiceField.inOrder.filter { Slot($0) != nil })

    private var values = [UInt64](repeating: 0, count: slotCount)

    subscript(slot: Slot) -> UInt64 {
        get { values[slot.rawValue] }
        set { values[slot.rawValue] = newValue }
    }

    var hash: UInt64 { values.withUnsafeBufferPointer(Self.hash) }

    /// - Parameter values: one for each slot.
    @inline(__always)
    static func hash(_ values: UnsafeBufferPointer<UInt64>) -> UInt64 {
        var state = ContentDigestHash.first
        for value in values { state = ContentDigestHash.append(value, to: state) }
        return state
    }

    static func status(_ status: ServiceStatus) -> UInt64 {
        switch status {
        case .active: 1
        case .deprecated: 2
        }
    }

    static func minutes(_ minutes: Int?) -> UInt64 {
        minutes.map { UInt64(bitPattern: Int64($0)) &+ 1 } ?? 0
    }
}

/// The hash of a list of texts: of each in order, and of how many they are. 0 for none.
struct ContentDigestList {
    private var state = ContentDigestHash.first
    private var count: UInt64 = 0

    @inline(__always)
    mutating func append(_ hash: UInt64) {
        state = ContentDigestHash.append(hash, to: state)
        count &+= 1
    }

    @inline(__always)
    var value: UInt64 { count == 0 ? 0 : ContentDigestHash.append(count, to: state) }
}
