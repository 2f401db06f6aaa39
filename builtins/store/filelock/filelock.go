// Package filelock has locks that processes share: files that are locked as a whole with flock,
// so that a lock ends with the process that has it. Nix takes the same ones.
//
//	Acquire     the lock of a path, which is a file beside it
//	Try, Wait   locks of a file that is open
package filelock

// This file defines how locks are taken and given up.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// A Kind says who else may have a lock of the same file.
type Kind uint8

// The kinds.
const (
	Shared    Kind = iota // those whose lock is shared, too
	Exclusive             // nobody
)

// Bounds of the pauses between two attempts at a lock.
const (
	firstPause = time.Millisecond
	lastPause  = 50 * time.Millisecond
)

// Wait locks a file. If it has to wait, it calls waiting, which may be nil, once. It asks
// again and again, because a wait in the system cannot be ended.
func Wait(ctx context.Context, f *os.File, kind Kind, waiting func()) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		ok, err := Try(f, kind)
		if ok || err != nil {
			return err
		}
		if waiting != nil {
			waiting()
			waiting = nil
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return context.Cause(ctx)
		}
	}
}

// An openError says that there can be no lock, in the words of the reference.
type openError struct {
	name string
	err  error
}

func (e *openError) Error() string {
	reason := e.err.Error()
	var pe *fs.PathError
	if errors.As(e.err, &pe) && pe.Err.Error() != "" {
		reason = pe.Err.Error()
		reason = strings.ToUpper(reason[:1]) + reason[1:]
	}
	return fmt.Sprintf("opening lock file %q: %s", e.name, reason)
}

func (e *openError) Unwrap() error { return e.err }

// A Lock is the lock of a path: an exclusive one of the file PATH.lock.
type Lock struct{ f *os.File }

// Acquire locks a path. If it has to wait, it calls waiting, which may be nil, once. The caller
// must call Release.
func Acquire(ctx context.Context, path string, waiting func()) (*Lock, error) {
	name := path + ".lock"
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, &openError{name, err}
		}
		if err := Wait(ctx, f, Exclusive, waiting); err != nil {
			_ = f.Close()
			return nil, err
		}
		// A file that is not empty was deleted by the process that had the lock.
		info, err := f.Stat()
		if err == nil && info.Size() == 0 {
			return &Lock{f}, nil
		}
		_ = f.Close()
		if err != nil {
			return nil, err
		}
	}
}

// Release gives up the lock. The file is deleted, and then says so to those that have it open
// already.
func (l *Lock) Release() { Delete(l.f) }

// Keep gives up the lock and leaves the file.
func (l *Lock) Keep() { _ = l.f.Close() }

// File returns the file that is locked. A process that inherits it has the lock, too, as long
// as it keeps it open.
func (l *Lock) File() *os.File { return l.f }

// Delete deletes a lock file, marks it as stale, and closes it. What goes wrong leaves a file
// that the next process uses.
func Delete(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Truncate(1) // Nix writes a byte, which costs a block
	_ = f.Close()
}
