package serving

// This file defines how macOS tells who connects.

import "golang.org/x/sys/unix"

// peerOf returns the credentials of the other side of a socket, as they were when it
// connected.
func peerOf(fd int) (credentials, error) {
	c, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return credentials{}, err
	}
	pid, err := unix.GetsockoptInt(fd, unix.SOL_LOCAL, unix.LOCAL_PEERPID)
	if err != nil {
		pid = 0
	}
	return credentials{c.Uid, c.Groups[0], int32(pid)}, nil
}
