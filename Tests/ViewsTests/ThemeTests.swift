import Testing
import Views

@Suite("Theme")
struct ThemeTests {
    @Test("is refused with the nearest known name when a file has an unknown word")
    func errors() {
        let cases: [([String: [String: String]], String)] = [
            (["warnin": [:]], "theme mine: unknown \"warnin\"; did you mean \"warning\"?"),
            (
                ["ok": ["underlin": "red"]],
                "theme mine, ok: unknown \"underlin\"; did you mean \"underline\"?"
            ),
            (["ok": ["blod": "true"]], "theme mine, ok: unknown \"blod\"; did you mean \"bold\"?"),
            (["ok": ["bold": "yes"]], "theme mine, ok.bold: \"yes\" is neither true nor false"),
            (
                ["ok": ["mono": "bold dimm"]],
                "theme mine, ok.mono: unknown \"dimm\"; did you mean \"dim\"?"
            ),
            (
                ["theme": ["base": "ligth"]],
                "theme mine, theme.base: unknown \"ligth\"; did you mean \"light\"?"
            ),
        ]
        for (roles, text) in cases {
            #expect { try Theme(name: "mine", roles: roles) } throws: { "\($0)" == text }
        }
        for color in ["256", "reddish", "#12345", "#12345g", "-1", ""] {
            #expect(throws: ThemeError.self) {
                try Theme(name: "mine", roles: ["ok": ["fg": color]])
            }
        }
    }

    @Test("takes what a file leaves out from the built-in theme of its base")
    func inheritance() throws {
        let mine = try Theme(
            name: "mine",
            roles: ["theme": ["base": "light"], "ok": ["fg": "#0000ff"], "info": ["fg": "red"]])
        #expect(mine[.ok].foreground == .rgb(0, 0, 255))
        #expect(mine[.info].foreground == .indexed(1))
        #expect(mine[.critical] == Theme.light[.critical])
    }

    @Test("puts a role on the bar of another: own colour, the bar's background, both attributes")
    func combined() {
        let look = Theme.dark.look(for: Style(.critical, on: .production))
        #expect(look.background == Theme.dark[.production].background)
        #expect(look.attributes.contains(.bold))
        let plain = Theme.dark.look(for: Style(.normal, on: .selected))
        #expect(plain.foreground == Theme.dark[.selected].foreground)
        #expect(
            Theme.dark.look(for: Style(.ok, on: .selected)).foreground
                == Theme.dark[.ok].foreground)
    }

    @Test("loses no distinction as colours get fewer", arguments: Theme.builtIn)
    func degraded(theme: Theme) {
        for depth in ColorDepth.allCases {
            let normal = theme.look(for: .normal, depth: depth)
            #expect(normal == Look())
            for role in [Role.selected, .production, .demo, .paused] {
                let bar = theme.look(for: Style(role), depth: depth)
                #expect(
                    bar.background != .standard || bar.attributes.contains(.reverse),
                    "\(role) at \(depth)")
            }
            for role in [Role.critical, .marked, .match, .title, .diffRemoved] {
                #expect(theme.look(for: Style(role), depth: depth) != normal, "\(role) at \(depth)")
            }
            let critical = theme.look(for: Style(.critical), depth: depth)
            #expect(critical != theme.look(for: Style(.warning), depth: depth), "\(depth)")
            #expect(critical != theme.look(for: Style(.ok), depth: depth), "\(depth)")
        }
    }

    @Test("uses attributes only without colours, and no more colours than there are")
    func depths() {
        for theme in Theme.builtIn {
            for role in Role.allCases {
                let none = theme.look(for: Style(role), depth: .none)
                #expect(none.foreground == .standard && none.background == .standard)
                for (depth, limit) in [(ColorDepth.eight, 8), (.sixteen, 16)] {
                    let look = theme.look(for: Style(role), depth: depth)
                    for color in [look.foreground, look.background] {
                        if case .indexed(let index) = color { #expect(index < limit) }
                    }
                }
            }
        }
        #expect(Color.rgb(255, 0, 0).degraded(to: .indexed256) == .indexed(196))
        #expect(Color.indexed(196).degraded(to: .sixteen) == .indexed(9))
        #expect(Color.indexed(9).degraded(to: .eight) == .indexed(1))
        #expect(Color.rgb(1, 2, 3).degraded(to: .trueColor) == .rgb(1, 2, 3))
    }

    @Test("obeys NO_COLOR when it is set and not empty")
    func noColor() {
        #expect(ColorDepth(colors: 256, environment: ["NO_COLOR": "1"]) == .none)
        #expect(ColorDepth(colors: 256, environment: ["NO_COLOR": ""]) == .indexed256)
        #expect(ColorDepth(colors: 8, environment: [:]) == .eight)
        #expect(ColorDepth(colors: 0, environment: [:]) == .none)
    }

    @Test("can be read on its background, in bars and in the selected row")
    func contrast() throws {
        for theme in Theme.builtIn {
            let paper: Color = theme.base == .dark ? .rgb(0, 0, 0) : .rgb(255, 255, 255)
            for role in Role.allCases {
                let look = theme[role]
                let ink = look.foreground
                let ground = look.background == .standard ? paper : look.background
                guard ink != .standard else { continue }
                let needed = [.border, .disabled].contains(role) ? 3.0 : 4.5
                let ratio = try #require(ink.contrast(to: ground))
                #expect(ratio >= needed, "\(theme.name) \(role): \(ratio)")
                let selected = theme.look(for: Style(role, on: .selected))
                let there = try #require(selected.foreground.contrast(to: selected.background))
                #expect(there >= 3, "\(theme.name) \(role) on selected: \(there)")
            }
        }
    }

    @Test("keeps ok, warning and critical apart for every kind of colour blindness")
    func colorBlindness() throws {
        for theme in Theme.builtIn {
            for vision in ColorVision.all {
                let roles = [Role.ok, .warning, .critical, .diffAdded, .diffRemoved]
                for (first, second) in [
                    (0, 1), (0, 2), (1, 2), (3, 4),
                ] {
                    let distance = try #require(
                        vision.distance(
                            theme[roles[first]].foreground, theme[roles[second]].foreground))
                    #expect(
                        distance >= 20,
                        "\(theme.name), \(vision.name): \(roles[first]) \(roles[second]) \(distance)"
                    )
                }
            }
        }
    }
}
