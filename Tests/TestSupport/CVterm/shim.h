#pragma once
#include <vterm.h>

/// The palette index of a colour; -1 for the terminal's own, -2 for one given as RGB.
static inline int vterm_shim_index(const VTermColor *color) {
    if (VTERM_COLOR_IS_DEFAULT_FG(color) || VTERM_COLOR_IS_DEFAULT_BG(color)) return -1;
    if (VTERM_COLOR_IS_INDEXED(color)) return color->indexed.idx;
    return -2;
}

#include <stddef.h>

// Hidden from Swift's own import of the C library, which does not ask for XPG functions.
extern int posix_openpt(int flags);
extern int grantpt(int descriptor);
extern int unlockpt(int descriptor);
extern int ptsname_r(int descriptor, char *name, size_t length);

#include <wchar.h>
extern int wcwidth(wchar_t character);
