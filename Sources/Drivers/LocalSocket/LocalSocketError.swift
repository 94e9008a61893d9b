import Glibc

/// What went wrong with a local socket: the step, and the system's own words.
package struct LocalSocketError: Error, Sendable, Equatable, CustomStringConvertible {
    package var step: String
    /// Of `errno.h`; 0 where it was not the system that refused.
    package var number: Int32

    package init(_ step: String, number: Int32 = errno) {
        self.step = step
        self.number = number
    }

    package var description: String {
        number == 0 ? step : "\(step): \(String(cString: strerror(number)))"
    }

    /// Nobody listens there any more.
    package var isStale: Bool { number == ECONNREFUSED }
}
