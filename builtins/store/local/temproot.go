package local

// This file defines temporary roots: what this process uses or is about to write.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store/filelock"
)

// tempRoots is the file of the temporary roots of one store that is open. The
// file is locked as long as it is used: one that is not is of a process that
// ended.
type tempRoots struct {
	store *Store

	mu     sync.Mutex
	closed bool
	file   *os.File        // V/temproots/PID; nil before the first root
	gcLock *os.File        // V/gc.lock; nil before the first root
	known  map[string]bool // the roots
	socket net.Conn        // to a collector that runs; nil if there is none
	reply  *bufio.Reader   // of socket
}

// AddTempRoot implements store.Store.
func (s *Store) AddTempRoot(ctx context.Context, path string) error {
	if s.opts.ReadOnly {
		return nil
	}
	p, err := s.dir.Parse(path)
	if err != nil {
		return err
	}
	return s.temp.add(ctx, s.dir.Text(p))
}

// add adds roots: in the file if no collector runs, and otherwise by telling it
// first. Then the paths are not being deleted, and will not be.
func (t *tempRoots) add(ctx context.Context, paths ...string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return t.known[path] })
	if len(paths) == 0 && !t.closed {
		return nil
	}
	return t.addThen(ctx, paths, func() error { return nil })
}

// replace adds a root, and calls fn, which makes a lasting root of it. No collector
// reads the lasting roots before fn and the temporary ones after the end of this
// process: it knows the path, which it is told even if that is a root already, or it
// begins after fn.
func (t *tempRoots) replace(ctx context.Context, path string, fn func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.addThen(ctx, []string{path}, fn)
}

// addThen adds roots, and calls fn before a collector can begin. t.mu is locked.
func (t *tempRoots) addThen(ctx context.Context, paths []string, fn func() error) error {
	if t.closed {
		return errClosed
	}
	if t.file == nil {
		if err := t.open(ctx); err != nil {
			return err
		}
	}
	for {
		ok, err := filelock.Try(t.gcLock, filelock.Shared)
		if err != nil {
			return err
		}
		if ok {
			err := t.write(paths...)
			if err == nil {
				err = fn()
			}
			return errors.Join(err, filelock.Unlock(t.gcLock))
		}
		told, err := t.tell(paths[0])
		if err != nil {
			return err
		}
		if told {
			if err := t.write(paths[0]); err != nil {
				return err
			}
			if paths = paths[1:]; len(paths) == 0 {
				return fn()
			}
			continue
		}
		if err := sleep(ctx, 2*lastPause); err != nil {
			return err
		}
	}
}

// write adds roots to the file. A part of a path that stays there after an
// error ends in no NUL byte, and so is no root.
func (t *tempRoots) write(paths ...string) error {
	if _, err := t.file.WriteString(strings.Join(paths, "\x00") + "\x00"); err != nil {
		return err
	}
	for _, path := range paths {
		t.known[path] = true
	}
	return nil
}

// tell tells the collector that runs about a root; false if none listens, or
// not any more.
func (t *tempRoots) tell(path string) (bool, error) {
	if t.socket == nil {
		conn, err := net.Dial("unix", t.store.gcSocket())
		if err != nil {
			return false, nil // it ends, or begins
		}
		t.socket, t.reply = conn, bufio.NewReader(conn)
	}
	_, err := t.socket.Write([]byte(path + "\n"))
	var answer byte
	if err == nil {
		answer, err = t.reply.ReadByte()
	}
	if err != nil {
		t.disconnect()
		return false, nil
	}
	if answer != '1' {
		t.disconnect()
		return false, fmt.Errorf("the garbage collector answered %q to a root", answer)
	}
	return true, nil
}

func (t *tempRoots) disconnect() {
	_ = t.socket.Close()
	t.socket, t.reply = nil, nil
}

func (s *Store) gcLockPath() string   { return filepath.Join(s.state, "gc.lock") }
func (s *Store) gcSocket() string     { return filepath.Join(s.state, "gc-socket", "socket") }
func (s *Store) tempRootsDir() string { return filepath.Join(s.state, "temproots") }

// open makes the file of the roots. It is called like the process; a second
// store of a process that is open gets a suffix, which Nix overlooks when it
// reads the number.
func (t *tempRoots) open(ctx context.Context) error {
	if t.gcLock == nil {
		f, err := os.OpenFile(t.store.gcLockPath(), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		t.gcLock = f
	}
	for n := 0; ; {
		name := filepath.Join(t.store.tempRootsDir(), fmt.Sprint(os.Getpid()))
		if n > 0 {
			name += fmt.Sprintf("-%d", n)
		}
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		ok, err := filelock.Try(f, filelock.Exclusive)
		if err != nil {
			_ = f.Close()
			return err
		}
		info, err := f.Stat()
		switch {
		case err != nil:
			_ = f.Close()
			return err
		case ok && info.Size() == 0 && sameFile(name, info):
			t.file, t.known = f, map[string]bool{}
			return nil
		case ok && info.Size() > 0:
			// Of an earlier process with this number, or the collector was faster.
			filelock.Delete(f)
			continue
		}
		_ = f.Close()
		n++
		if n%16 == 0 {
			if err := sleep(ctx, time.Millisecond); err != nil {
				return err
			}
		}
	}
}

// sameFile reports whether a name still leads to a file.
func sameFile(name string, info os.FileInfo) bool {
	now, err := os.Stat(name)
	return err == nil && os.SameFile(now, info)
}

// close gives up the roots.
func (t *tempRoots) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
	var err error
	if t.socket != nil {
		t.disconnect()
	}
	if t.file != nil {
		err = os.Remove(t.file.Name())
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
		err = errors.Join(err, t.file.Close())
		t.file = nil
	}
	if t.gcLock != nil {
		err = errors.Join(err, t.gcLock.Close())
		t.gcLock = nil
	}
	return err
}
