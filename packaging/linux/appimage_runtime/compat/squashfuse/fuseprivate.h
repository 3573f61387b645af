/*
 * What runtime.c uses of libsquashfuse_ll and Debian's libsquashfuse-dev does not declare: its
 * package leaves the header of this name out. The structure must have the layout that the library
 * was built with (0.1.105).
 */
#ifndef EFFNET_STUDIO_FUSEPRIVATE_H
#define EFFNET_STUDIO_FUSEPRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include <squashfuse/squashfuse.h>

#include <fuse3/fuse.h>
#include <fuse3/fuse_lowlevel.h>

typedef struct {
    char *progname;
    const char *image;
    int mountpoint;
    size_t offset;
    unsigned int idle_timeout_secs;
} sqfs_opts;

void sqfs_usage(char *progname, bool fuse_usage, bool ll_usage);

#endif
