package world

// This file defines Host, and what it says about files.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// A FileType is the type of a file, in the words of builtins.readFileType.
type FileType string

// Types of files.
const (
	Regular   FileType = "regular"
	Directory FileType = "directory"
	Symlink   FileType = "symlink"
	Unknown   FileType = "unknown" // a device, a pipe or a socket
)

// typeOf returns the type of a file with that mode.
func typeOf(mode fs.FileMode) FileType {
	switch mode.Type() {
	case 0:
		return Regular
	case fs.ModeDir:
		return Directory
	case fs.ModeSymlink:
		return Symlink
	}
	return Unknown
}

// A FileInfo is what is known of a file without reading it: what an archive of it needs, and what
// tells that it is the same as before.
type FileInfo struct {
	Type       FileType
	Executable bool      // a regular file that its owner may execute
	Size       int64     // of a regular file, in bytes
	ModTime    time.Time // when it was last written; zero if that is not known
	ID         FileID    // zero if there is none
}

// A FileID tells a file from another one that took its place with the same size and time. Files on
// file systems whose times tell nothing, such as /proc, have none.
type FileID struct {
	Device, Inode uint64
	Changed       int64 // when its contents, name, mode or owner were last changed, in nanoseconds since 1970
}

// A DirEntry is a file in a directory.
type DirEntry struct {
	Name string
	Type FileType
}

// A File is a file that is open. It is not for several goroutines at once.
type File interface {
	io.ReadCloser
	// Stat says what was known of the file when it was opened. The size is that of its contents at
	// that time, 0 if it is not known.
	Stat() (FileInfo, error)
}

// A Host is the world that an evaluation sees. Paths are absolute, clean and separated by slashes.
//
// For the error of a file that is not there, errors.Is with fs.ErrNotExist holds; so does it where
// a directory on the way is not one. Other errors are mostly an *fs.PathError, a *ForbiddenError,
// or that of ctx. A Host may be called by several goroutines at once.
type Host interface {
	// Lstat does not follow a symbolic link at the end of path.
	Lstat(ctx context.Context, path string) (FileInfo, error)
	// Open opens a file for reading. It never waits for another program to write: what has no end,
	// such as a named pipe, is refused with ErrNotRegular. A directory may be refused here, or when
	// it is read. The caller must close the file. ctx need not last longer than the call: callers
	// that read much look at their context themselves, as ReadFile does.
	Open(ctx context.Context, path string) (File, error)
	// ReadDir returns the entries of a directory, in any order. Callers may modify the slice.
	ReadDir(ctx context.Context, path string) ([]DirEntry, error)
	// ReadLink returns the target of a symbolic link, as it stands there.
	ReadLink(ctx context.Context, path string) (string, error)
	// Getenv returns the value of an environment variable, "" if there is none.
	Getenv(ctx context.Context, name string) string
}

// ErrNotRegular is the error of opening a pipe, a socket, or a device without an end.
var ErrNotRegular = errors.New("not a regular file")

// notRegular is an ErrNotRegular with words of its own.
type notRegular string

func (e notRegular) Error() string        { return string(e) }
func (e notRegular) Is(target error) bool { return target == ErrNotRegular }

// Words of ErrNotRegular.
const (
	errPipe   notRegular = "is a named pipe, which may never end"
	errSocket notRegular = "is a socket, which is not read"
	errDevice notRegular = "is a device, which may never end"
)

// notRegularError returns the error of opening a file with that mode; nil if it can be read.
func notRegularError(path string, mode fs.FileMode) error {
	var reason notRegular
	switch {
	case mode&fs.ModeNamedPipe != 0:
		reason = errPipe
	case mode&fs.ModeSocket != 0:
		reason = errSocket
	case mode&(fs.ModeDevice|fs.ModeCharDevice) != 0:
		reason = errDevice
	default:
		return nil
	}
	return &fs.PathError{Op: "open", Path: path, Err: reason}
}

// A ForbiddenError says that a path must not be looked at. For those that ask only whether the path
// is there, it is not: errors.Is with fs.ErrNotExist holds.
type ForbiddenError struct {
	Path string
	Mode string // what forbids it: "in restricted mode"
}

func (e *ForbiddenError) Error() string {
	return fmt.Sprintf("access to absolute path '%s' is forbidden %s", e.Path, e.Mode)
}

// Is makes the error one for which errors.Is with fs.ErrNotExist holds.
func (e *ForbiddenError) Is(target error) bool { return target == fs.ErrNotExist }

// None returns a world without files and without an environment.
func None() Host { return none{} }

type none struct{}

// notExist returns the error of what is not there.
func notExist(op, path string) error { return &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist} }

func (none) Lstat(_ context.Context, path string) (FileInfo, error) {
	return FileInfo{}, notExist("lstat", path)
}
func (none) Open(_ context.Context, path string) (File, error) { return nil, notExist("open", path) }
func (none) ReadDir(_ context.Context, path string) ([]DirEntry, error) {
	return nil, notExist("open", path)
}
func (none) ReadLink(_ context.Context, path string) (string, error) {
	return "", notExist("readlink", path)
}
func (none) Getenv(context.Context, string) string { return "" }
