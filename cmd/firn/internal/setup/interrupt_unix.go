//go:build linux || darwin || freebsd

package setup

// This file defines the signals that only Unix has.

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// hangupSignal is the signal of a terminal that was closed.
var hangupSignal os.Signal = syscall.SIGHUP

// watchReaders calls gone when the program has written to its standard output or error, and
// the reader of that has gone. Until end is called, such a write is an error, and does not
// end the program. Connections of which the other side has gone are left alone.
func watchReaders(gone func(os.Signal)) (end func()) {
	signals := make(chan os.Signal, 1)
	// Ignoring the signal would be inherited by builders; a handler is not.
	signal.Notify(signals, syscall.SIGPIPE)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case sig := <-signals:
				if brokenPipe(1) || brokenPipe(2) {
					gone(sig)
				}
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// brokenPipe reports whether a descriptor is that of a pipe without readers.
func brokenPipe(fd int32) bool {
	fds := []unix.PollFd{{Fd: fd, Events: unix.POLLOUT}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n > 0 && fds[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0
}
