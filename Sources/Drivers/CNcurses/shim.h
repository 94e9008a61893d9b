#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#include <ncurses.h>
#include <term.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

// What Swift cannot see of curses: variables of a foreign thread model, macros, colour pairs
// beyond 255. Names begin with `curses_`.

static inline WINDOW *curses_window(void) { return stdscr; }

/// Makes the next refresh paint everything.
static inline int curses_repaint(void) { return clearok(curscr, TRUE); }

static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }

static inline int curses_colors(void) { return has_colors() ? COLORS : 0; }
static inline int curses_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

/// `text`: one base character, then marks, ended by 0.
static inline int curses_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, 0, &pair);
}

/// Puts a whole row; `cells` has no entries for the right halves of wide characters.
static inline int curses_row(int row, const cchar_t *cells, int count) {
    return mvwadd_wchnstr(stdscr, row, 0, cells, count);
}

static inline int curses_cursor(int row, int column) { return wmove(stdscr, row, column); }

/// A terminal capability's string; NULL if the terminal lacks it.
static inline const char *curses_capability(const char *name) {
    char *value = tigetstr(name);
    return value == (char *)-1 ? NULL : value;
}

/// Whether a description of the terminal is installed: 1 if it can place the cursor, 0 if it cannot,
/// -1 if there is none.
static inline int curses_places_cursor(const char *terminal, int descriptor) {
    int found = 0;
    if (setupterm(terminal, descriptor, &found) != OK) return -1;
    int places = curses_capability("cup") != NULL;
    del_curterm(cur_term);
    return places;
}

/// An anonymous file in memory; -1 on failure.
static inline int curses_memory_file(void) { return memfd_create("screen", MFD_CLOEXEC); }

/// The columns by which curses advances for a character, in the thread's locale; -1: unknown.
static inline int curses_width(wchar_t character) { return wcwidth(character); }
