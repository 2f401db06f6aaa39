package store

// This file defines how the paths of what is added follow from its contents.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// Resolve computes the path of src in the store at dir, and the hash that the
// path is made of. It reads everything once, unless the hash is known, and keeps
// nothing of it.
func (src *Source) Resolve(ctx context.Context, dir storepath.Dir) (string, nixhash.Hash, error) {
	h := src.Hash
	if h.Algo == 0 {
		var err error
		if h, err = src.hash(ctx); err != nil {
			return "", h, err
		}
	}
	path, err := src.ResolveAs(dir, h)
	return path, h, err
}

// ResolveAs returns the path of src in the store at dir if its contents have the
// hash h.
func (src *Source) ResolveAs(dir storepath.Dir, h nixhash.Hash) (string, error) {
	p, err := dir.MakeFixed(src.Name, src.Method, h, storepath.References{Paths: src.References})
	if err != nil {
		return "", err
	}
	return dir.Text(p), nil
}

// hash computes the hash that the path is made of.
func (src *Source) hash(ctx context.Context) (nixhash.Hash, error) { return src.Read(ctx, io.Discard) }

// Read reads src once. It writes its bytes to w, those of the file if src.Method is Flat and
// an archive otherwise, and returns the hash that the path is made of.
func (src *Source) Read(ctx context.Context, w io.Writer) (nixhash.Hash, error) {
	algo := src.Algo
	if algo == 0 {
		algo = nixhash.SHA256
	}
	var in io.Reader // nil for a tree of a world
	var files nar.FS
	if src.Reader != nil {
		in = budget.Reader(src.Budget, contextReader{ctx, src.Reader})
	} else {
		files = nar.Within(src.Budget, Files(ctx, src.Host))
	}
	switch src.Method {
	case storepath.Flat:
		if in == nil {
			f, err := files.Open(src.Path)
			if err != nil {
				return nixhash.Hash{}, err
			}
			defer f.Close()
			in = f
		}
	case storepath.NAR:
	case storepath.Git:
		git := nar.NewGitHasher(algo, nil)
		var err error
		if in == nil {
			err = nar.Tee(w, git, files, src.Path, src.Filter)
		} else {
			err = nar.ReadAll(in, w, git)
		}
		if err != nil {
			return nixhash.Hash{}, err
		}
		return git.Result(), nil
	default:
		return nixhash.Hash{}, fmt.Errorf("files cannot be added by the method '%s'", src.Method)
	}
	h := nixhash.NewHasher(algo)
	to := io.Writer(h)
	if w != io.Discard {
		to = io.MultiWriter(h, w)
	}
	var err error
	if in == nil {
		err = nar.Write(to, files, src.Path, src.Filter)
	} else {
		_, err = io.CopyBuffer(onlyWriter{to}, in, make([]byte, copySize))
	}
	return h.Result(), err
}

// copySize is how much of a source is read at once, in bytes.
const copySize = 64 << 10

// An onlyWriter hides other methods from io.CopyBuffer, which would use them in place of its
// buffer.
type onlyWriter struct{ io.Writer }

// A contextReader reads until its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := context.Cause(r.ctx); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// WithContext returns r as it is read until ctx is done.
func WithContext(ctx context.Context, r io.Reader) io.Reader { return contextReader{ctx, r} }

// Resolve returns the path of t in the store at dir, and the hash of its
// contents. The path is t.Path if there is one; then the hash is the zero one.
func (t *Text) Resolve(dir storepath.Dir) (string, nixhash.Hash, error) {
	if t.Path != "" {
		return t.Path, nixhash.Hash{}, nil
	}
	h, err := nixhash.SumText(t.Budget, nixhash.SHA256, t.Contents)
	if err != nil {
		return "", h, err
	}
	p, err := dir.MakeTextWithin(t.Budget, t.Name, [sha256.Size]byte(h.Bytes()), t.References)
	if err != nil {
		return "", h, err
	}
	return dir.Text(p), h, nil
}

// errTooLong is the error of an archive with more bytes than were promised.
var errTooLong = errors.New("the archive is larger than it should be")

// CheckNAR returns r, an archive, as it is read by a store that adds the object
// that info describes. Reading ends with an error in place of io.EOF if the hash
// or the size is another one, or ctx is done. A caller that does not read to the end has checked
// nothing.
func CheckNAR(ctx context.Context, info *PathInfo, r io.Reader) io.Reader {
	return &checkedNAR{info: info, r: contextReader{ctx, r}, hash: nixhash.NewHasher(info.NARHash.Algo)}
}

type checkedNAR struct {
	info *PathInfo
	r    io.Reader
	hash *nixhash.Hasher
}

func (c *checkedNAR) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	_, _ = c.hash.Write(p[:n])
	switch {
	case c.hash.Len() > c.info.NARSize:
		return n, fmt.Errorf("size mismatch importing path '%s': %w", c.info.Path, errTooLong)
	case err != io.EOF:
		return n, err
	}
	if got := c.hash.Result(); got != c.info.NARHash {
		return n, fmt.Errorf("hash mismatch importing path '%s';\n  specified: %s\n  got:       %s", c.info.Path,
			c.info.NARHash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32))
	}
	if c.hash.Len() < c.info.NARSize {
		return n, fmt.Errorf("size mismatch importing path '%s';\n  specified: %d\n  got:       %d", c.info.Path, c.info.NARSize, c.hash.Len())
	}
	return n, io.EOF
}
