/// What a text in a language is known by within a digest.
struct ContentDigestKey {
    /// Languages of up to three bytes, the usual ones, have tags of their own; longer ones share
    /// 29 bits, and nobody relies on that alone: see `seed`.
    let tag: UInt32
    /// Where the text's hash begins, so that it says field and language too.
    let seed: UInt64

    init(field: ServiceField, language: String) {
        let place: UInt32 =
            switch field {
            case .nameI18n: 0
            case .descriptionI18n: 1
            default: 2
            }
        var language = language
        let hash = language.withUTF8 {
            ContentDigestHash.bytes(UnsafeRawBufferPointer($0), seed: UInt64(place) &+ 1)
        }
        let name: UInt32 =
            language.utf8.count <= 3
            ? language.utf8.reduce(0) { $0 << 8 | UInt32($1) }
            : 1 << 29 | UInt32(truncatingIfNeeded: hash & 0x1FFF_FFFF)
        tag = place << 30 | name
        seed = hash
    }
}
