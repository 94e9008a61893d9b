extension DemoModel {
    /// Shares of a hundred above which a run asks; they count from `limitsFrom` on.
    private static let limitPercent = 30
    private static let limitsFrom = 20

    /// What a file does to the catalog as it is now, row by row as the written rules say.
    ///
    /// No row of it may be for a service that events still change meanwhile.
    mutating func reconcile(_ file: ExportFile) -> ModelledRun {
        let before = (services, newestDecided)
        let listable = services.filter {
            $0.value.columns["country_code"]?.string == file.country
                && $0.value.columns["external_system_source"]?.string
                    == SalesSystem.exporting.name
                && $0.value.columns["status"] == "ACTIVE"
        }
        var run = ModelledRun(source: file.country)
        var seen: Set<String> = []
        for (index, row) in file.rows.enumerated() {
            run.fetched += 1
            let code = row.service.code
            let isFirst = seen.insert(code).inserted
            guard case .service(let service) = row, isFirst else {
                run.fail(line: index + 2, code: code)
                continue
            }
            take(service, of: file, line: index + 2, into: &run)
        }
        for code in listable.keys.sorted() where !seen.contains(code) {
            guard newestDecided[code, default: 0] <= file.exportedAt else { continue }
            run.orphaned += 1
            run.drift.append(.init(serviceCode: code, field: nil, outcome: "ORPHANED"))
        }
        run.drifted = run.updated + run.held
        if Self.asks(run, listable: listable.count) {
            run.state = "awaiting_decision"
            run.drift = []
            (services, newestDecided) = before
        } else if run.drifted > 0 || run.failed > 0 {
            run.state = "partial_success"
        }
        return run
    }

    private static func asks(_ run: ModelledRun, listable: Int) -> Bool {
        func isPassed(_ share: Int, of whole: Int) -> Bool {
            whole >= limitsFrom && share * 100 > whole * limitPercent
        }
        return isPassed(run.orphaned, of: listable) || isPassed(run.drifted, of: run.matched)
            || isPassed(run.badRows.count, of: run.fetched)
    }

    private mutating func take(
        _ listed: SourceService, of file: ExportFile, line: Int, into run: inout ModelledRun
    ) {
        let code = listed.code
        guard let service = services[code] else {
            create(listed, of: file)
            run.created += 1
            run.drift.append(.init(serviceCode: code, field: nil, outcome: "CREATED"))
            return
        }
        guard service.columns["external_system_source"]?.string == SalesSystem.exporting.name
        else { return run.fail(line: line, code: code) }
        run.matched += 1
        var proposed = service.openItem?.proposed ?? service.columns
        let comesBack = service.columns["status"] == "DEPRECATED"
        if comesBack {
            proposed["status"] = "ACTIVE"
            proposed["deprecated_reason"] = .null
            proposed["replacement_service_code"] = .null
        }
        Self.lay(listed, of: file, over: &proposed)
        let fields = proposed.keys.filter {
            $0 != "sync_version" && proposed[$0] != service.columns[$0]
        }
        guard !fields.isEmpty else { return }
        let outcome: String
        if newestDecided[code, default: 0] > file.exportedAt {
            run.newer += 1
            outcome = "NEWER"
        } else {
            let reasons = BreakingRules.reasons(from: service.columns, to: proposed)
            newestDecided[code] = file.exportedAt
            if reasons.isEmpty, !comesBack {
                services[code] = ModelledService(columns: proposed)
                run.updated += 1
                outcome = "CORRECTED"
            } else {
                services[code]?.openItem = ModelledService.OpenItem(
                    position: nil, proposed: proposed, reasons: reasons, comesBack: comesBack)
                run.held += 1
                outcome = "HELD"
            }
        }
        for field in fields.sorted() {
            run.drift.append(.init(serviceCode: code, field: field, outcome: outcome))
        }
    }

    private mutating func create(_ listed: SourceService, of file: ExportFile) {
        var columns: [String: JSONTree] = [
            "external_service_code": .string(listed.code),
            "external_system_source": .string(SalesSystem.exporting.name),
            "status": "ACTIVE", "deprecated_reason": .null, "replacement_service_code": .null,
        ]
        for column in CatalogColumn.all { columns[column.column] = column.empty }
        Self.lay(listed, of: file, over: &columns)
        services[listed.code] = ModelledService(columns: columns)
        newestDecided[listed.code] = file.exportedAt
    }

    /// The fields, and of texts the languages, that the file has columns for.
    private static func lay(
        _ listed: SourceService, of file: ExportFile, over columns: inout [String: JSONTree]
    ) {
        let data = listed.data
        for column in file.columns {
            guard let value = data[column.key].flatMap(column.value) else { continue }
            guard column.form == .languages, case .object(let old)? = columns[column.column] else {
                columns[column.column] = value
                continue
            }
            let kept = old.filter { !file.style.languages.contains($0.key) }
            let new = file.style.languages.compactMap { language in
                value[language].map { JSONMember(language, $0) }
            }
            columns[column.column] = JSONTree.object(kept + new).sorted
        }
        columns["sync_version"] = .string(listed.version)
    }
}

extension ModelledRun {
    fileprivate mutating func fail(line: Int, code: String) {
        failed += 1
        badRows.append(BadRow(line: line, serviceCode: code))
    }
}
