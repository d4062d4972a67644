// SPDX-License-Identifier: MIT
//
// The numbers of `fs.constants`, in the order Node lists them. Constant data, no behaviour.
#include "modules/fs/fs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define N(name)                                                                                              \
  { #name, name }
const js_num_spec fs_constants[] = {
    N(UV_FS_SYMLINK_DIR),
    N(UV_FS_SYMLINK_JUNCTION),
    N(O_RDONLY),
    N(O_WRONLY),
    N(O_RDWR),
    N(UV_DIRENT_UNKNOWN),
    N(UV_DIRENT_FILE),
    N(UV_DIRENT_DIR),
    N(UV_DIRENT_LINK),
    N(UV_DIRENT_FIFO),
    N(UV_DIRENT_SOCKET),
    N(UV_DIRENT_CHAR),
    N(UV_DIRENT_BLOCK),
    N(S_IFMT),
    N(S_IFREG),
    N(S_IFDIR),
    N(S_IFCHR),
    N(S_IFBLK),
    N(S_IFIFO),
    N(S_IFLNK),
    N(S_IFSOCK),
    N(O_CREAT),
    N(O_EXCL),
    {"UV_FS_O_FILEMAP", 0},
    N(O_NOCTTY),
    N(O_TRUNC),
    N(O_APPEND),
    N(O_DIRECTORY),
#ifdef O_NOATIME
    N(O_NOATIME),
#endif
    N(O_NOFOLLOW),
    N(O_SYNC),
#ifdef O_DSYNC
    N(O_DSYNC),
#endif
#ifdef O_DIRECT
    N(O_DIRECT),
#endif
    N(O_NONBLOCK),
    N(S_IRWXU),
    N(S_IRUSR),
    N(S_IWUSR),
    N(S_IXUSR),
    N(S_IRWXG),
    N(S_IRGRP),
    N(S_IWGRP),
    N(S_IXGRP),
    N(S_IRWXO),
    N(S_IROTH),
    N(S_IWOTH),
    N(S_IXOTH),
    N(F_OK),
    N(R_OK),
    N(W_OK),
    N(X_OK),
    N(UV_FS_COPYFILE_EXCL),
    {"COPYFILE_EXCL", UV_FS_COPYFILE_EXCL},
    N(UV_FS_COPYFILE_FICLONE),
    {"COPYFILE_FICLONE", UV_FS_COPYFILE_FICLONE},
    N(UV_FS_COPYFILE_FICLONE_FORCE),
    {"COPYFILE_FICLONE_FORCE", UV_FS_COPYFILE_FICLONE_FORCE},
};
const size_t fs_constants_count = LODE_COUNT(fs_constants);
