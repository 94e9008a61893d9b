extension EventDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> EventDetail {
        guard !fields.isEmpty else { return self }
        var copy = self
        copy.payload = fields.masking(payload, in: .payload)
        copy.headers = fields.masking(headers)
        return copy
    }
}

extension LetterDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> LetterDetail {
        guard !fields.isEmpty else { return self }
        var copy = self
        copy.payload = fields.masking(payload, in: .payload)
        if copy.payload != payload { copy.payloadBytes = Array(copy.payload.utf8) }
        copy.headers = fields.masking(headers)
        return copy
    }
}

extension ReviewDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> ReviewDetail {
        guard fields.has(.catalog) else { return self }
        var copy = self
        copy.serviceName = serviceName.map { fields.maskingName($0) }
        copy.currentJSON = fields.masking(currentJSON, in: .catalog)
        copy.proposedJSON = fields.masking(proposedJSON, in: .catalog)
        copy.changes = changes.map { change in
            var change = change
            change.before = fields.masking(change.before, ofField: change.field)
            change.after = fields.masking(change.after, ofField: change.field)
            return change
        }
        return copy
    }
}

extension DriftRow {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> DriftRow {
        guard fields.has(.catalog), let field else { return self }
        var copy = self
        copy.before = before.map { fields.masking($0, ofField: field) }
        copy.after = after.map { fields.masking($0, ofField: field) }
        return copy
    }
}

extension DriftDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> DriftDetail {
        guard fields.has(.catalog) else { return self }
        var copy = self
        copy.row = row.masked(fields)
        copy.serviceName = serviceName.map { fields.maskingName($0) }
        copy.others = others.map { $0.masked(fields) }
        copy.history = history.map { $0.masked(fields) }
        return copy
    }
}

extension BlameReading {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> BlameReading {
        guard fields.has(.catalog) else { return self }
        var copy = self
        copy.fields = self.fields.map { field in
            var field = field
            field.valueJSON = fields.masking(field.valueJSON, ofField: field.field)
            return field
        }
        return copy
    }
}

extension RunDetail {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> RunDetail {
        var copy = self
        copy.badRows = badRows.map { $0.masked(fields) }
        return copy
    }
}

extension RunDetail.BadRow {
    /// A row that could not be taken, without its text and what is said of it: nobody can tell what
    /// stands where in it.
    package func masked(_ fields: PersonalFields) -> RunDetail.BadRow {
        guard fields.has(.catalog) else { return self }
        var copy = self
        copy.message = PersonalFields.mask
        copy.raw = PersonalFields.mask
        return copy
    }
}

extension BadRowProbe.Row {
    /// As in a run's detail.
    func masked(_ fields: PersonalFields) -> BadRowProbe.Row {
        guard fields.has(.catalog) else { return self }
        var copy = self
        copy.message = PersonalFields.mask
        copy.raw = Array(PersonalFields.mask.utf8)
        return copy
    }
}

extension AuditRow {
    /// With what is personal masked.
    package func masked(_ fields: PersonalFields) -> AuditRow {
        guard fields.has(.audit) else { return self }
        var copy = self
        copy.detailsJSON = fields.masking(detailsJSON, in: .audit)
        return copy
    }
}
