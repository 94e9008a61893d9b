/// A country's file as the exporting system writes it.
struct ExportFile: Sendable {
    /// How one country's office writes its files.
    struct Style: Sendable {
        /// Of the columns of texts.
        var languages: [String]
        var hasShortDescriptions = false
        /// With a byte order mark and CRLF, as spreadsheets write it.
        var isFromSpreadsheet = false
    }

    let country: String
    /// When it was written: milliseconds since 1970. It speaks of this moment.
    let exportedAt: Int64
    let rows: [ExportRow]
    let style: Style

    /// `services_ES_20250117.csv`, the day in UTC.
    var name: String {
        "services_\(country)_\(CalendarText.date(exportedAt).filter { $0 != "-" }).csv"
    }

    /// The columns and what a service has in them; nil stands for an empty cell.
    func cells(of service: SourceService) -> [(name: String, value: JSONTree?)] {
        let data = service.data
        var cells: [(name: String, value: JSONTree?)] = [
            ("external_service_code", .string(service.code))
        ]
        for column in columns {
            guard column.form == .languages else {
                cells.append((column.fileColumn, data[column.key]))
                continue
            }
            for language in style.languages {
                cells.append(("\(column.fileColumn)_\(language)", data[column.key]?[language]))
            }
        }
        cells.append(("version", .string(service.version)))
        return cells
    }

    /// Those of the catalog that the file has.
    var columns: [CatalogColumn] {
        CatalogColumn.all.filter {
            $0.key != "shortDescription" || style.hasShortDescriptions
        }
    }
}
