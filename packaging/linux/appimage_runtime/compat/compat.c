/*
 * Linked beside runtime.c, which is kept as its authors wrote it.
 */
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * The AppImage project patches libfuse so that it calls the fusermount that runtime.c found on the
 * PATH ($FUSERMOUNT_PROG): where only FUSE 2 is installed that is "fusermount". Debian's libfuse
 * knows "fusermount3" alone, so its call is redirected here (linked with --wrap=execv).
 */
int __real_execv(const char *path, char *const arguments[]);

int __wrap_execv(const char *path, char *const arguments[])
{
    static const char name[] = "/fusermount3";
    const char *found = getenv("FUSERMOUNT_PROG");
    size_t length = strlen(path);

    if (found != NULL && length >= sizeof(name) - 1 &&
        strcmp(path + length - (sizeof(name) - 1), name) == 0)
        return __real_execv(found, arguments);
    return __real_execv(path, arguments);
}

/*
 * libsquashfuse can read five compressions, and would bring all five libraries. Our images are
 * made with zstd; the others answer "broken data". Without liblzo2 (GPL) the runtime is free of
 * licences that would pass to the application in its image.
 */
int lzo1x_decompress_safe(const unsigned char *in, unsigned long in_size, unsigned char *out,
                          unsigned long *out_size, void *memory)
{
    (void) in, (void) in_size, (void) out, (void) out_size, (void) memory;
    return -1;
}

int LZ4_decompress_safe(const char *in, char *out, int in_size, int out_size)
{
    (void) in, (void) out, (void) in_size, (void) out_size;
    return -1;
}

int lzma_stream_buffer_decode(unsigned long long *memory_limit, unsigned int flags,
                              const void *allocator, const unsigned char *in, size_t *in_position,
                              size_t in_size, unsigned char *out, size_t *out_position,
                              size_t out_size)
{
    (void) memory_limit, (void) flags, (void) allocator, (void) in, (void) in_position;
    (void) in_size, (void) out, (void) out_position, (void) out_size;
    return 9; /* LZMA_DATA_ERROR */
}
