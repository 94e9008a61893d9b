import Probes

/// What moment a file speaks of: its `as_of` (docs/reconciliation.md).
package enum FileMoment {
    /// - Parameters:
    ///   - objectTime: when the object was written.
    ///   - name: the file's name without its folder.
    ///   - now: the file never speaks of what is yet to come.
    package static func asOf(
        name: String, objectTime: Timestamp, source: FileSource, now: Timestamp
    ) -> Timestamp {
        let moment: Timestamp
        switch (source.asOf, beginning(ofDayIn: name, source)) {
        case (.objectTime, _), (_, nil):
            moment = objectTime
        case (.name, let day?):
            moment = day
        case (.automatic, let day?):
            let isOfTheDay = objectTime < day.advanced(by: .seconds(86_400))
            moment = isOfTheDay ? objectTime : day
        }
        return min(moment, now)
    }

    /// Midnight at the source on the day in the name.
    private static func beginning(ofDayIn name: String, _ source: FileSource) -> Timestamp? {
        guard let day = FileName.day(in: name) else { return nil }
        let midnight = Timestamp(microseconds: day.daysSinceEpoch * 86_400_000_000)
        // The offset that holds at that midnight: taken twice, for a day on which it changes.
        let guess = midnight.advanced(by: .seconds(-source.secondsFromUTC(midnight)))
        return midnight.advanced(by: .seconds(-source.secondsFromUTC(guess)))
    }
}
