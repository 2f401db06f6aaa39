package tree

// This file defines files that Git LFS keeps elsewhere.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// maxPointer is the size in bytes of the longest file that may stand for another one; git-lfs has the same
// limit.
const maxPointer = 1024

// A pointer is what a repository has in place of a file that is kept elsewhere.
type pointer struct {
	oid  string // SHA-256 of the contents, in hexadecimal digits
	size int64  // of the contents, in bytes
}

// parsePointer reads a pointer. ok is false for other texts.
func parsePointer(text string) (p pointer, ok bool) {
	rest, ok := strings.CutPrefix(text, "version https://git-lfs.github.com/spec/v1\n")
	if !ok || len(text) > maxPointer {
		return pointer{}, false
	}
	p.size = -1
	for line := range strings.Lines(rest) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch name {
		case "oid":
			p.oid, _ = strings.CutPrefix(value, "sha256:")
		case "size":
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return pointer{}, false
			}
			p.size = n
		}
	}
	return p, p.size >= 0 && len(p.oid) == 64 && strings.Trim(p.oid, "0123456789abcdef") == ""
}

// WithLFS returns host with the contents of files that have the attribute filter=lfs, where these stand for
// contents in the folder objects, as git-lfs has them. Contents that are not there are an error when the
// file is looked at. Their hash is not compared: git-lfs did that.
func WithLFS(host world.Host, objects string) world.Host {
	return &smudged{host: host, objects: objects, attributes: newAttributeFiles(host)}
}

type smudged struct {
	host       world.Host
	objects    string
	attributes *attributeFiles
}

// pointer returns the pointer that a file is. ok is false for other files.
func (s *smudged) pointer(ctx context.Context, path string) (p pointer, ok bool, err error) {
	v, err := s.attributes.get(ctx, strings.Trim(path, "/"), "filter", false)
	if err != nil || v != "lfs" {
		return pointer{}, false, err
	}
	info, err := s.host.Lstat(ctx, path)
	if err != nil || info.Type != world.Regular || info.Size > maxPointer {
		return pointer{}, false, err
	}
	text, _, err := ReadFile(ctx, s.host, path, maxPointer)
	if err != nil {
		return pointer{}, false, err
	}
	p, ok = parsePointer(text)
	return p, ok, nil
}

// open opens the contents that a pointer stands for.
func (s *smudged) open(path string, p pointer) (*os.File, error) {
	name := filepath.Join(s.objects, p.oid[:2], p.oid[2:4], p.oid)
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("file '%s' is kept by Git LFS, and its contents are not in '%s'; 'git lfs fetch' gets them", path, s.objects)
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.Size() != p.size {
		f.Close()
		return nil, fmt.Errorf("'%s', the contents of file '%s', do not have %d bytes", name, path, p.size)
	}
	return f, nil
}

// Lstat implements world.Host.
func (s *smudged) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	info, err := s.host.Lstat(ctx, path)
	if err != nil || info.Type != world.Regular {
		return info, err
	}
	p, ok, err := s.pointer(ctx, path)
	if ok {
		info.Size = p.size
	}
	return info, err
}

// Open implements world.Host.
func (s *smudged) Open(ctx context.Context, path string) (world.File, error) {
	p, ok, err := s.pointer(ctx, path)
	if err != nil {
		return nil, err
	}
	if !ok {
		return s.host.Open(ctx, path)
	}
	info, err := s.Lstat(ctx, path)
	if err != nil {
		return nil, err
	}
	f, err := s.open(path, p)
	if err != nil {
		return nil, err
	}
	return &smudgedFile{f, info}, nil
}

// A smudgedFile is an open file whose contents are elsewhere.
type smudgedFile struct {
	*os.File
	info world.FileInfo
}

// Stat implements world.File.
func (f *smudgedFile) Stat() (world.FileInfo, error) { return f.info, nil }

// ReadDir implements world.Host.
func (s *smudged) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	return s.host.ReadDir(ctx, path)
}

// ReadLink implements world.Host.
func (s *smudged) ReadLink(ctx context.Context, path string) (string, error) {
	return s.host.ReadLink(ctx, path)
}

// Getenv implements world.Host.
func (s *smudged) Getenv(ctx context.Context, name string) string { return s.host.Getenv(ctx, name) }
