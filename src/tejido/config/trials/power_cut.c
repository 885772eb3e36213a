/* A disk of which only what was synced outlives a power cut, for power_cuts.py.
 *
 * Loaded before the C library (LD_PRELOAD). After each fsync or fdatasync of a file below
 * TRIAL_WORK its whole content is copied to the file of the same name in TRIAL_DISK; what was
 * written and not synced is never copied. Removing a file counts at once. This is the worst that
 * a disk that keeps its promises may do, short of a sector that is written in part.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static int on_disk(const char *path, char *kept) {
    const char *work = getenv("TRIAL_WORK"), *disk = getenv("TRIAL_DISK");
    size_t length = work ? strlen(work) : 0;
    if (!length || !disk || strncmp(path, work, length) || path[length] != '/') return 0;
    /* The index of the log lies in memory that processes share; a new start makes it anew. */
    size_t whole = strlen(path);
    if (whole > 4 && !strcmp(path + whole - 4, "-shm")) return 0;
    return snprintf(kept, PATH_MAX, "%s%s", disk, path + length) < PATH_MAX;
}

static void keep(int handle) {
    char link[64], path[PATH_MAX], kept[PATH_MAX], draft[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    struct stat state;
    if (length <= 0) return;
    path[length] = 0;
    if (fstat(handle, &state) || !S_ISREG(state.st_mode) || !on_disk(path, kept)) return;
    if (snprintf(draft, sizeof draft, "%s.draft", kept) >= PATH_MAX) return;
    int from = open(path, O_RDONLY), to = open(draft, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    off_t done = 0;
    while (from >= 0 && to >= 0 && sendfile(to, from, &done, 1 << 24) > 0);
    if (to >= 0) close(to);
    if (from >= 0) close(from);
    rename(draft, kept);
}

#define SYNCING(name)                                            \
    int name(int handle) {                                       \
        static int (*before)(int);                               \
        if (!before) before = dlsym(RTLD_NEXT, #name);           \
        int failed = before(handle);                             \
        if (!failed) keep(handle);                               \
        return failed;                                           \
    }
SYNCING(fsync)
SYNCING(fdatasync)

int unlink(const char *path) {
    static int (*before)(const char *);
    char kept[PATH_MAX];
    if (!before) before = dlsym(RTLD_NEXT, "unlink");
    int failed = before(path);
    if (!failed && on_disk(path, kept)) before(kept);
    return failed;
}
