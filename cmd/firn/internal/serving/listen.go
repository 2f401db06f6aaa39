package serving

// This file defines where a daemon listens.

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// activated returns the socket that systemd has opened for this process; nil if there
// is none.
func activated(getenv func(string) string) (net.Listener, error) {
	const first = 3 // number of the first file that is handed over
	if getenv("LISTEN_PID") != strconv.Itoa(os.Getpid()) {
		return nil, nil
	}
	if n := getenv("LISTEN_FDS"); n != "1" {
		return nil, fmt.Errorf("one socket was expected from systemd, and not %s", n)
	}
	f := os.NewFile(first, "socket of systemd")
	defer f.Close()
	return net.FileListener(f)
}

// listen listens at a socket, to which all users may connect. It stays when the daemon
// ends, as in the reference: clients are told that the connection is refused, and not
// that there is no daemon. One that a daemon has left behind is replaced; that of a
// daemon that runs is an error.
func listen(path string) (net.Listener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	if info, err := os.Lstat(path); err == nil {
		if info.Mode().Type() != fs.ModeSocket {
			return nil, fmt.Errorf("'%s' is in the way of the socket", path)
		}
		if c, err := net.Dial("unix", path); err == nil {
			c.Close()
			return nil, fmt.Errorf("a daemon listens at '%s' already", path)
		}
		if err := os.Remove(path); err != nil {
			return nil, err
		}
	}
	// It gets its name when all may connect: clients wait for the name.
	temp := filepath.Join(filepath.Dir(path), "."+strconv.Itoa(os.Getpid()))
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: temp, Net: "unix"})
	if err != nil {
		return nil, err
	}
	l.SetUnlinkOnClose(false)
	err = os.Chmod(temp, 0o666)
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return nil, errors.Join(err, l.Close(), os.Remove(temp))
	}
	return l, nil
}
