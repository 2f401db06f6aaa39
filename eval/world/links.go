package world

// This file defines how symbolic links are followed.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
)

// Links follows symbolic links in a world, one by one, so that a world of which only parts may be
// looked at sees each path that a link leads to. It remembers which directories there are and, for
// Parent, where links among them lead; Forget ends that. It may be used by several goroutines at
// once.
type Links struct {
	host Host

	mu   sync.RWMutex
	dirs map[string]string // by path of a directory that is there: its path without links, which mostly is the same
}

// maxLinks is how many links are followed for one path.
const maxLinks = 1024

// NewLinks returns what follows the links in host.
func NewLinks(host Host) *Links { return &Links{host: host, dirs: map[string]string{}} }

// Forget forgets all directories.
func (l *Links) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.dirs)
}

// Len returns how many directories are remembered.
func (l *Links) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.dirs)
}

// A Ticker ends work that takes long; see Budget of package budget. A nil Ticker never does.
type Ticker interface {
	Tick(n int) error
}

// A LinkError is the error of the world for a path that following links came to.
type LinkError struct {
	Path string
	Err  error
}

func (e *LinkError) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *LinkError) Unwrap() error { return e.Err }

// A LoopError says that there are links without an end.
type LoopError struct {
	Path string // that was to be resolved
	msg  string
}

func (e *LoopError) Error() string { return fmt.Sprintf(e.msg, e.Path) }

// ErrorCode returns the code that errors of files have in reports.
func (*LoopError) ErrorCode() string { return "file" }

// Resolve returns p, which is clean, without symbolic links. With keepLast, the last part of p may
// be one. Parts that are not there stay as they are. The errors are a *LinkError, a *LoopError, and
// that of t.
func (l *Links) Resolve(ctx context.Context, t Ticker, p string, keepLast bool) (string, error) {
	dir := path.Dir(p)
	real, known := l.known(dir)
	start := ""
	if known && real == dir || dir == "/" { // on where links lead, only Parent relies

		if keepLast || p == "/" {
			return p, nil
		}
		start = strings.TrimSuffix(dir, "/")
	}
	return l.walk(ctx, t, p, start, keepLast)
}

// walk resolves p from start on, which is a directory on its way without links; "" is the root.
func (l *Links) walk(ctx context.Context, t Ticker, p, start string, keepLast bool) (string, error) {
	links := 0
	done, rest := start, p[len(start):]
	for rest != "" {
		part, more, _ := strings.Cut(rest, "/")
		rest = more
		switch part {
		case "", ".":
			continue
		case "..":
			done = done[:max(strings.LastIndexByte(done, '/'), 0)]
			continue
		}
		next := done + "/" + part
		if t != nil {
			if err := t.Tick(2 + len(next)>>10); err != nil {
				return "", err
			}
		}
		if keepLast && strings.Trim(rest, "/") == "" {
			return next, nil
		}
		if real, known := l.known(next); known && real == next {
			done = next
			continue
		}
		info, err := l.host.Lstat(ctx, next)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", &LinkError{next, err}
		}
		if err != nil || info.Type != Symlink {
			if done = next; err == nil && info.Type == Directory && links == 0 {
				l.remember(next, next)
			}
			continue
		}
		if links++; links > maxLinks {
			return "", &LoopError{strings.Clone(p), "infinite symlink recursion in path '%s'"}
		}
		target, err := l.host.ReadLink(ctx, next)
		if err != nil {
			return "", &LinkError{next, err}
		}
		if strings.HasPrefix(target, "/") {
			done = ""
		}
		rest = target + "/" + rest
	}
	if done == "" {
		return "/", nil
	}
	return done, nil
}

func (l *Links) remember(dir, real string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dirs[dir] = real
}

// Parent returns p, which is clean, without symbolic links but for its last part. It relies on what
// is remembered of links, and so is for files that are read once, as import does: that a link leads
// elsewhere meanwhile is not noticed before Forget. The errors are those of Resolve.
func (l *Links) Parent(ctx context.Context, t Ticker, p string) (string, error) {
	dir, base := path.Dir(p), path.Base(p)
	if real, known := l.known(dir); known || dir == "/" {
		if dir == "/" || real == dir {
			return p, nil
		}
		return Join(real, base), nil
	}
	real := "/"
	for end := 0; end < len(dir); {
		start := end + 1
		if n := strings.IndexByte(dir[start:], '/'); n >= 0 {
			end = start + n
		} else {
			end = len(dir)
		}
		if known, ok := l.known(dir[:end]); ok {
			real = known
			continue
		}
		next := Join(real, dir[start:end])
		if t != nil {
			if err := t.Tick(2 + len(next)>>10); err != nil {
				return "", err
			}
		}
		info, err := l.host.Lstat(ctx, next)
		if err != nil {
			// So is all that is below. It is not remembered, since it may come to be.
			return Join(real, p[start:]), nil
		}
		real = next
		if info.Type == Symlink {
			if real, err = l.Resolve(ctx, t, next, false); err != nil {
				return "", err
			}
		}
		l.remember(strings.Clone(dir[:end]), real)
	}
	return Join(real, base), nil
}

// known returns what is remembered of a directory.
func (l *Links) known(dir string) (real string, ok bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	real, ok = l.dirs[dir]
	return real, ok
}

// Follow returns the path that p, which is clean, leads to if its last part is a link, and what is
// there. Other than Resolve, it goes on from the directory that the text of the path says: files
// that are imported through a link find others beside its target, but know nothing of links among
// the directories. The errors are those of Resolve.
func (l *Links) Follow(ctx context.Context, t Ticker, p string) (string, FileInfo, error) {
	for at, links := p, 0; ; {
		real, err := l.Parent(ctx, t, at)
		if err != nil {
			return "", FileInfo{}, err
		}
		info, err := l.host.Lstat(ctx, real)
		if err != nil {
			return "", info, &LinkError{real, err}
		}
		if info.Type != Symlink {
			return at, info, nil
		}
		if links++; links >= maxLinks {
			return "", info, &LoopError{strings.Clone(at), "too many symbolic links encountered while traversing the path '%s'"}
		}
		target, err := l.host.ReadLink(ctx, real)
		if err != nil {
			return "", info, &LinkError{real, err}
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Dir(at) + "/" + target
		}
		at = Clean(target)
	}
}

// ForgetBelow forgets dir and all directories below it.
func (l *Links) ForgetBelow(dir string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.dirs, func(p, real string) bool { return Below(p, dir) || Below(real, dir) })
}
