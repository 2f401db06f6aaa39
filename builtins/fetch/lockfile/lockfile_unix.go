//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package lockfile

// This file defines locks between processes.

import (
	"context"
	"os"
	"syscall"
	"time"
)

// Lock waits until no other process, and no other goroutine, has the lock that a file stands for. The
// caller must call unlock. The file stays.
func Lock(ctx context.Context, name string) (unlock func(), err error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	for wait := time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR {
			f.Close()
			return nil, &os.PathError{Op: "lock", Path: name, Err: err}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			f.Close()
			return nil, context.Cause(ctx)
		}
	}
}

// Use marks a temporary file, which has to be open, as in use for as long as it is open. It returns false if the
// file was removed meanwhile.
func Use(f *os.File) bool {
	switch syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) {
	case nil:
	case syscall.EWOULDBLOCK:
		return false // another process is about to remove it
	default:
		return true // a file system without locks, where none is removed
	}
	here, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(here, there)
}

// RemoveUnused removes a temporary file that no process uses, since the one that made it was killed.
func RemoveUnused(name string, _ time.Duration) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
		os.Remove(name)
	}
}

// Move gives a temporary file that is in use another name, and closes it.
func Move(f *os.File, name string) error {
	err := os.Rename(f.Name(), name)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
