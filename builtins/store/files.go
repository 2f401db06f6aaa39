package store

// This file defines a world as archives read it.

import (
	"context"
	"io"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/world"
)

// Files returns the files of a world as archives read them, with errors in the
// reference's words. It reads them with ctx.
func Files(ctx context.Context, host world.Host) nar.FS { return worldFS{ctx, host} }

type worldFS struct {
	ctx  context.Context
	host world.Host
}

func (f worldFS) Lstat(path string) (nar.Info, error) {
	info, err := f.host.Lstat(f.ctx, path)
	if err != nil {
		return nar.Info{}, PathError(err, path)
	}
	return nar.Info{Kind: Kind(info.Type), Executable: info.Executable, Size: info.Size}, nil
}

func (f worldFS) ReadDir(path string) ([]string, error) {
	entries, err := f.host.ReadDir(f.ctx, path)
	if err != nil {
		return nil, PathError(err, path)
	}
	names := make([]string, len(entries))
	for i := range entries {
		names[i] = entries[i].Name
	}
	return names, nil
}

func (f worldFS) ReadLink(path string) (string, error) {
	target, err := f.host.ReadLink(f.ctx, path)
	if err != nil {
		return "", PathError(err, path)
	}
	return target, nil
}

func (f worldFS) Open(path string) (io.ReadCloser, error) {
	r, err := f.host.Open(f.ctx, path)
	if err != nil {
		return nil, PathError(err, path)
	}
	return worldFile{r, path, f.ctx}, nil
}

// A worldFile is an open file of a worldFS.
type worldFile struct {
	world.File
	path string
	ctx  context.Context
}

func (f worldFile) Read(b []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.File.Read(b)
	if err == io.EOF {
		return n, err
	}
	return n, PathError(err, f.path)
}

// Kind returns the kind of file that t is in an archive.
func Kind(t world.FileType) nar.Kind {
	switch t {
	case world.Regular:
		return nar.Regular
	case world.Directory:
		return nar.Directory
	case world.Symlink:
		return nar.Symlink
	}
	return nar.Unknown
}
