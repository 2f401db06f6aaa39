package world

// This file defines on which file systems of Linux a stamp tells that a file is the same.

import (
	"sync"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// stamped are the types of file systems that give a file a new time whenever it changes. Those of
// the kernel's own files, such as /proc, do not; images that are made to be the same each time have the
// same times and numbers; and others may serve what they like.
var stamped = map[int64]bool{
	unix.EXT4_SUPER_MAGIC: true, unix.XFS_SUPER_MAGIC: true, unix.BTRFS_SUPER_MAGIC: true, unix.F2FS_SUPER_MAGIC: true,
	unix.TMPFS_MAGIC: true, unix.RAMFS_MAGIC: true, unix.OVERLAYFS_SUPER_MAGIC: true,
	0x2fc12fc1: true, // ZFS
	0xca451a4e: true, // bcachefs
}

// devices has the device of FileIDs, 0 if a stamp tells nothing there, for each number of a device that
// was seen. It is replaced, under the lock, and not changed.
var (
	devices     atomic.Pointer[map[uint64]uint64]
	devicesLock sync.Mutex
)

// deviceOf returns the device of the FileID of a file: its number, with that of the file system on it,
// since an image that is mounted in place of another gets its number. 0 stands for one on which stamps
// tell nothing. The file is open as fd or, if that is -1, at path.
func deviceOf(number uint64, path string, fd int) uint64 {
	known := devices.Load()
	if known != nil {
		if id, ok := (*known)[number]; ok {
			return id
		}
	}
	if fd < 0 {
		var err error
		if fd, err = syscall.Open(path, unix.O_PATH|syscall.O_NOFOLLOW|syscall.O_CLOEXEC, 0); err != nil {
			return 0
		}
		defer syscall.Close(fd)
	}
	var st unix.Statfs_t
	if unix.Fstatfs(fd, &st) != nil {
		return 0
	}
	var id uint64
	if stamped[int64(st.Type)] {
		id = max(1, number^uint64(uint32(st.Fsid.Val[0]))<<32^uint64(uint32(st.Fsid.Val[1])))
	}
	devicesLock.Lock()
	defer devicesLock.Unlock()
	next := map[uint64]uint64{number: id}
	if known = devices.Load(); known != nil {
		for n, id := range *known {
			next[n] = id
		}
	}
	devices.Store(&next)
	return id
}
