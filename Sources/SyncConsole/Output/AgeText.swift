/// A span of time in its two largest units: `3s`, `4m 10s`, `2h 5m`, `3d 4h`.
enum AgeText {
    static func write(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        // A clock that is a little ahead of the server's: not worth a minus sign.
        guard seconds > 0 else { return "0s" }
        let units: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
        for (index, unit) in units.enumerated() where seconds >= unit.0 {
            let whole = "\(seconds / unit.0)\(unit.1)"
            guard index + 1 < units.count else { return whole }
            let next = units[index + 1]
            let rest = seconds % unit.0 / next.0
            return rest == 0 ? whole : "\(whole) \(rest)\(next.1)"
        }
        return "0s"
    }
}
