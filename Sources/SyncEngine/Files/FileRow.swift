import Probes

/// A row of a file in values: what it says about a service.
package struct FileRow: Sendable {
    package let code: String
    /// Where the row begins; the header's line is 1.
    package let line: Int
    /// The fields that the file carries. The fields in languages hold the file's languages only:
    /// lay it over a service with `applied(to:)`, which leaves the other languages alone.
    package let patch: ServicePatch
    /// The source's version of the service; nil if the cell is empty or the column missing.
    package let version: String?
    let languages: [ServiceField: Set<String>]
    let calendar: SourceCalendar

    /// `content` with this row laid over it; equal content comes back as it is.
    ///
    /// What is canonically equivalent keeps the stored spelling, and a date keeps the stored moment
    /// if the source's calendar shows the same day. The version is left alone.
    package func applied(to content: ServiceContent) -> ServiceContent {
        var result = content
        for field in patch.present.fields {
            switch field {
            case .nameI18n: lay(\.nameI18n, field, over: &result)
            case .descriptionI18n: lay(\.descriptionI18n, field, over: &result)
            case .shortDescriptionI18n: lay(\.shortDescriptionI18n, field, over: &result)
            case .effectiveFrom: lay(\.effectiveFrom, over: &result)
            case .effectiveTo: lay(\.effectiveTo, over: &result)
            default:
                // Equal may still be spelled otherwise.
                if !result.hasSameValue(as: patch.values, in: field) {
                    result.take(field, from: patch.values)
                }
            }
        }
        return result
    }

    private func lay(
        _ texts: WritableKeyPath<ServiceContent, [String: String]>, _ field: ServiceField,
        over content: inout ServiceContent
    ) {
        for language in languages[field] ?? [] {
            let text = patch.values[keyPath: texts][language]
            if content[keyPath: texts][language] != text {
                content[keyPath: texts][language] = text
            }
        }
    }

    private func lay(
        _ moment: WritableKeyPath<ServiceContent, Timestamp?>, over content: inout ServiceContent
    ) {
        let written = patch.values[keyPath: moment]
        if let stored = content[keyPath: moment], let written,
            calendar.day(of: stored) == calendar.day(of: written)
        {
            return
        }
        content[keyPath: moment] = written
    }
}
