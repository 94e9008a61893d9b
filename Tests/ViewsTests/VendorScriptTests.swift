import Probes
import Testing

@testable import Views

@Suite("Vendors on the screen")
struct VendorScriptTests {
    private func script(_ readings: ConsoleReadings? = nil) -> Script {
        var readings = readings ?? Sample.normal
        readings.jobDetail = Reading(Sample.failedJob, takenAt: Sample.now)
        readings.agentDetail = Reading(Sample.offlineAgent, takenAt: Sample.now)
        return Script(readings)
    }

    @Test("lead from a job to its letter, on to the job, and back to the row")
    func letter() {
        var script = script()
        script.press("9 j j j j j j Enter")
        #expect(script.model.detail?.subject == .job(4_102))
        #expect(script.model.interest.detail == .job(4_102))
        #expect(script.hints.contains("o letter"))
        script.press("o")
        #expect(script.model.detail?.subject == .letter(931))
        var readings = Sample.normal
        readings.jobDetail = Reading(Sample.failedJob, takenAt: Sample.now)
        var letter = Sample.letterDetail
        letter.row = Sample.letter(931)
        (letter.row.vendor, letter.row.jobID) = ("casa-nord", 4_102)
        readings.letterDetail = Reading(letter, takenAt: Sample.now)
        script.model.take(readings)
        #expect(script.hints.contains("o job"))
        script.press("o")
        #expect(script.model.detail?.subject == .job(4_102))
        script.press("Esc Esc Esc")
        #expect(script.model.detail == nil)
        #expect(script.model.pane == .jobs)
        #expect(script.model.cursorRow(JobList.self)?.id == 4_102)
    }

    @Test("say of a job that is no letter that it is none")
    func noLetter() {
        var script = script()
        script.press("9 Enter o")
        #expect(script.model.detail?.subject == .job(4_211))
        #expect(script.model.notice?.text == "This job has become no dead letter.")
    }

    @Test("lead from an agent to its jobs, breakers, codes and runs, and back to its row")
    func jumps() {
        for (key, pane, noun, filter) in [
            ("J", Pane.jobs, Noun.jobs, "vendor:casa-nord"),
            ("B", .breakers, .breakers, "vendor:casa-nord"),
            ("M", .mappings, .mappings, "vendor:casa-nord"),
            ("R", .runs, .runs, "source:casa-nord"),
        ] {
            var script = script()
            script.model.show(.agents)
            script.press("j j j \(key)")
            #expect(script.model.pane == pane)
            #expect(script.model.interest.list == ListInterest(noun: noun, filter: filter))
            script.press("Esc")
            #expect(script.model.pane == .agents)
            #expect(script.model.cursorRow(AgentList.self)?.vendor == "casa-nord")
            #expect(script.model.view(noun).filter.isEmpty)
        }
    }

    @Test("lead back to the page that was open, and leave another filter as it was")
    func wayBack() {
        var script = script()
        script.press("9")
        script.press("/")
        script.type("state:failed")
        script.press("Enter 0 Tab Tab Enter J")
        #expect(script.model.view(.jobs).filter == "vendor:brava-foods")
        script.press("Esc")
        #expect(script.model.pane == .agents)
        #expect(script.model.detail?.subject == .agent(vendor: "brava-foods"))
        #expect(script.model.view(.jobs).filter == "state:failed")
        // Who goes elsewhere by himself has forgotten where he came from.
        script.press("J 1 9 Esc")
        #expect(script.model.pane == .jobs)
        #expect(script.model.view(.jobs).filter.isEmpty)
    }

    @Test("lead from a job to its agent, and say so where a breaker is of no vendor")
    func agent() {
        var script = script()
        script.press("9 A")
        #expect(script.model.detail?.subject == .agent(vendor: "alto-metal"))
        #expect(script.model.interest.detail == .agent(vendor: "alto-metal"))
        script.press("Esc 8 A")
        #expect(script.model.notice?.text == "This breaker is not of a vendor's agent.")
    }

    @Test("show escape sequences in what a vendor sends as visible signs")
    func escapes() {
        let evil = "acme\u{1B}[31m\u{7}\u{202E}"
        var readings = Sample.normal
        var job = Sample.jobRows[6]
        (job.vendor, job.orderNumber, job.error) = (evil, evil, evil)
        readings.jobs = Sample.page([job])
        var agent = Sample.agentRows[0]
        (agent.vendor, agent.url, agent.version) = (evil, evil, evil)
        readings.agents = Sample.page([agent])
        var code = Sample.mappingRows[0]
        (code.vendor, code.erpCode, code.label) = (evil, evil, evil)
        readings.mappings = Sample.page([code])
        var detail = Sample.failedJob
        detail.row = job
        detail.calls[0].message = evil
        readings.jobDetail = Reading(detail, takenAt: Sample.now)
        var vendors = Sample.vendors
        vendors.agents[0].vendor = evil
        vendors.jobs[0].vendor = evil
        if var overview = readings.overview?.value {
            overview.vendors = vendors
            readings.overview = Reading(overview, takenAt: Sample.now)
        }
        for pane in [Pane.overview, .jobs, .agents, .mappings] {
            for keys in ["", "Enter"] {
                var script = Script(readings, size: Size(rows: 40, columns: 160))
                script.model.show(pane)
                script.press(keys)
                let lines = script.frame(rows: 40, columns: 160).lines
                for line in lines {
                    let harmful = line.unicodeScalars.first { scalar in
                        scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x202E
                    }
                    #expect(harmful == nil, "\(pane): \(line)")
                }
                #expect(lines.contains { $0.contains("acme") } || pane == .overview)
            }
        }
    }

    @Test("mask what is personal in an order until it is revealed")
    func personal() {
        var readings = Sample.normal
        readings.jobDetail = Reading(Sample.failedJob, takenAt: Sample.now)
        var facts = Sample.facts()
        facts.personalFields = PersonalFields(paths: ["customer.name"])
        var script = Script(readings, facts: facts, size: Size(rows: 80, columns: 120))
        script.press("9 j j j j j j Enter")
        func screen() -> String {
            script.frame(rows: 80, columns: 120).lines.joined(separator: "\n")
        }
        #expect(!screen().contains("Lucía"))
        #expect(screen().contains("Vigo"))
        script.press("v")
        script.type("the vendor asks")
        script.press("Enter")
        let action = Action.reveal(.job(4_102), reason: "the vendor asks")
        #expect(script.model.takeActions() == [action])
        script.answer(
            ActionReport(action: action, lines: [.init(id: "1", result: .done, message: "")]))
        #expect(screen().contains("Lucía"))
    }

    @Test("retry what is pending, and what failed and has a letter; and cancel what has not ended")
    func jobs() {
        var script = script()
        script.press("9 * r")
        script.type("the vendor is back")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .retryJobs([4_210, 4_190, 4_188, 4_187, 4_102], reason: "the vendor is back")
            ])
        var other = self.script()
        other.press("9 x")
        #expect(other.screen.contains("and may still do it"))
        other.type("ordered twice")
        other.press("Enter")
        #expect(other.model.takeActions() == [.cancelJobs([4_211], reason: "ordered twice")])
        var last = self.script()
        last.press("9 j j j j j j j")
        #expect(last.model.changeObstacle(.retryJob) == "This job is done.")
        #expect(last.model.changeObstacle(.cancelJob) == "This job is done.")
        last.press("Home")
        #expect(
            last.model.changeObstacle(.retryJob)
                == "The agent has this job: its callback is waited for.")
    }

    @Test("offer no retry of a job whose letter somebody has resolved, and say why")
    func resolvedLetter() {
        var readings = Sample.normal
        var rows = Sample.jobRows
        rows[6].letterState = .resolved
        readings.jobs = Reading(Page(rows: rows, matching: rows.count), takenAt: Sample.now)
        var detail = Sample.failedJob
        detail.row = rows[6]
        readings.jobDetail = Reading(detail, takenAt: Sample.now)
        var script = Script(readings)
        script.press("9 j j j j j j")
        #expect(!script.hints.contains("retry"))
        let why = "This job has ended, and its letter is resolved."
        #expect(script.model.changeObstacle(.retryJob) == why)
        script.press("Enter")
        #expect(!script.hints.contains("retry"))
        script.press("r")
        #expect(script.model.notice?.text == why)
        #expect(script.model.takeActions().isEmpty)
    }

    @Test("remove an agent, in production by its name typed out")
    func removal() {
        var readings = Sample.normal
        readings.agentDetail = Reading(Sample.offlineAgent, takenAt: Sample.now)
        var script = Script(
            readings, facts: Sample.facts(environment: "production", isProduction: true))
        script.model.show(.agents)
        script.press("x")
        script.type("contract ended")
        script.press("Enter")
        #expect(script.model.takeActions().isEmpty)
        script.type("brava-foods")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .removeAgents(["brava-foods"], reason: "contract ended")
            ])
        script.press("End x")
        #expect(script.model.changeObstacle(.removeAgent) == "This agent is deregistered already.")
    }

    @Test("map an unmapped code where it stands")
    func mapping() {
        var script = script()
        script.model.show(.mappings)
        #expect(script.hints.contains("a map"))
        script.press("a Enter")
        #expect(script.screen.contains("Our code is needed."))
        script.type("PCE")
        script.press("Tab")
        script.type("Piece")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .addMapping(
                    MappingChoice(
                        vendor: "brava-foods", type: "unit", erpCode: "PIÈCE", ourCode: "PCE",
                        label: "Piece"), reason: "")
            ])
    }

    @Test("add another code, change one, and switch one off and on")
    func editing() {
        var script = script()
        script.model.show(.mappings)
        script.press("j j")
        #expect(script.hints.contains("a add"))
        script.press("a Tab")
        script.type("vat")
        script.press("Tab")
        script.type("T5")
        script.press("Tab")
        script.type("VAT_5")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .addMapping(
                    MappingChoice(
                        vendor: "alto-metal", type: "vat", erpCode: "T5", ourCode: "VAT_5"),
                    reason: "")
            ])
        script.press("e")
        guard case .dialog(let change) = script.model.overlay else {
            Issue.record("no dialog is open")
            return
        }
        #expect(
            change.lines.map(\.text).contains(
                "Items that come from now on get the new code, in every engine. Those in the "
                    + "catalog keep kg until the vendor changes them: sent again as they are, they "
                    + "are skipped."))
        script.type("s")
        script.press("Tab Tab")
        script.type("a typing error")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [
                .changeMapping(
                    12, code: "kgs", label: "Kilogramme", reason: "a typing error")
            ])
        script.press("x")
        script.type("wrong")
        script.press("Enter")
        #expect(
            script.model.takeActions() == [.switchMappings([12], on: false, reason: "wrong")])
        script.press("End r Enter")
        #expect(script.model.takeActions() == [.switchMappings([31], on: true, reason: "")])
        script.press("Home")
        #expect(
            script.model.changeObstacle(.changeMapping)
                == "This code has no word of ours yet: a maps it.")
        #expect(
            script.model.changeObstacle(.deactivateMapping)
                == "This code has no word of ours yet.")
    }
}
