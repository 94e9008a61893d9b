import Probes

/// The days of a source's time zone, in which its dates are meant.
package struct SourceCalendar: Sendable {
    package static let utc = SourceCalendar { _ in 0 }

    let secondsFromUTC: CanonicalForm.ZoneOffset

    /// - Parameter secondsFromUTC: the same that the `CanonicalForm` of this source has.
    package init(secondsFromUTC: @escaping CanonicalForm.ZoneOffset) {
        self.secondsFromUTC = secondsFromUTC
    }

    /// The day, counted from 1970-01-01, that the source's clock shows at a moment.
    package func day(of moment: Timestamp) -> Int64 {
        let local = moment.microseconds.addingReportingOverflow(
            Int64(secondsFromUTC(moment)) * 1_000_000)
        let micros = local.overflow ? moment.microseconds : local.partialValue
        let (days, rest) = micros.quotientAndRemainder(dividingBy: 86_400_000_000)
        return rest < 0 ? days - 1 : days
    }

    /// The first moment of a day.
    ///
    /// Where the clock is put forward at midnight, that is the moment after the gap. At both ends
    /// of the calendar it is the nearest moment that can be written.
    package func midnight(ofDay day: Int64) -> Timestamp {
        let utc = Timestamp(microseconds: day * 86_400_000_000)
        var moment = utc.advanced(by: .seconds(-secondsFromUTC(utc)))
        moment = utc.advanced(by: .seconds(-secondsFromUTC(moment)))
        // In the gap of a spring night, one offset leads to the day before.
        if self.day(of: moment) < day {
            moment = utc.advanced(
                by: .seconds(-secondsFromUTC(moment.advanced(by: .seconds(-7_200)))))
        }
        return min(max(moment, .earliest), .latest)
    }
}

/// Days of moments, remembered: a catalog has few different dates, and time zones are slow.
struct CalendarDays {
    private static let count = 1_024

    private let calendar: SourceCalendar
    private var moments = [Int64](repeating: ContentDigest.noDate, count: count)
    private var days = [Int64](repeating: ContentDigest.noDate, count: count)

    init(_ calendar: SourceCalendar) {
        self.calendar = calendar
    }

    /// The day of a moment in microseconds; `noDate` for `noDate`.
    @inline(__always)
    mutating func day(of micros: Int64) -> Int64 {
        guard micros != ContentDigest.noDate else { return micros }
        // Multiplying spreads moments that differ in hours only over the upper bits.
        let place = Int(
            truncatingIfNeeded: (UInt64(bitPattern: micros) &* 0x9E37_79B9_7F4A_7C15) >> 54)
        if moments[place] == micros { return days[place] }
        let day = calendar.day(of: Timestamp(microseconds: micros))
        moments[place] = micros
        days[place] = day
        return day
    }
}
