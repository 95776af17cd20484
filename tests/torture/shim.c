/* The calls that change a folder, counted across processes; at the n-th the process group is killed, or the disk fails.
 *
 * Loaded into prov, git and SQLite by LD_PRELOAD (all three reach the system through libc). PROV_TORTURE names a file
 * that every process maps: the counter in it goes across processes, and the harness sets in it what is to happen.
 * tests/torture/shim.py has the same layout. A kill falls before the call and so, but for the last one, after the call
 * before it. What glibc does inside itself goes past this: the writes of stdio, and the opening by mkstemp. Held against
 * `strace -f`, 125 of the 127 calls of a first ingestion are counted; the two are a probe for symbolic links and the
 * words of HEAD, both of `git init`, in a repository that is still being made under another name.
 *
 * With a log, every counted call is written down with its data, so that a power cut can be played back from it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PASS, KILL_BEFORE, KILL_HALF, KILL_AFTER, FAIL };
/* what a call asks of the disk: the harness says which of these fail */
enum { SPACE = 1, SYNC = 2, WRITE = 4, NAME = 8, OPEN = 16, META = 32 };

struct control {
    uint64_t count;     /* mutating calls so far */
    uint64_t at;        /* the call at which something happens */
    uint32_t mode;
    int32_t error;      /* errno of FAIL */
    uint32_t classes;   /* which calls FAIL concerns */
    uint32_t once;      /* FAIL one call only */
    uint32_t on;        /* 0: as if the shim were not there */
    uint32_t happened;  /* how many calls were killed or made to fail */
    uint32_t no_sync;   /* fsync does nothing: what a disk that lies would cost */
    uint32_t spare;
    char folder[1024];  /* only calls under it count */
    char only[256];     /* FAIL concerns only paths with this in them */
    char log[1024];     /* where calls are written down, "" for nowhere */
    char said[1024];    /* standard output of prov: what is written there was acknowledged */
};

/* one call in the log; the two paths and the data follow it */
struct record {
    uint32_t size;
    uint32_t number;
    uint32_t pid;
    char call;          /* o=open c=create t=truncate w=write r=rename u=unlink m=mkdir d=rmdir l=link s=sync x=other !=said */
    char failed;
    uint16_t paths[2];
    int64_t offset;     /* of a write; the length of a truncation */
    uint32_t data;
    uint32_t classes;
};

static struct control *control;
static char nowhere[8];

#define REAL(name) \
    static __typeof__(&name) real_##name; \
    if (!real_##name) real_##name = (__typeof__(&name))dlsym(RTLD_NEXT, #name);

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("PROV_TORTURE");
    if (!path || control) return;
    int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0) return;
    void *found = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    syscall(SYS_close, fd);
    if (found != MAP_FAILED) control = found;
}

/* --- where a call goes */

static const char *of_fd(int fd, char *path) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long size = syscall(SYS_readlink, link, path, 4095);
    path[size > 0 ? size : 0] = 0;
    return path;
}

static const char *of_path(int at, const char *name, char *path) {
    if (!name) { path[0] = 0; return path; }
    if (name[0] == '/') { snprintf(path, 4096, "%s", name); return path; }
    if (at == AT_FDCWD) { if (syscall(SYS_getcwd, path, 4095) < 0) path[0] = 0; }
    else of_fd(at, path);
    size_t used = strlen(path);
    snprintf(path + used, 4096 - used, "/%s", name);
    return path;
}

static int inside(const char *path) {
    if (!control || !control->on || !control->folder[0]) return 0;
    size_t size = strlen(control->folder);
    return !strncmp(path, control->folder, size) && (path[size] == '/' || !path[size]);
}

/* --- what happens at a call */

static void die(void) {
    __atomic_add_fetch(&control->happened, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_kill, 0, SIGKILL);
    for (;;) pause();
}

static uint64_t count(void) { return __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST); }

/* Give 0 where the call shall be made, and the errno with which it shall fail. */
static int before(uint64_t number, uint32_t classes, const char *path, const char *other) {
    if (control->mode == KILL_BEFORE && number == control->at) die();
    if (control->mode != FAIL || number < control->at || !(classes & control->classes)) return 0;
    if (control->only[0] && !strstr(path, control->only) && !(other && strstr(other, control->only))) return 0;
    if (__atomic_add_fetch(&control->happened, 1, __ATOMIC_SEQ_CST) > 1 && control->once) return 0;
    return control->error;
}

static void after(uint64_t number) {
    if (control->mode == KILL_AFTER && number == control->at) die();
}

static void note(uint64_t number, char call, uint32_t classes, int failed, const char *path, const char *other,
                 int64_t offset, const void *data, size_t size) {
    if (!control->log[0]) return;
    int saved = errno;
    struct record record = {0};
    record.number = number;
    record.pid = getpid();
    record.call = call;
    record.failed = failed;
    record.classes = classes;
    record.paths[0] = strlen(path);
    record.paths[1] = other ? strlen(other) : 0;
    record.offset = offset;
    record.data = size;
    record.size = sizeof record + record.paths[0] + record.paths[1] + size;
    struct iovec parts[] = {
        {&record, sizeof record}, {(void *)path, record.paths[0]},
        {(void *)(other ? other : nowhere), record.paths[1]}, {(void *)data, size},
    };
    int fd = syscall(SYS_openat, AT_FDCWD, control->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        syscall(SYS_writev, fd, parts, 4);
        syscall(SYS_close, fd);
    }
    errno = saved;
}

/* A call that is no write: count it, fail it or make it, and write it down. */
#define CALL(letter, classes, path, other, offset, make) \
    uint64_t number = count(); \
    int error = before(number, classes, path, other); \
    if (error) { note(number, letter, classes, 1, path, other, offset, "", 0); errno = error; return -1; } \
    __typeof__(make) done = make; \
    note(number, letter, classes, done == (__typeof__(done))-1, path, other, offset, "", 0); \
    after(number); \
    return done;

/* --- opening */

static int opens(int at, const char *name, int flags, char *path, char *letter, uint32_t *classes) {
    if (!control || !control->on || !((flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC))) return 0;
    if ((flags & O_TMPFILE) == O_TMPFILE || !inside(of_path(at, name, path))) return 0;
    int there = !syscall(SYS_faccessat, AT_FDCWD, path, F_OK);
    *letter = !there && flags & O_CREAT ? 'c' : flags & O_TRUNC ? 't' : 'o';
    *classes = OPEN | (*letter == 'c' ? SPACE | NAME : 0);
    return 1;
}

static int open_at(int at, const char *name, int flags, mode_t mode) {
    char path[4096], letter;
    uint32_t classes;
    if (!opens(at, name, flags, path, &letter, &classes)) return syscall(SYS_openat, at, name, flags, mode);
    CALL(letter, classes, path, NULL, 0, (int)syscall(SYS_openat, at, name, flags, mode))
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, flags); mode = va_arg(list, int); va_end(list); }

int open(const char *name, int flags, ...) { MODE return open_at(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return open_at(AT_FDCWD, name, flags, mode); }
int openat(int at, const char *name, int flags, ...) { MODE return open_at(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) { MODE return open_at(at, name, flags, mode); }
int creat(const char *name, mode_t mode) { return open_at(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return creat(name, mode); }
/* what _FORTIFY_SOURCE makes of a call of two arguments */
int __open_2(const char *name, int flags) { return open_at(AT_FDCWD, name, flags, 0); }
int __open64_2(const char *name, int flags) { return open_at(AT_FDCWD, name, flags, 0); }
int __openat_2(int at, const char *name, int flags) { return open_at(at, name, flags, 0); }
int __openat64_2(int at, const char *name, int flags) { return open_at(at, name, flags, 0); }

#define FOPEN(name) \
    FILE *name(const char *file, const char *mode) { \
        REAL(name) \
        char path[4096], letter; \
        uint32_t classes; \
        int flags = mode[0] == 'r' ? (strchr(mode, '+') ? O_RDWR : O_RDONLY) \
                                   : O_WRONLY | O_CREAT | (mode[0] == 'w' ? O_TRUNC : 0); \
        if (!opens(AT_FDCWD, file, flags, path, &letter, &classes)) return real_##name(file, mode); \
        uint64_t number = count(); \
        int error = before(number, classes, path, NULL); \
        if (error) { note(number, letter, classes, 1, path, NULL, 0, "", 0); errno = error; return NULL; } \
        FILE *done = real_##name(file, mode); \
        note(number, letter, classes, !done, path, NULL, 0, "", 0); \
        after(number); \
        return done; \
    }
FOPEN(fopen)
FOPEN(fopen64)

/* --- writing */

static ssize_t put(int fd, const void *data, size_t size, int64_t offset) {
    return offset < 0 ? syscall(SYS_write, fd, data, size) : syscall(SYS_pwrite64, fd, data, size, offset);
}

static ssize_t written(int fd, const void *data, size_t size, int64_t offset) {
    char path[4096];
    if (!control || !control->on) return put(fd, data, size, offset);
    of_fd(fd, path);
    if (control->said[0] && !strcmp(path, control->said)) {
        ssize_t done = put(fd, data, size, offset);
        note(control->count, '!', 0, done < 0, path, NULL, 0, data, done < 0 ? 0 : done);
        return done;
    }
    if (!inside(path)) return put(fd, data, size, offset);
    uint32_t classes = WRITE | SPACE;
    uint64_t number = count();
    int error = before(number, classes, path, NULL);
    if (error) { note(number, 'w', classes, 1, path, NULL, offset, "", 0); errno = error; return -1; }
    if (control->mode == KILL_HALF && number == control->at) { put(fd, data, size / 2, offset); die(); }
    ssize_t done = put(fd, data, size, offset);
    int64_t place = offset >= 0 ? offset : syscall(SYS_lseek, fd, 0, SEEK_CUR) - (done > 0 ? done : 0);
    note(number, 'w', classes, done < 0, path, NULL, place, data, done < 0 ? 0 : done);
    after(number);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, -1); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return written(fd, data, size, offset); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) { return written(fd, data, size, offset); }

ssize_t writev(int fd, const struct iovec *parts, int number) {
    char path[4096];
    if (!control || !control->on || !inside(of_fd(fd, path))) return syscall(SYS_writev, fd, parts, number);
    for (int each = 0; each < number; each++)  /* a short write is allowed: the first part that has something */
        if (parts[each].iov_len) return written(fd, parts[each].iov_base, parts[each].iov_len, -1);
    return 0;
}

/* copies inside the kernel: not offered under the folder, so that callers fall back on write */
ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) {
    char path[4096];
    if (control && control->on && inside(of_fd(out, path))) { errno = EINVAL; return -1; }
    return syscall(SYS_sendfile, out, in, offset, size);
}
ssize_t sendfile(int out, int in, off_t *offset, size_t size) { return sendfile64(out, in, (off64_t *)offset, size); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    char path[4096];
    if (control && control->on && inside(of_fd(out, path))) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, size, flags);
}

/* --- flushing */

/* Write down what a file holds as it is flushed: that is what a power cut leaves of it, whoever wrote it how. */
static void note_flushed(uint64_t number, const char *path) {
    struct stat found;
    int fd = control->log[0] ? syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd >= 0 && !fstat(fd, &found) && S_ISREG(found.st_mode) && found.st_size) {
        void *data = mmap(NULL, found.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data != MAP_FAILED) {
            note(number, 's', SYNC, 0, path, NULL, 0, data, found.st_size);
            munmap(data, found.st_size);
            syscall(SYS_close, fd);
            return;
        }
    }
    if (fd >= 0) syscall(SYS_close, fd);
    note(number, 's', SYNC, 0, path, NULL, 0, "", 0);
}

static int flush(int fd, long call) {
    char path[4096];
    if (control && control->no_sync) return 0;
    if (!control || !control->on || !inside(of_fd(fd, path))) return syscall(call, fd);
    uint64_t number = count();
    int error = before(number, SYNC, path, NULL);
    int done = error ? -1 : syscall(call, fd);
    int why = error ? error : errno;
    if (done) note(number, 's', SYNC, 1, path, NULL, 0, "", 0);
    else note_flushed(number, path);
    if (!error) after(number);
    errno = why;
    return done;
}
int fsync(int fd) { return flush(fd, SYS_fsync); }
int fdatasync(int fd) { return flush(fd, SYS_fdatasync); }
int sync_file_range(int fd, off64_t offset, off64_t size, unsigned flags) {
    if (control && control->no_sync) return 0;
    return syscall(SYS_sync_file_range, fd, offset, size, flags);
}

/* --- names */

#define TWO(letter, classes, at1, name1, at2, name2, make) \
    char path[4096], other[4096]; \
    if (!control || !control->on) return make; \
    of_path(at1, name1, path); of_path(at2, name2, other); \
    if (!inside(path) && !inside(other)) return make; \
    CALL(letter, classes, path, other, 0, make)
#define ONE(letter, classes, at, name, size, make) \
    char path[4096]; \
    if (!control || !control->on || !inside(of_path(at, name, path))) return make; \
    CALL(letter, classes, path, NULL, size, make)
#define FD(letter, classes, fd, size, make) \
    char path[4096]; \
    if (!control || !control->on || !inside(of_fd(fd, path))) return make; \
    CALL(letter, classes, path, NULL, size, make)

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    TWO('r', NAME, a, from, b, to, (int)syscall(SYS_renameat2, a, from, b, to, flags))
}
int renameat(int a, const char *from, int b, const char *to) { return renameat2(a, from, b, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    TWO('l', NAME | SPACE, a, from, b, to, (int)syscall(SYS_linkat, a, from, b, to, flags))
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int symlinkat(const char *to, int at, const char *name) {
    ONE('x', NAME | SPACE, at, name, 0, (int)syscall(SYS_symlinkat, to, at, name))
}
int symlink(const char *to, const char *name) { return symlinkat(to, AT_FDCWD, name); }
int unlinkat(int at, const char *name, int flags) {
    char letter = flags & AT_REMOVEDIR ? 'd' : 'u';
    ONE(letter, NAME, at, name, 0, (int)syscall(SYS_unlinkat, at, name, flags))
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int mkdirat(int at, const char *name, mode_t mode) {
    ONE('m', NAME | SPACE, at, name, 0, (int)syscall(SYS_mkdirat, at, name, mode))
}
int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }

/* --- sizes and what is known of a file */

int ftruncate64(int fd, off64_t size) { FD('t', META, fd, size, (int)syscall(SYS_ftruncate, fd, size)) }
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
int truncate64(const char *name, off64_t size) { ONE('t', META, AT_FDCWD, name, size, (int)syscall(SYS_truncate, name, size)) }
int truncate(const char *name, off_t size) { return truncate64(name, size); }
int fallocate64(int fd, int mode, off64_t offset, off64_t size) {
    FD('x', META | SPACE, fd, size, (int)syscall(SYS_fallocate, fd, mode, offset, size))
}
int fallocate(int fd, int mode, off_t offset, off_t size) { return fallocate64(fd, mode, offset, size); }
int fchmod(int fd, mode_t mode) { FD('x', META, fd, mode, (int)syscall(SYS_fchmod, fd, mode)) }
int fchmodat(int at, const char *name, mode_t mode, int flags) {
    REAL(fchmodat)
    ONE('x', META, at, name, mode, real_fchmodat(at, name, mode, flags))
}
int chmod(const char *name, mode_t mode) { ONE('x', META, AT_FDCWD, name, mode, (int)syscall(SYS_fchmodat, AT_FDCWD, name, mode)) }
int utimensat(int at, const char *name, const struct timespec times[2], int flags) {
    ONE('x', META, at, name, 0, (int)syscall(SYS_utimensat, at, name, times, flags))
}
int futimens(int fd, const struct timespec times[2]) {
    FD('x', META, fd, 0, (int)syscall(SYS_utimensat, fd, NULL, times, 0))
}
int utimes(const char *name, const struct timeval times[2]) {
    REAL(utimes)
    ONE('x', META, AT_FDCWD, name, 0, real_utimes(name, times))
}
