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

	"github.com/firn-lang/firn/builtins/store/filelock"
)

// lastPause is the longest pause between two attempts at something that another process is at.
const lastPause = 50 * time.Millisecond

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

// lockPath locks a path that is to be written, with S/H-name.lock. After it, the caller must
// ask again whether the path is valid.
func (s *Store) lockPath(ctx context.Context, path string) (*filelock.Lock, error) {
	real := s.RealPath(path)
	return filelock.Acquire(ctx, real, func() { s.log(fmt.Sprintf("waiting for lock on %q", real)) })
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
		if err := filelock.Wait(ctx, f, filelock.Exclusive, nil); err != nil {
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
