package local

// This file defines locks: how they are waited for, and those of paths.

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// A lockKind says who else may have a lock.
type lockKind uint8

const (
	lockShared lockKind = iota
	lockExclusive
)

// Bounds of the pauses between two attempts at a lock.
const (
	firstPause = time.Millisecond
	lastPause  = 50 * time.Millisecond
)

// waitLock locks a file. If it has to wait, it calls waiting, which may be nil,
// once. It asks again and again, because a wait in the system cannot be ended.
func waitLock(ctx context.Context, f *os.File, kind lockKind, waiting func()) error {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		ok, err := tryLock(f, kind)
		if ok || err != nil {
			return err
		}
		if waiting != nil {
			waiting()
			waiting = nil
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// sleep waits until d has passed, or ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// A pathLock is the lock of a path that is written, S/H-name.lock.
type pathLock struct{ f *os.File }

// lockPath locks a path that is to be written. After it, the caller must ask
// again whether the path is valid.
func (s *Store) lockPath(ctx context.Context, path string) (*pathLock, error) {
	name := s.RealPath(path) + ".lock"
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, fmt.Errorf("opening lock file %q: %w", name, err)
		}
		waiting := func() { s.log(fmt.Sprintf("waiting for lock on %q", s.RealPath(path))) }
		if err := waitLock(ctx, f, lockExclusive, waiting); err != nil {
			_ = f.Close()
			return nil, err
		}
		// A file that is not empty was deleted by the one that had the lock.
		info, err := f.Stat()
		if err == nil && info.Size() == 0 {
			return &pathLock{f}, nil
		}
		_ = f.Close()
		if err != nil {
			return nil, err
		}
	}
}

// release gives up the lock. The file is deleted, and then says so to those that
// have it open already.
func (l *pathLock) release() { deleteLockFile(l.f) }

// deleteLockFile deletes a lock file, marks it as stale, and closes it. What goes
// wrong leaves a file that the next one uses.
func deleteLockFile(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Truncate(1) // Nix writes a byte, which costs a block
	_ = f.Close()
}

// tempNames hands out work folders.
type tempNames struct{ last atomic.Int64 }

// A tempDir is a work folder in the store directory, which the collector leaves
// alone while it is locked.
type tempDir struct {
	path string
	lock *os.File
}

// makeTempDir makes a work folder.
func (s *Store) makeTempDir(ctx context.Context) (*tempDir, error) {
	for {
		path := filepath.Join(s.real, fmt.Sprintf("tmp-%d-%d", os.Getpid(), s.tempDir.last.Add(1)))
		if err := os.Mkdir(path, 0o700); os.IsExist(err) {
			continue // of an earlier process with this number
		} else if err != nil {
			return nil, err
		}
		f, err := os.Open(path)
		if err != nil {
			continue // the collector was faster
		}
		if err := waitLock(ctx, f, lockExclusive, nil); err != nil {
			_ = f.Close()
			return nil, err
		}
		if _, err := os.Lstat(path); err == nil {
			return &tempDir{path, f}, nil
		}
		_ = f.Close()
	}
}

// remove removes the folder and what is in it.
func (d *tempDir) remove() {
	_, _ = deleteTree(d.path)
	_ = d.lock.Close()
}

// splitNUL returns the parts of a text that end in a NUL byte.
func splitNUL(text string) []string {
	var parts []string
	for {
		part, rest, found := strings.Cut(text, "\x00")
		if !found {
			return parts
		}
		parts, text = append(parts, part), rest
	}
}
