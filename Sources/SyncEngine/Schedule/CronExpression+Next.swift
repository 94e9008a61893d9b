import Probes

extension CronExpression {
    private static let minute: Int64 = 60_000_000
    private static let day: Int64 = 86_400_000_000
    /// 29 February comes after eight years at the latest; nothing else takes longer.
    private static let horizonDays: Int64 = 9 * 366

    /// The first moment after `moment` at which it is due, by the clock of `calendar`.
    ///
    /// A fixed time that a spring night leaves out is due as soon as the clock has passed it, and one
    /// that an autumn night shows twice at the first time only. An expression that leaves the hour
    /// open is due whenever the clock shows it, in real time. Nil if that is never.
    package func next(after moment: Timestamp, in calendar: SourceCalendar) -> Timestamp? {
        followsRealTime
            ? nextShown(after: moment, in: calendar) : nextFixed(after: moment, in: calendar)
    }

    // MARK: Fixed times

    private func nextFixed(after moment: Timestamp, in calendar: SourceCalendar) -> Timestamp? {
        // From the day before: a day that a zone leaves out as a whole is due at its end.
        let first = calendar.day(of: moment) - 1
        for day in first...first + Self.horizonDays where isDue(onDay: day) {
            for minute in 0..<Int64(1_440) where isDue(atMinute: minute) {
                let local = day * Self.day + minute * Self.minute
                let due = calendar.firstMoment(atOrAfterLocal: local)
                if due > moment { return due }
            }
        }
        return nil
    }

    // MARK: In real time

    private func nextShown(after moment: Timestamp, in calendar: SourceCalendar) -> Timestamp? {
        var time = (Self.split(moment.microseconds, by: Self.minute).whole + 1) * Self.minute
        let end = time + Self.horizonDays * Self.day
        while time < end {
            let local = calendar.local(Timestamp(microseconds: time))
            let (day, rest) = Self.split(local, by: Self.day)
            if isDue(onDay: day) {
                if isDue(atMinute: rest / Self.minute) { return Timestamp(microseconds: time) }
                time += Self.minute
            } else {
                time = skip(from: time, day: day, in: calendar)
            }
        }
        return nil
    }

    /// A later moment before which it is not due, `time` being on a day on which it is not.
    private func skip(from time: Int64, day: Int64, in calendar: SourceCalendar) -> Int64 {
        var next = day + 1
        while next < day + Self.horizonDays, !isDue(onDay: next) { next += 1 }
        // Some zones go back from midnight into the day before: the last day is gone through.
        let safe = calendar.midnight(ofDay: next - 1).microseconds
        return max(time + Self.minute, safe)
    }

    /// Rounded towards the past.
    private static func split(_ value: Int64, by unit: Int64) -> (whole: Int64, rest: Int64) {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
        return rest < 0 ? (whole - 1, rest + unit) : (whole, rest)
    }
}

extension SourceCalendar {
    /// What the clock shows at a moment, in microseconds, as if it were UTC.
    func local(_ moment: Timestamp) -> Int64 {
        moment.microseconds + Int64(secondsFromUTC(moment)) * 1_000_000
    }

    /// The first moment at which the clock shows `local` or has passed it.
    ///
    /// Assumes that a clock is changed at most once within two days.
    func firstMoment(atOrAfterLocal local: Int64) -> Timestamp {
        let before = Timestamp(microseconds: local - 86_400_000_000)
        let after = Timestamp(microseconds: local + 86_400_000_000)
        let (earlier, later) = (offset(before), offset(after))
        guard earlier != later else { return Timestamp(microseconds: local - earlier) }
        // The first moment at which the clock has been changed, to the second.
        var (low, high) = (before.microseconds, after.microseconds)
        while high - low > 1_000_000 {
            let middle = low + (high - low) / 2_000_000 * 1_000_000
            if offset(Timestamp(microseconds: middle)) == earlier {
                low = middle
            } else {
                high = middle
            }
        }
        let shown = local - earlier
        return Timestamp(microseconds: shown < high ? shown : max(high, local - later))
    }

    private func offset(_ moment: Timestamp) -> Int64 {
        Int64(secondsFromUTC(moment)) * 1_000_000
    }
}
