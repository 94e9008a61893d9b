#pragma once
// Not in the Glibc module: the name of a thread.
#include <sys/prctl.h>

// Variadic. Names the calling thread; the kernel keeps 15 bytes.
static inline void name_this_thread(const char *name) { prctl(PR_SET_NAME, name); }
