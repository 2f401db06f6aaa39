package builtins

// This file defines the world of the operating system.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/eval/core"
)

// OSHost returns the files and the environment of the operating system. On
// Windows, the path /c/x stands for C:\x.
func OSHost() core.Host { return osHost{} }

// An osHost keeps nothing: files can change while a session lasts, and the
// system's own cache is fast.
type osHost struct{}

// OSPath returns a path of the evaluator as the operating system has it.
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

// portable returns a target of a symbolic link as values have it.
func portable(path string) string {
	if runtime.GOOS != "windows" {
		return path
	}
	path = strings.ReplaceAll(path, `\`, "/")
	if len(path) >= 2 && isDriveLetter(path[0]) && path[1] == ':' {
		path = "/" + path[:1] + path[2:]
	}
	return path
}

func (osHost) Lstat(_ context.Context, path string) (core.FileInfo, error) {
	info, err := os.Lstat(OSPath(path))
	if err != nil {
		return core.FileInfo{}, missing(err)
	}
	return core.FileInfo{
		Type:       fileType(info.Mode().Type()),
		Executable: info.Mode()&0o100 != 0 && runtime.GOOS != "windows",
		Size:       info.Size(),
		ModTime:    info.ModTime(),
	}, nil
}

// missing returns err; if a file stands where a directory would have to be,
// what is asked for is not there.
func missing(err error) error {
	if errors.Is(err, syscall.ENOTDIR) {
		return &fs.PathError{Op: "open", Path: "", Err: fs.ErrNotExist}
	}
	return err
}

func fileType(mode fs.FileMode) core.FileType {
	switch mode {
	case 0:
		return core.Regular
	case fs.ModeDir:
		return core.Directory
	case fs.ModeSymlink:
		return core.Symlink
	}
	return core.Unknown
}

func (osHost) ReadFile(ctx context.Context, path string) ([]byte, error) {
	f, err := os.Open(OSPath(path))
	if err != nil {
		return nil, missing(err)
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(info.Size())
	}
	b, err := ReadAll(ctx, f, size)
	return b, missing(err)
}

// ReadAll reads r, of which size is the length if that is known, as core.Host
// says: it stops when ctx is done, or there is more than core.ReadLimit allows.
func ReadAll(ctx context.Context, r io.Reader, size int) ([]byte, error) {
	const piece = 1 << 20
	limit := core.ReadLimit(ctx)
	if int64(size) > limit {
		return nil, core.ErrTooLarge
	}
	out := make([]byte, 0, max(size, 511)+1) // one more, to see the end
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(out) == cap(out) {
			out = append(out, 0)[:len(out)]
		}
		n, err := r.Read(out[len(out):min(cap(out), len(out)+piece)])
		out = out[:len(out)+n]
		switch {
		case int64(len(out)) > limit:
			return nil, core.ErrTooLarge
		case err == io.EOF:
			return out, nil
		case err != nil:
			return nil, err
		}
	}
}

// Open implements store.Opener.
func (osHost) Open(path string) (io.ReadCloser, error) {
	f, err := os.Open(OSPath(path))
	if err != nil {
		return nil, missing(err)
	}
	return f, nil
}

func (osHost) ReadDir(_ context.Context, path string) ([]core.DirEntry, error) {
	entries, err := os.ReadDir(OSPath(path))
	if errors.Is(err, syscall.ENOTDIR) {
		if _, err2 := os.Stat(OSPath(path)); err2 == nil {
			return nil, &fs.PathError{Op: "readdir", Path: path, Err: syscall.ENOTDIR}
		}
	}
	if err != nil {
		return nil, missing(err)
	}
	out := make([]core.DirEntry, len(entries))
	for i, e := range entries {
		out[i] = core.DirEntry{Name: e.Name(), Type: fileType(e.Type())}
	}
	return out, nil
}

func (osHost) ReadLink(_ context.Context, path string) (string, error) {
	target, err := os.Readlink(OSPath(path))
	return portable(target), missing(err)
}

func (osHost) Getenv(_ context.Context, name string) string { return os.Getenv(name) }
