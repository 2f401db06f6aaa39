package system

// This file defines Local: the host that firn runs on, or a folder of it that has another
// system.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store/filelock"
)

// Local is a Host whose profile is a file of this machine.
type Local struct {
	Profile string // absolute path of the link, with Root before it
	Root    string // programs run with this folder as /; "" is /
	// ActiveLink leads to the active generation: /run/current-system, with Root before it; ""
	// if nothing does.
	ActiveLink string
	// Keep makes a link to a store path, and a root of the garbage collector.
	Keep func(ctx context.Context, link, path string) error
	Env  []string // of programs, NAME=VALUE; nil is that of this process
	// Stdout and Stderr are where programs write. They are no pipes to this process, whose
	// end must not be that of a program.
	Stdout, Stderr *os.File
	Log            func(text string) // is told of waits; nil tells nobody

	lock *filelock.Lock // held by the run, and by the program that it starts; nil without
}

// IntentFile implements Host.
func (l *Local) IntentFile() string { return l.Profile + ".switch" }

func (l *Local) change() profile.Change { return profile.Change{Profile: l.Profile, Log: l.Log} }

// Lock implements Host.
func (l *Local) Lock(ctx context.Context) (unlock func(), err error) {
	if err := os.MkdirAll(filepath.Dir(l.Profile), 0o755); err != nil {
		return nil, err
	}
	l.lock, err = filelock.Acquire(ctx, l.IntentFile(), func() {
		if l.Log != nil {
			l.Log("waiting for another run that switches '" + l.Profile + "'")
		}
	})
	if err != nil {
		return nil, err
	}
	// The file stays: flock of util-linux, by which others take the lock, knows no deleted files.
	return func() { l.lock.Keep(); l.lock = nil }, nil
}

// Busy implements Host.
func (l *Local) Busy(context.Context) (bool, error) {
	f, err := os.Open(l.IntentFile() + ".lock")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	free, err := filelock.Try(f, filelock.Shared)
	return !free, err
}

// Look implements Host.
func (l *Local) Look(context.Context) (*State, error) {
	list, current, err := profile.Generations(l.Profile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	s := &State{Current: current}
	for _, g := range list {
		path, err := os.Readlink(g.Path)
		if err != nil {
			continue // deleted meanwhile
		}
		s.Generations = append(s.Generations, Generation{g.Number, path, g.Created})
	}
	if l.ActiveLink != "" {
		// A link to what was collected is as good as none.
		if s.Active, err = os.Readlink(l.ActiveLink); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return s, nil
}

// Set implements Host.
func (l *Local) Set(ctx context.Context, path string) error {
	return l.change().Set(ctx, path, nil, l.Keep)
}

// SwitchTo implements Host.
func (l *Local) SwitchTo(ctx context.Context, number int) error {
	if number != 0 {
		return l.change().SwitchTo(ctx, number)
	}
	if err := os.Remove(l.Profile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Delete implements Host.
func (l *Local) Delete(ctx context.Context, numbers []int) error {
	return l.change().Delete(ctx, func(list []profile.Generation, _ int) []profile.Generation {
		return profile.Numbered(list, numbers)
	})
}

// ReadIntent implements Host.
func (l *Local) ReadIntent(context.Context) ([]byte, error) {
	text, err := os.ReadFile(l.IntentFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return text, err
}

// WriteIntent implements Host. What it writes is on the disk when it returns, since the power
// may fail, too.
func (l *Local) WriteIntent(_ context.Context, text []byte) error {
	name := l.IntentFile()
	if text == nil {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return l.sync()
	}
	temp := name + ".new" // one that is left is written over: only the one with the lock writes
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if synced := f.Sync(); err == nil {
		err = synced
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temp, name); err != nil {
		return err
	}
	return l.sync()
}

// sync brings the names in the folder of the profile to the disk.
func (l *Local) sync() error {
	dir, err := os.Open(filepath.Dir(l.Profile))
	if err != nil {
		return err
	}
	defer dir.Close()
	_ = dir.Sync() // some file systems cannot, and need not
	return nil
}

// resolve returns the file of this machine that a path of the machine leads to: links count from
// its root.
func (l *Local) resolve(file string) (string, error) {
	const most = 255 // links, as many as Linux follows in a path, and more
	at, rest := "/", filepath.ToSlash(file)
	for links := 0; rest != ""; {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		next := path.Join(at, name)
		target, err := os.Readlink(l.Root + next)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return "", err
		case err != nil: // no link
			at = next
			continue
		}
		if links++; links > most {
			return "", &fs.PathError{Op: "open", Path: file, Err: errors.New("too many levels of symbolic links")}
		}
		if path.IsAbs(target) {
			at = "/"
		}
		rest = target + "/" + rest
	}
	return l.Root + at, nil
}

// Entries implements Host.
func (l *Local) Entries(_ context.Context, dir string) (names []string, err error) {
	file, err := l.resolve(dir)
	if err == nil {
		var list []fs.DirEntry
		list, err = os.ReadDir(file)
		for _, e := range list {
			names = append(names, e.Name())
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return names, err
}

// Missing implements Host.
func (l *Local) Missing(_ context.Context, program string) (string, error) {
	file, err := l.resolve(program)
	if errors.Is(err, fs.ErrNotExist) {
		return program, nil
	}
	if err != nil {
		return "", err
	}
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 256) // as much as Linux reads
	n, _ := io.ReadFull(f, head)
	line, _, _ := strings.Cut(string(head[:n]), "\n")
	words := strings.Fields(strings.TrimPrefix(line, "#!"))
	if !strings.HasPrefix(line, "#!") || len(words) == 0 {
		return "", nil
	}
	if _, err := l.resolve(words[0]); errors.Is(err, fs.ErrNotExist) {
		return words[0], nil
	}
	return "", nil
}

// Run implements Host. The program gets a session of its own, and holds the lock: it goes on
// if this process is interrupted or killed, and no other run begins before it has ended. The end
// of ctx does not end it, but is told.
func (l *Local) Run(ctx context.Context, argv []string, env []string) (status int, err error) {
	all := l.Env
	if all == nil {
		all = os.Environ()
	}
	if l.Log != nil {
		stop := context.AfterFunc(ctx, func() { l.Log("the activation goes on; the next run waits for its end") })
		defer stop()
	}
	return l.activate(argv, append(slices.Clip(all), env...))
}
