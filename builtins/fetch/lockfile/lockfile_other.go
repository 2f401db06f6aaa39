//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package lockfile

// This file defines locks between processes on systems without locks of files.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

// staleAfter is when a lock is taken for one of a process that was killed.
const staleAfter = time.Hour

// Lock waits until it can make a file that is not there. The caller must call unlock, which removes
// it.
func Lock(ctx context.Context, name string) (unlock func(), err error) {
	for wait := time.Millisecond; ; wait = min(2*wait, 100*time.Millisecond) {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			f.Close()
			return func() { os.Remove(name) }, nil
		}
		if !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrPermission) {
			return nil, err
		}
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > staleAfter {
			os.Remove(name)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// Use marks a temporary file as in use for as long as it is open. It returns false if the file was removed
// meanwhile.
func Use(*os.File) bool { return true }

// RemoveUnused removes a temporary file that was not written to for a time.
func RemoveUnused(name string, age time.Duration) {
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > age {
		os.Remove(name)
	}
}

// Move gives a temporary file that is in use another name, and closes it.
func Move(f *os.File, name string) error {
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
