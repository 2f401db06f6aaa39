package serving

// This file defines how Linux tells who connects.

import "golang.org/x/sys/unix"

// peerOf returns the credentials of the other side of a socket, as they were when it
// connected.
func peerOf(fd int) (credentials, error) {
	c, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
	if err != nil {
		return credentials{}, err
	}
	return credentials{c.Uid, c.Gid, c.Pid}, nil
}
