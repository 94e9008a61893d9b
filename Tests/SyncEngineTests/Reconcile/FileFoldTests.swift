import Probes
import Testing

@testable import SyncEngine

@Suite("What a row of a file becomes")
struct FileFoldTests {
    private typealias Fixture = ReconcileFixture

    // MARK: A service that is not there

    @Test("a service that is not there is created, as of the file")
    func created() throws {
        let decision = Fixture.decide(Fixture.row(), Fixture.entity(nil, decidedAt: nil))
        #expect(decision.outcome == .created)
        let write = try #require(decision.write)
        #expect(write.kind == .create(country: "ES", prefix: "HVAC"))
        #expect(write.sourceUpdatedAt == Fixture.asOf)
        var expected = Fixture.service
        expected.shortDescriptionI18n = [:]
        #expect(write.snapshot.content == expected)
        #expect(write.snapshot.externalSystemSource == "PYXIS")
        #expect(write.snapshot.rowVersion == 1)
        #expect(
            write.snapshot.fieldOrigins.common
                == FieldOrigin(
                    kind: .file, at: Fixture.asOf, runID: Fixture.runID, line: Int64(Fixture.line))
        )
        #expect(decision.mark == StreamMark(timestamp: Fixture.asOf, position: nil))
    }

    @Test("a creation needs the file's country and a name in one language")
    func notCreated() {
        let absent = Fixture.entity(nil, decidedAt: nil)
        func reason(_ row: FileRow) -> String? {
            let decision = Fixture.decide(row, absent)
            guard case .failed(let reason, _) = decision.outcome else { return nil }
            #expect(decision.write == nil && decision.mark == nil)
            return reason
        }
        #expect(reason(Fixture.row(Fixture.service { $0.countryCode = nil })) == "invalid")
        #expect(reason(Fixture.row(languages: ["it"])) == "invalid")
        #expect(reason(Fixture.row(Fixture.service { $0.countryCode = "FR" })) == "other_country")
        #expect(reason(Fixture.row(languages: ["fr"])) == nil)
    }

    // MARK: A service that is there

    @Test("a service of another system is not this file's, whatever it says")
    func otherSystem() {
        let entity = Fixture.entity(system: "SAP")
        let decision = Fixture.decide(Fixture.row(), entity)
        #expect(
            decision.outcome
                == .failed(
                    reason: "source_mismatch",
                    message: "\"A\" belongs to SAP, the file is PYXIS's"))
        #expect(decision.write == nil && decision.mark == entity.mark)
    }

    @Test("what says the same writes nothing, not even a mark")
    func same() {
        let entity = Fixture.entity()
        let decision = Fixture.decide(Fixture.row(), entity)
        #expect(decision.outcome == .same)
        #expect(decision.write == nil && decision.opened == nil && decision.differing.isEmpty)
        #expect(decision.mark == entity.mark)
    }

    @Test("a difference that takes nothing away is corrected, and says where from")
    func corrected() throws {
        let row = Fixture.row(
            Fixture.service {
                $0.estimatedDurationMinutes = 90
                $0.nameI18n["fr"] = "Pose"
                $0.version = "2"
            })
        let decision = Fixture.decide(row)
        #expect(decision.outcome == .corrected)
        #expect(decision.differing.fields == [.nameI18n, .estimatedDurationMinutes])
        let write = try #require(decision.write)
        #expect(write.kind == .update(expectedRowVersion: 4))
        #expect(write.snapshot.rowVersion == 5)
        #expect(write.sourceUpdatedAt == Fixture.asOf)
        #expect(write.changed == decision.differing)
        #expect(write.snapshot.content.version == "2")
        #expect(
            write.checksum
                == Fixture.context().canonicalForm.checksum(of: write.snapshot.content))
        let origins = write.snapshot.fieldOrigins
        #expect(
            origins[.nameI18n]
                == FieldOrigin(
                    kind: .correction, at: Fixture.asOf, runID: Fixture.runID,
                    line: Int64(Fixture.line)))
        #expect(origins[.scopeIncluded] == Fixture.origins.common)
        #expect(decision.mark == StreamMark(timestamp: Fixture.asOf, position: nil))
    }

    @Test("an event newer than the file stands, by a microsecond; one exactly as old does not")
    func newer() {
        let row = Fixture.row(Fixture.service { $0.estimatedDurationMinutes = 90 })
        let after = Fixture.entity(decidedAt: Fixture.asOf.advanced(by: .microseconds(1)))
        let decision = Fixture.decide(row, after)
        #expect(decision.outcome == .newer)
        #expect(decision.differing.fields == [.estimatedDurationMinutes])
        #expect(decision.write == nil && decision.mark == after.mark)
        // What agrees in spite of it is no difference.
        #expect(Fixture.decide(Fixture.row(), after).outcome == .same)

        let atOnce = Fixture.entity(decidedAt: Fixture.asOf)
        let taken = Fixture.decide(row, atOnce)
        #expect(taken.outcome == .corrected)
        // The mark stays the event's, with its place among others of the same moment.
        #expect(taken.mark == atOnce.mark)
    }

    @Test("what was refused is not drift again: the same whole, or the same in the file's fields")
    func rejected() {
        let refused = Fixture.service { $0.scopeIncluded = ["a"] }
        let row = Fixture.row(refused)
        let whole = Fixture.decide(row, Fixture.entity(refused: refused), refused: refused)
        #expect(whole.outcome == .rejected)
        #expect(whole.write == nil && whole.opened == nil)
        #expect(whole.mark == StreamMark(timestamp: Fixture.asOf, position: nil))
        #expect(whole.refused?.reviewID == 8)

        // An event proposed more than the file has columns for.
        var more = refused
        more.shortDescriptionI18n = ["es": "otro"]
        more.nameI18n["pl"] = "Instalacja"
        let part = Fixture.decide(row, Fixture.entity(refused: more), refused: more)
        #expect(part.outcome == .rejected)

        let other = Fixture.row(Fixture.service { $0.scopeIncluded = ["b"] })
        let asked = Fixture.decide(other, Fixture.entity(refused: refused), refused: refused)
        #expect(asked.outcome == .held(isNew: true))
        #expect(asked.refused == nil)
    }

    // MARK: Breaking ones

    private static let breaking: [(BreakingReason, @Sendable (inout ServiceContent) -> Void)] = [
        (.scopeReduced, { $0.scopeIncluded = ["a"] }),
        (.requirementAdded, { $0.worksiteRequirements = ["r", "s"] }),
        (.prerequisiteAdded, { $0.productPrerequisites = ["q"] }),
        (.exclusionAdded, { $0.scopeExcluded = ["x", "y"] }),
        (.contractTypeChanged, { $0.sourceContractType = "post_service" }),
        (.serviceTypeChanged, { $0.sourceType = "rework" }),
        (.categoryChanged, { $0.sourceCategory = nil }),
        (.countryChanged, { $0.countryCode = "FR" }),
        (.technicalVisitRequired, { $0.requiresTechnicalVisit = true }),
        (.endsEarlier, { $0.effectiveTo = Fixture.moment("2025-12-31T00:00:00Z") }),
    ]

    @Test("each rule holds the whole row, harmless fields and all", arguments: breaking.indices)
    func held(index: Int) throws {
        let (reason, edit) = Self.breaking[index]
        let proposed = Fixture.service { content in
            edit(&content)
            content.estimatedDurationMinutes = 90
        }
        let row = Fixture.row(proposed)
        let decision = Fixture.decide(row)
        #expect(decision.outcome == .held(isNew: true))
        #expect(decision.write == nil)
        let opened = try #require(decision.opened)
        #expect(opened.reasons == [reason])
        #expect(opened.current == Fixture.service && opened.proposed == proposed)
        #expect(opened.baseRowVersion == 4 && opened.logID == nil)
        #expect(
            Set(opened.changes.map(\.field))
                == [reason.field.rawValue, ServiceField.estimatedDurationMinutes.rawValue])
        #expect(
            opened.origins[reason.field]
                == FieldOrigin(
                    kind: .file, at: Fixture.asOf, runID: Fixture.runID, line: Int64(Fixture.line)))
        #expect(decision.mark == StreamMark(timestamp: Fixture.asOf, position: nil))

        // Not in the list, it holds nothing.
        let rules = ReviewRules(reasons: Set(BreakingReason.allCases).subtracting([reason]))
        #expect(Fixture.decide(row, rules: rules).outcome == .corrected)
    }

    @Test("a deprecated service that the file lists comes back, if a person wants it")
    func returns() throws {
        let entity = Fixture.entity(
            Fixture.service {
                $0.status = .deprecated
                $0.deprecatedReason = "gone"
                $0.replacementServiceCode = "B"
                $0.effectiveTo = Fixture.moment("2025-01-10T00:00:00Z")
            })
        let decision = Fixture.decide(Fixture.row(), entity)
        #expect(decision.outcome == .held(isNew: true))
        let opened = try #require(decision.opened)
        #expect(opened.reasons == [.returnsAfterDeprecation])
        #expect(opened.proposed == Fixture.service)
    }

    // MARK: An item that is open

    @Test("the same proposal is not opened twice, another one takes its place")
    func heldAgain() throws {
        let proposed = Fixture.service { $0.scopeIncluded = ["a"] }
        let open = Fixture.review(proposed)
        let same = Fixture.decide(Fixture.row(proposed), Fixture.entity(review: open))
        #expect(same.outcome == .held(isNew: false))
        #expect(same.opened == nil && same.superseded == nil && same.write == nil)

        let other = Fixture.row(Fixture.service { $0.scopeIncluded = ["b"] })
        let next = Fixture.decide(other, Fixture.entity(review: open))
        #expect(next.outcome == .held(isNew: true))
        #expect(next.superseded == open)
    }

    @Test("a file that knows nothing of an older proposal overtakes it in its own fields")
    func overtakes() throws {
        let open = Fixture.review(
            Fixture.service {
                $0.scopeIncluded = ["a"]
                $0.shortDescriptionI18n = ["es": "otro"]
            })
        let decision = Fixture.decide(Fixture.row(), Fixture.entity(review: open))
        // Of what the file has no column for, the event was the source's last word.
        #expect(decision.outcome == .corrected)
        #expect(decision.differing.fields == [.shortDescriptionI18n])
        #expect(decision.superseded == open)
        let origins = try #require(decision.write?.snapshot.fieldOrigins)
        #expect(origins[.shortDescriptionI18n] == open.origins.common)
        #expect(origins[.scopeIncluded] == Fixture.origins.common)

        let plain = Fixture.review(Fixture.service { $0.scopeIncluded = ["a"] })
        let agreed = Fixture.decide(Fixture.row(), Fixture.entity(review: plain))
        #expect(agreed.outcome == .same && agreed.write == nil)
        #expect(agreed.superseded == plain)
        #expect(agreed.mark == StreamMark(timestamp: Fixture.asOf, position: nil))
    }

    // MARK: What a file does not say

    @Test("languages and fields that the file lacks keep their values")
    func others() throws {
        let entity = Fixture.entity(
            Fixture.service {
                $0.nameI18n["pl"] = "Instalacja"
                $0.descriptionI18n["pl"] = "Pełna"
            })
        #expect(Fixture.decide(Fixture.row(), entity).outcome == .same)
        let row = Fixture.row(
            Fixture.service {
                $0.nameI18n = ["es": "Nueva"]
                $0.descriptionI18n = [:]
            })
        let written = try #require(Fixture.decide(row, entity).write).snapshot.content
        // The empty cell of a language that the file has empties it.
        #expect(written.nameI18n == ["es": "Nueva", "pl": "Instalacja"])
        #expect(written.descriptionI18n == ["pl": "Pełna"])
        #expect(written.shortDescriptionI18n == ["es": "AC"])

        let narrow = Fixture.row(
            ServiceContent(), fields: ServiceFieldSet([.businessUnit]), languages: [])
        let other = try #require(Fixture.decide(narrow, entity).write)
        #expect(other.changed.fields == [.businessUnit])
    }

    @Test("accents in another form and other hours of the same day are no difference")
    func canonical() {
        let entity = Fixture.entity(
            Fixture.service {
                $0.nameI18n["es"] = "Instalacio\u{301}n"
                $0.effectiveFrom = Fixture.moment("2025-02-01T09:30:00Z")
            })
        #expect(Fixture.decide(Fixture.row(), entity).outcome == .same)
        // 23:30 of the day before in UTC is this day in Madrid.
        let madrid = Fixture.entity(
            Fixture.service { $0.effectiveFrom = Fixture.moment("2025-01-31T23:30:00Z") })
        let calendar = SourceCalendar { _ in 3_600 }
        #expect(Fixture.decide(Fixture.row(calendar: calendar), madrid).outcome == .same)
        #expect(Fixture.decide(Fixture.row(), madrid).outcome == .corrected)
    }
}
