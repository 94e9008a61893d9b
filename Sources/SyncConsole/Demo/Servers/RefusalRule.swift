/// What the demo's own trigger in its own cluster refuses for good, whoever writes it.
///
/// The rule looks at the row alone: then the end is the same however an engine groups its writes.
package enum RefusalRule {
    /// The longest work that the demo's database believes: four weeks.
    package static let longestDurationMinutes = 40_320

    /// Whether the trigger refuses a row with this duration.
    package static func refuses(durationMinutes: Int64?) -> Bool {
        (durationMinutes ?? 0) > Int64(longestDurationMinutes)
    }
}
