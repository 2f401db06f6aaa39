package core

// This file defines what the evaluator asks of the world.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// A FileType is the type of a file, in the words of builtins.readFileType.
type FileType string

// Types of files.
const (
	Regular   FileType = "regular"
	Directory FileType = "directory"
	Symlink   FileType = "symlink"
	Unknown   FileType = "unknown"
)

// FileInfo is what is known of a file.
type FileInfo struct {
	Type       FileType
	Executable bool  // a regular file that its owner may execute
	Size       int64 // of a regular file, in bytes
	ModTime    time.Time
}

// A DirEntry is a file in a directory.
type DirEntry struct {
	Name string
	Type FileType
}

// A Host is the world that an evaluation sees. Paths are absolute, clean and
// separated by slashes. That a file is not there is an error for which
// errors.Is with fs.ErrNotExist holds. A Host may be called by several
// goroutines at once.
type Host interface {
	// Lstat does not follow a symbolic link at the end of path.
	Lstat(ctx context.Context, path string) (FileInfo, error)
	ReadFile(ctx context.Context, path string) ([]byte, error)
	ReadDir(ctx context.Context, path string) ([]DirEntry, error)
	ReadLink(ctx context.Context, path string) (string, error)
	// Getenv returns the value of an environment variable, "" if there is none.
	Getenv(ctx context.Context, name string) string
}

// A World is a Host as one evaluation sees it. It copies paths, which may be the
// heap's: errors outlive it, and hosts may remember them.
type World struct {
	host Host
	w    *worker
	ctx  context.Context
}

func (w World) Lstat(path string) (FileInfo, error) { return w.host.Lstat(w.ctx, strings.Clone(path)) }

func (w World) ReadFile(path string) ([]byte, error) {
	room := w.w.Room()
	data, err := w.host.ReadFile(context.WithValue(w.ctx, readLimit{}, room), strings.Clone(path))
	if errors.Is(err, ErrTooLarge) || err == nil && uint64(len(data)) > room {
		return nil, w.w.memoryError(0)
	}
	return data, err
}

type readLimit struct{}

// ErrTooLarge is what a Host may return for a file with more bytes than
// ReadLimit says.
var ErrTooLarge = errors.New("the file is too large")

// ReadLimit returns how many bytes of a file there is room for, in the context
// that Host.ReadFile gets. A file can be larger than it says, or endless.
func ReadLimit(ctx context.Context) int64 {
	if n, ok := ctx.Value(readLimit{}).(uint64); ok && n < 1<<62 {
		return int64(n)
	}
	return 1 << 62
}

func (w World) ReadDir(path string) ([]DirEntry, error) {
	return w.host.ReadDir(w.ctx, strings.Clone(path))
}

func (w World) ReadLink(path string) (string, error) {
	return w.host.ReadLink(w.ctx, strings.Clone(path))
}

func (w World) Getenv(name string) string { return w.host.Getenv(w.ctx, strings.Clone(name)) }

// A Store is where the files that values refer to go.
type Store interface {
	// Dir is the store directory.
	Dir() string
	// CopyPath puts the file or tree at path into the store under name, and
	// returns the path it has there.
	CopyPath(ctx context.Context, path, name string) (string, error)
}

// A Retainer is a Store that wants to know which store paths are still in use.
type Retainer interface {
	// Retain is called while no evaluation is under way.
	Retain(alive func(path string) bool)
}

// A ForbiddenError says that a path must not be looked at. A host returns it,
// and for those that only ask whether the path is there, it is not:
// errors.Is with fs.ErrNotExist holds.
type ForbiddenError struct {
	Path string
	Mode string // what forbids it: "in restricted mode"
}

func (e *ForbiddenError) Error() string {
	return fmt.Sprintf("access to absolute path '%s' is forbidden %s", e.Path, e.Mode)
}

// Is makes the error one for which errors.Is with fs.ErrNotExist holds.
func (e *ForbiddenError) Is(target error) bool { return target == fs.ErrNotExist }
