package build

// This file defines the terminal that a builder writes to, and the look at the disk.

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openTerminal returns both ends of a terminal that changes no byte: programs write line
// by line to a terminal, and in large pieces to a pipe.
func openTerminal() (ours, theirs *os.File, err error) {
	ours, err = os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("opening pseudoterminal master: %w", err)
	}
	raw, err := ours.SyscallConn()
	if err != nil {
		return nil, nil, err
	}
	other := -1
	failed := raw.Control(func(fd uintptr) {
		if err = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0); err != nil {
			return
		}
		const flags = unix.O_RDWR | unix.O_NOCTTY | unix.O_CLOEXEC
		peer, _, errno := unix.Syscall(unix.SYS_IOCTL, fd, unix.TIOCGPTPEER, flags)
		if other = int(peer); errno != 0 {
			other, err = openPeer(int(fd)) // an old kernel
		}
	})
	if err == nil {
		err = failed
	}
	if err == nil {
		err = makeRaw(other)
	}
	if err != nil {
		_ = ours.Close()
		if other >= 0 {
			_ = unix.Close(other)
		}
		return nil, nil, fmt.Errorf("opening pseudoterminal: %w", err)
	}
	return ours, os.NewFile(uintptr(other), "terminal"), nil
}

// openPeer opens the other end of a terminal by its name.
func openPeer(fd int) (int, error) {
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return -1, err
	}
	return unix.Open(fmt.Sprintf("/dev/pts/%d", n), unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
}

// makeRaw makes a terminal change nothing.
func makeRaw(fd int) error {
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	t.Iflag &^= unix.IGNBRK | unix.BRKINT | unix.PARMRK | unix.ISTRIP | unix.INLCR | unix.IGNCR | unix.ICRNL | unix.IXON
	t.Oflag &^= unix.OPOST
	t.Lflag &^= unix.ECHO | unix.ECHONL | unix.ICANON | unix.ISIG | unix.IEXTEN
	t.Cflag = t.Cflag&^(unix.CSIZE|unix.PARENB) | unix.CS8
	t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
	return unix.IoctlSetTermios(fd, unix.TCSETS, t)
}

// enough is how much room a disk must have for it not to be full, in bytes.
const enough = 8 << 20

// diskFull reports whether a disk is nearly full, on which one of the folders is.
func diskFull(folders ...string) bool {
	for _, dir := range folders {
		var st unix.Statfs_t
		if unix.Statfs(dir, &st) == nil && st.Bavail*uint64(st.Bsize) < enough {
			return true
		}
	}
	return false
}
