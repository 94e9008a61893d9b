import Hashing
import Probes

/// The one form in which two contents are compared, wherever they came from.
///
/// A compact JSON object: keys sorted, what is empty left out, texts in NFC, lists in order, dates
/// as calendar dates in the source's time zone, the version left out. An event and a file with the
/// same content have the same form, and so the same checksum.
package struct CanonicalForm: Sendable {
    /// SHA-256 of some bytes.
    package typealias Hash = @Sendable ([UInt8]) -> [UInt8]
    /// Seconds that the source's clock is ahead of UTC at a moment.
    package typealias ZoneOffset = @Sendable (Timestamp) -> Int

    private let hash: Hash
    let secondsFromUTC: ZoneOffset

    package init(
        hash: @escaping Hash = { SHA256.hash($0) },
        secondsFromUTC: @escaping ZoneOffset = { _ in 0 }
    ) {
        self.hash = hash
        self.secondsFromUTC = secondsFromUTC
    }

    /// SHA-256 of the canonical bytes in lower-case hexadecimal.
    package func checksum(
        of content: ServiceContent, fields: ServiceFieldSet = .all, languages: Set<String>? = nil
    ) -> String {
        hash(bytes(of: content, fields: fields, languages: languages)).hexadecimal
    }
}
