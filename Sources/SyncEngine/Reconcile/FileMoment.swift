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
        let calendar = SourceCalendar(secondsFromUTC: source.secondsFromUTC)
        let moment: Timestamp
        switch (source.asOf, FileName.day(in: name)?.daysSinceEpoch) {
        case (.objectTime, _), (_, nil):
            moment = objectTime
        case (.name, let day?):
            moment = calendar.midnight(ofDay: day)
        case (.automatic, let day?):
            let isOver = objectTime >= calendar.midnight(ofDay: day + 1)
            moment = isOver ? calendar.midnight(ofDay: day) : objectTime
        }
        return min(moment, now)
    }
}
