package local

// This file defines how a source becomes files of the store: one file, or a tree
// whose path is the hash of its archive or the one that git computes.

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
)

// maxKept is how much of what is added is kept in memory from the first reading,
// which computes the path, to the second, which writes files. More is read twice,
// or goes to a work folder.
const maxKept = 8 << 20

// Add implements store.Store. What comes from a world is hashed first, and read
// once more only if it is not valid yet.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	if s.opts.ReadOnly {
		return src.Resolve(ctx, s.dir)
	}
	if src.Algo == 0 {
		src.Algo = nixhash.SHA256
	}
	kept := &keeping{limit: maxKept}
	var h nixhash.Hash
	var err error
	switch {
	case src.Reader == nil && src.Hash.Algo != 0:
		h, kept.full, kept.size = src.Hash, true, -1
	case src.Reader == nil:
		h, err = src.Read(ctx, kept)
	default:
		if _, err := io.Copy(kept, io.LimitReader(budget.Reader(src.Budget, src.Reader), maxKept+1)); err != nil {
			return "", nixhash.Hash{}, err
		}
		if kept.full {
			src.Reader = io.MultiReader(bytes.NewReader(kept.data), bytes.NewReader(kept.over), src.Reader)
			return s.addLarge(ctx, src)
		}
		src.Reader, src.Budget = bytes.NewReader(kept.data), nil // which has been charged
		h, err = src.Read(ctx, io.Discard)
	}
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	info, err := s.infoOfSource(src, h)
	if err != nil {
		return "", h, err
	}
	err = s.addAt(ctx, info, nil, false, func(real string) (bool, error) {
		again := src
		again.Budget = nil
		if !kept.full {
			again.Reader = bytes.NewReader(kept.data)
		}
		got, many, err := s.ingest(ctx, info, again, real, kept.size, false)
		if err == nil && got != h {
			err = &store.ChangedError{Path: src.Path}
		}
		return many, err
	})
	return info.Path, h, err
}

// infoOfSource returns what is known of a source whose contents have a hash.
func (s *Store) infoOfSource(src store.Source, h nixhash.Hash) (*store.PathInfo, error) {
	p, err := s.dir.MakeFixed(src.Name, src.Method, h, storepath.References{Paths: src.References})
	if err != nil {
		return nil, err
	}
	return &store.PathInfo{
		Path: s.dir.Text(p), References: src.References, CA: store.ContentAddress{Method: src.Method, Hash: h},
	}, nil
}

// addLarge adds what can be read only once and is too large for the memory: to a
// work folder, from where it is moved when its path is known.
func (s *Store) addLarge(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	temp, err := s.makeTempDir(ctx)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	defer temp.remove()
	at := filepath.Join(temp.path, "x")
	info := &store.PathInfo{}
	h, many, err := s.ingest(ctx, info, src, at, -1, true)
	if err != nil {
		return "", h, err
	}
	known, err := s.infoOfSource(src, h)
	if err != nil {
		return "", h, err
	}
	known.NARHash, known.NARSize = info.NARHash, info.NARSize
	err = s.addAt(ctx, known, nil, false, func(real string) (bool, error) {
		if err := os.Rename(at, real); err != nil {
			return many, err
		}
		if st, err := os.Lstat(real); err != nil || !st.IsDir() {
			return many, err
		}
		return many, seal(real)
	})
	return known.Path, h, err
}

// ingest reads a source once, and makes files of it at real; with keepOpen, a
// directory there stays writable, so that it can be moved. It completes the hash
// and size of the archive in info, and returns the hash that the path is made of
// and whether there are many files. size is that of a source that is one file; -1
// if it is not known.
func (s *Store) ingest(ctx context.Context, info *store.PathInfo, src store.Source, real string, size int64, keepOpen bool) (h nixhash.Hash, many bool, err error) {
	if src.Method == storepath.Flat {
		h, err = s.ingestFlat(ctx, info, src, real, size)
		return h, false, err
	}
	archive := nixhash.NewHasher(nixhash.SHA256)
	w, sum, result := io.Writer(archive), archive, func() nixhash.Hash { return archive.Result() }
	files := newRestorer(real)
	v := nar.Visitor(files)
	switch {
	case src.Method == storepath.Git:
		git := nar.NewGitHasher(src.Algo, files)
		v, result = git, git.Result
	case src.Algo != nixhash.SHA256:
		sum = nixhash.NewHasher(src.Algo)
		w, result = io.MultiWriter(archive, sum), sum.Result
	}
	if src.Reader == nil {
		err = nar.Tee(w, v, nar.Within(src.Budget, store.Files(ctx, src.Host)), src.Path, src.Filter)
	} else {
		err = nar.ReadAll(store.WithContext(ctx, budget.Reader(src.Budget, src.Reader)), w, v)
	}
	if ended := files.end(keepOpen); err == nil {
		err = ended
	}
	if err != nil {
		return nixhash.Hash{}, false, err
	}
	info.NARHash, info.NARSize = archive.Result(), archive.Len()
	return result(), files.files > fewFiles, nil
}

// ingestFlat is ingest of a source that is one file. The archive begins with the
// size: if that is not known, the file is read again.
func (s *Store) ingestFlat(ctx context.Context, info *store.PathInfo, src store.Source, real string, size int64) (nixhash.Hash, error) {
	f, err := createFile(real, false)
	if err != nil {
		return nixhash.Hash{}, err
	}
	archive := nixhash.NewHasher(nixhash.SHA256)
	head, tail := nar.FileFrame(false, size)
	w := io.Writer(f)
	if size >= 0 {
		w = io.MultiWriter(f, archive)
	}
	_, _ = archive.Write(head)
	h, err := src.Read(ctx, w)
	_, _ = archive.Write(tail)
	if err := f.finish(err); err != nil {
		return h, err
	}
	if size < 0 {
		got, err := hashFiles(ctx, real)
		info.NARHash, info.NARSize = got.hash, got.size
		return h, err
	}
	info.NARHash, info.NARSize = archive.Result(), archive.Len()
	if info.NARSize != int64(len(head)+len(tail))+size {
		err = &store.ChangedError{Path: src.Path}
	}
	return h, err
}

// A keeping keeps what is written to it, up to a limit.
type keeping struct {
	data  []byte
	over  []byte // the first bytes behind the limit, if a reader is kept
	limit int
	size  int64 // of all that was written, in bytes
	full  bool  // there was more than the limit
}

// Write implements io.Writer.
func (k *keeping) Write(p []byte) (int, error) {
	n := len(p)
	k.size += int64(n)
	switch {
	case k.full:
	case len(k.data)+n > k.limit:
		k.full = true
		take := k.limit - len(k.data)
		k.data, k.over = append(k.data, p[:take]...), slices.Clone(p[take:])
	default:
		k.data = append(k.data, p...)
	}
	return n, nil
}
