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
        guard fields.has(.review) else { return self }
        var copy = self
        copy.currentJSON = fields.masking(currentJSON, in: .review)
        copy.proposedJSON = fields.masking(proposedJSON, in: .review)
        copy.changes = changes.map { change in
            var change = change
            change.before = Self.masking(change.before, of: change.field, fields)
            change.after = Self.masking(change.after, of: change.field, fields)
            return change
        }
        return copy
    }

    /// One field's value, looked at as if it stood in the whole content.
    private static func masking(
        _ text: String, of field: String, _ fields: PersonalFields
    ) -> String {
        let whole: JSONValue = .object([JSONMember(field, JSONValue(storedText: text))])
        let masked = fields.replacing(whole, in: .review, by: PersonalFields.mask)
        guard !masked.found.isEmpty, let value = masked.value[field] else { return text }
        return JSONWriter.text(value)
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
