import Glibc
import Probes
import Views

extension ClockZone {
    /// This machine's time zone: `TZ`, or `/etc/localtime`.
    static var local: ClockZone {
        ClockZone(name: fields(of: .now).name) { fields(of: $0).secondsEast }
    }

    private static func fields(of moment: Timestamp) -> (name: String, secondsEast: Int64) {
        var seconds = time_t(moment.microseconds / 1_000_000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return ("UTC", 0) }
        return (parts.tm_zone.map { String(cString: $0) } ?? "UTC", Int64(parts.tm_gmtoff))
    }
}
