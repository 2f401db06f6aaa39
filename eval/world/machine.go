package world

// This file defines the world of the machine: its files and its environment.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// OS returns the files and the environment of the machine. On Windows, the path /c/x stands for
// C:\x. Nothing is remembered: files can change while an evaluator lives, and the system's own
// cache is fast.
//
// A device that is at its end at once, such as /dev/null, is an empty file; other devices, pipes
// and sockets are not read.
func OS() Host { return machine{} }

type machine struct{}

// OSPath returns a path of a Host as the machine has it.
func OSPath(path string) string {
	if runtime.GOOS != "windows" {
		return path
	}
	if len(path) >= 2 && path[0] == '/' && isDriveLetter(path[1]) && (len(path) == 2 || path[2] == '/') {
		path = path[1:2] + ":/" + strings.TrimPrefix(path[2:], "/")
	}
	return strings.ReplaceAll(path, "/", `\`)
}

func isDriveLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// FromOSPath returns a path of the machine as a Host has it. It does not make it absolute.
func FromOSPath(path string) string {
	if runtime.GOOS != "windows" {
		return path
	}
	path = strings.ReplaceAll(path, `\`, "/")
	if len(path) >= 2 && isDriveLetter(path[0]) && path[1] == ':' {
		path = "/" + path[:1] + path[2:]
	}
	return path
}

// missing returns err; if a file stands where a directory would have to be, what is asked for is
// not there.
func missing(err error) error {
	if err != nil && errors.Is(err, syscall.ENOTDIR) {
		return &fs.PathError{Op: "open", Path: "", Err: fs.ErrNotExist}
	}
	return err
}

func (machine) Lstat(_ context.Context, path string) (FileInfo, error) {
	info, err := lstat(OSPath(path))
	return info, missing(err)
}

func (machine) Open(_ context.Context, path string) (File, error) {
	f, err := openFile(OSPath(path))
	if err != nil {
		return nil, missing(err)
	}
	return f, nil
}

func (machine) ReadDir(_ context.Context, path string) ([]DirEntry, error) {
	entries, err := os.ReadDir(OSPath(path))
	if errors.Is(err, syscall.ENOTDIR) {
		if _, err2 := os.Stat(OSPath(path)); err2 == nil {
			return nil, &fs.PathError{Op: "readdir", Path: path, Err: syscall.ENOTDIR}
		}
	}
	if err != nil {
		return nil, missing(err)
	}
	out := make([]DirEntry, len(entries))
	for i, e := range entries {
		out[i] = DirEntry{Name: e.Name(), Type: typeOf(e.Type())}
	}
	return out, nil
}

func (machine) ReadLink(_ context.Context, path string) (string, error) {
	target, err := os.Readlink(OSPath(path))
	return FromOSPath(target), missing(err)
}

func (machine) Getenv(_ context.Context, name string) string { return os.Getenv(name) }
