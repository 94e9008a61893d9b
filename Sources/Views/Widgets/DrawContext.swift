import Probes

/// What drawing needs besides what it draws.
struct DrawContext: Sendable {
    var now: Timestamp
    var zone: ClockZone
    var glyphs: GlyphSet
    /// Whom to call about a source system, by its name.
    var contacts: [String: String] = [:]

    func age(_ time: Timestamp?) -> String {
        time.map { Age.words(now.since($0)) } ?? Count.unknown
    }

    func shortAge(_ time: Timestamp?) -> String {
        time.map { Age.short(now.since($0)) } ?? Count.unknown
    }

    func near(_ time: Timestamp?) -> String {
        time.map { zone.near($0, now: now) } ?? Count.unknown
    }
}
