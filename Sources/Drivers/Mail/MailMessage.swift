/// A message as it is handed to an SMTP server.
package struct MailMessage: Sendable, Equatable {
    package var from: String
    package var to: [String]
    package var subject: String
    /// Plain text; lines may end with `\n`.
    package var body: String
    /// Of the header `Message-ID`, without its brackets: the same in every attempt.
    package var id: String
    /// Seconds since 1970, UTC.
    package var date: Int64

    package init(
        from: String, to: [String], subject: String, body: String, id: String, date: Int64
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.body = body
        self.id = id
        self.date = date
    }

    /// As it goes over the wire (RFC 5322): lines end with CR LF, everything beyond ASCII is encoded
    /// (RFC 2047 in the subject, base64 in the body), so that no line is too long and none can begin
    /// a header of its own.
    package var wire: [UInt8] {
        let head = [
            "Date: \(Self.date(date))", "From: \(Self.plain(from))",
            "To: \(to.map(Self.plain).joined(separator: ", "))",
            "Message-ID: <\(Self.plain(id))>", "Subject: \(Self.encodedWords(subject))",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64", "Auto-Submitted: auto-generated",
        ]
        let text = body.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
        let lines = Base64.lines(Array(text.utf8))
        return Array((head + [""] + lines).map { $0 + "\r\n" }.joined().utf8)
    }

    /// A line break would begin another header.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.value >= 0x20 && $0.value < 0x7F }))
    }

    /// `=?utf-8?B?…?=`, in pieces of at most 75 characters, on lines of their own.
    private static func encodedWords(_ text: String) -> String {
        let isPlain = text.utf8.count <= 70 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return text }
        var pieces: [String] = []
        var piece: [UInt8] = []
        for character in text.unicodeScalars {
            let bytes = Array(String(character).utf8)
            if piece.count + bytes.count > 42 {
                pieces.append("=?utf-8?B?\(Base64.text(piece))?=")
                piece = []
            }
            piece += bytes
        }
        pieces.append("=?utf-8?B?\(Base64.text(piece))?=")
        return pieces.joined(separator: "\r\n ")
    }

    /// `Sat, 21 Nov 2026 03:10:42 +0000`
    private static func date(_ seconds: Int64) -> String {
        let days = Int(seconds / 86_400)
        let rest = Int(seconds % 86_400)
        let (year, month, day) = civil(days)
        let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(names[days % 7]), \(two(day)) \(months[month - 1]) \(year) "
            + "\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) +0000"
    }

    /// Year, month, day of a number of days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms", civil_from_days).
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * part + 2) / 5 + 1
        )
    }
}

/// Base64 (RFC 4648) with the padding that mail wants.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var word: UInt32 = 0
            for place in 0..<3 {
                word = word << 8 | (place < group.count ? UInt32(group[start + place]) : 0)
            }
            for place in 0..<4 {
                encoded.append(
                    place <= group.count
                        ? digits[Int(word >> (18 - 6 * UInt32(place)) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// In lines of 76 characters.
    static func lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 57).map {
            text(Array(bytes[$0..<min($0 + 57, bytes.count)]))
        }
    }
}
