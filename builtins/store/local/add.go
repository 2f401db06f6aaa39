package local

// This file defines how what is added becomes files of the store.

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/rewrite"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// AddText implements store.Store.
func (s *Store) AddText(ctx context.Context, text store.Text) (string, error) {
	path, _, err := text.Resolve(s.dir)
	if err != nil || s.opts.ReadOnly {
		return path, err
	}
	info := &store.PathInfo{Path: path, References: text.References}
	return path, s.addAt(ctx, info, &text.Contents, text.Path != "", func(real string) (bool, error) {
		h, err := nixhash.SumText(text.Budget, nixhash.SHA256, text.Contents)
		if err != nil {
			return false, err
		}
		if err := describeText(info, text.Contents, h); err != nil {
			return false, err
		}
		buf := restoreBuffers.Get().(*[restoreBuffer]byte)
		defer restoreBuffers.Put(buf)
		return false, writeFile(real, false, strings.NewReader(text.Contents), buf[:])
	})
}

// addAt makes a path valid whose files fill writes at a place on the disk; fill
// also completes info, and reports whether it wrote a tree. Nothing is written if
// the path is valid already. text is that of a derivation; nil lets the store
// read it.
func (s *Store) addAt(ctx context.Context, info *store.PathInfo, text *string, vouched bool, fill func(real string) (tree bool, err error)) (err error) {
	if err := s.AddTempRoot(ctx, info.Path); err != nil {
		return err
	}
	if valid, err := s.IsValid(ctx, info.Path); valid || err != nil {
		return err
	}
	lock, err := s.lockPath(ctx, info.Path)
	if err != nil {
		return err
	}
	defer lock.release()
	if valid, err := s.IsValid(ctx, info.Path); valid || err != nil {
		return err
	}
	real := s.RealPath(info.Path)
	if err := removeOld(real); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, _ = deleteTree(real)
		}
	}()
	tree, err := fill(real)
	if err != nil {
		return err
	}
	return s.register(ctx, info, text, vouched, real, tree)
}

// removeOld removes what an earlier attempt left at a path that is not valid.
func removeOld(real string) error {
	if _, err := os.Lstat(real); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	_, err := deleteTree(real)
	return err
}

// register makes a path valid whose files are there.
func (s *Store) register(ctx context.Context, info *store.PathInfo, text *string, vouched bool, real string, tree bool) error {
	e, err := s.newEntry(ctx, info, text, vouched)
	if err != nil {
		return err
	}
	if s.opts.AutoOptimise {
		o := s.newOptimiser(ctx)
		if err := o.tree(real); err != nil {
			return err
		}
	}
	return s.writer.run(&job{ctx: ctx, files: []string{real}, many: tree, fn: func(db *database) error {
		return insert(db, []entry{e})
	}})
}

// AddNAR implements store.Store.
func (s *Store) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	if s.opts.ReadOnly {
		return store.ErrReadOnly
	}
	p, err := s.dir.Parse(info.Path)
	if err != nil {
		return err
	}
	added := *info
	added.Path = s.dir.Text(p)
	added.Registered = info.Registered
	for _, ref := range info.References {
		if ref == added.Path {
			continue
		}
		if valid, err := s.IsValid(ctx, ref); err != nil {
			return err
		} else if !valid {
			return fmt.Errorf("cannot add '%s': %w", added.Path, &store.InvalidPathError{Path: ref})
		}
	}
	return s.addAt(ctx, &added, nil, false, func(real string) (bool, error) {
		archive := bufio.NewReaderSize(store.CheckNAR(ctx, info, r), restoreBuffer)
		files, err := restore(real, archive, false)
		if err != nil {
			return false, err
		}
		if n, err := io.Copy(io.Discard, archive); err != nil {
			return false, err
		} else if n > 0 {
			return false, fmt.Errorf("archive of '%s' has %d bytes behind its end", added.Path, n)
		}
		return files > fewFiles, s.checkCA(ctx, &added, real)
	})
}

// restore makes files of an archive, and returns how many.
func restore(real string, archive *bufio.Reader, keepOpen bool) (int, error) {
	v := newRestorer(real)
	err := nar.Read(archive, v)
	return v.files, errors.Join(err, v.end(keepOpen))
}

// checkCA checks that the path of info follows from what is at real, if info says
// that it follows from its contents.
func (s *Store) checkCA(ctx context.Context, info *store.PathInfo, real string) error {
	ca := info.CA
	if ca.IsZero() {
		return nil
	}
	if !info.IsContentAddressed(s.dir) {
		return fmt.Errorf("path '%s' does not follow from its content address '%s'", info.Path, ca)
	}
	var got nixhash.Hash
	var err error
	files := store.Files(ctx, world.OS())
	self := slices.Contains(info.References, info.Path)
	switch {
	case self:
		got, err = hashModulo(files, world.FromOSPath(real), info.Path, s.dir)
	case ca.Method == storepath.NAR && ca.Hash.Algo == info.NARHash.Algo:
		got = info.NARHash
	case ca.Method == storepath.NAR:
		got, _, err = nar.Hash(ca.Hash.Algo, files, world.FromOSPath(real), nil)
	case ca.Method == storepath.Git:
		return fmt.Errorf("cannot check the content address '%s'", ca)
	default:
		got, _, err = nar.HashFlat(ca.Hash.Algo, files, world.FromOSPath(real))
	}
	if err != nil {
		return err
	}
	if got != ca.Hash {
		return fmt.Errorf("ca hash mismatch importing path '%s';\n  specified: %s\n  got:       %s", info.Path,
			ca.Hash.Prefixed(nixhash.Nix32), got.Prefixed(nixhash.Nix32))
	}
	return nil
}

// hashModulo returns the hash of the archive of what is at real, in which the hash part of
// its path counts by its positions alone.
func hashModulo(files nar.FS, real, path string, dir storepath.Dir) (nixhash.Hash, error) {
	p, err := dir.Parse(path)
	if err != nil {
		return nixhash.Hash{}, err
	}
	sum := rewrite.NewModulo(nixhash.SHA256, p.Hash())
	if err := nar.Write(sum, files, real, nil); err != nil {
		return nixhash.Hash{}, err
	}
	return sum.Result()
}

// maxKept is how much of what is added is kept in memory from the first reading,
// which computes the path, to the second, which writes files. More is read twice,
// or goes to a work folder.
const maxKept = 8 << 20

// Add implements store.Store. What comes from a world is hashed first, and read
// once more only if it is not valid yet.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	if s.opts.ReadOnly || src.Method != storepath.Flat && src.Method != storepath.NAR {
		return src.Resolve(ctx, s.dir)
	}
	if src.Algo == 0 {
		src.Algo = nixhash.SHA256
	}
	kept := &keeping{limit: maxKept}
	if src.Reader != nil {
		n, err := io.Copy(kept, io.LimitReader(budget.Reader(src.Budget, src.Reader), maxKept+1))
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		if n > maxKept {
			return s.addLarge(ctx, src, io.MultiReader(bytes.NewReader(kept.data), bytes.NewReader(kept.over), src.Reader))
		}
	}
	sum := nixhash.NewHasher(src.Algo)
	var err error
	switch {
	case src.Reader != nil:
		sum.Write(kept.data)
		err = context.Cause(ctx)
	default:
		err = produce(ctx, src, io.MultiWriter(sum, kept))
	}
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	h := sum.Result()
	info, err := s.infoOfSource(src, h)
	if err != nil {
		return "", h, err
	}
	err = s.addAt(ctx, info, nil, false, func(real string) (bool, error) {
		r := io.Reader(bytes.NewReader(kept.data))
		if kept.full {
			pr, pw := io.Pipe()
			defer pr.Close()
			again := src
			again.Budget = nil // which is another goroutine's
			go func() { pw.CloseWithError(produce(ctx, again, pw)) }()
			r = pr
		}
		got, many, err := s.fill(info, src, real, r, sum.Len(), false)
		if err == nil && got != h {
			err = fmt.Errorf("file '%s' changed while it was added to the store", src.Path)
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

// produce writes the bytes that a source in a world is hashed as.
func produce(ctx context.Context, src store.Source, w io.Writer) error {
	files := nar.Within(src.Budget, store.Files(ctx, src.Host))
	if src.Method == storepath.NAR {
		return nar.Write(w, files, src.Path, src.Filter)
	}
	f, err := files.Open(src.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// fill makes files of r at real: one with its bytes, of which there are size, or
// those of the archive that it is. It completes info, and returns the hash of what
// was read, and whether there are many files.
func (s *Store) fill(info *store.PathInfo, src store.Source, real string, r io.Reader, size int64, keepOpen bool) (nixhash.Hash, bool, error) {
	sum, archive := nixhash.NewHasher(src.Algo), nixhash.NewHasher(nixhash.SHA256)
	if src.Method == storepath.Flat {
		pr, pw := io.Pipe()
		done := make(chan error, 1)
		go func() {
			buf := restoreBuffers.Get().(*[restoreBuffer]byte)
			defer restoreBuffers.Put(buf)
			err := writeFile(real, false, pr, buf[:])
			pr.CloseWithError(err)
			done <- err
		}()
		err := nar.WriteFile(archive, false, size, io.TeeReader(r, io.MultiWriter(sum, pw)))
		pw.CloseWithError(err)
		err = errors.Join(<-done, err)
		info.NARHash, info.NARSize = archive.Result(), archive.Len()
		return sum.Result(), false, err
	}
	w := io.Writer(archive)
	if src.Algo != nixhash.SHA256 {
		w = io.MultiWriter(archive, sum)
	}
	br := bufio.NewReaderSize(io.TeeReader(r, w), restoreBuffer)
	files, err := restore(real, br, keepOpen)
	if err == nil {
		_, end := br.ReadByte()
		switch {
		case end == nil:
			err = errors.New("there are bytes behind the end of the archive")
		case end != io.EOF:
			err = end
		}
	}
	info.NARHash, info.NARSize = archive.Result(), archive.Len()
	if src.Algo == nixhash.SHA256 {
		return info.NARHash, files > fewFiles, err
	}
	return sum.Result(), files > fewFiles, err
}

// addLarge adds what can be read only once and is too large for the memory: to a
// work folder, from where it is moved when its path is known.
func (s *Store) addLarge(ctx context.Context, src store.Source, r io.Reader) (string, nixhash.Hash, error) {
	temp, err := s.makeTempDir(ctx)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	defer temp.remove()
	at := filepath.Join(temp.path, "x")
	info := &store.PathInfo{}
	r = store.WithContext(ctx, budget.Reader(src.Budget, r))
	size := int64(-1)
	if src.Method == storepath.Flat {
		// The archive begins with the size, so the file is written first.
		buf := restoreBuffers.Get().(*[restoreBuffer]byte)
		err := writeFile(at, false, r, buf[:])
		restoreBuffers.Put(buf)
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		st, err := os.Lstat(at)
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		size = st.Size()
	}
	var h nixhash.Hash
	var many bool
	if size >= 0 {
		h, err = s.hashFlatFile(info, src, at, size)
	} else {
		h, many, err = s.fill(info, src, at, r, size, true)
	}
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

// hashFlatFile returns the hash of a file that is in the store already, and
// completes info.
func (s *Store) hashFlatFile(info *store.PathInfo, src store.Source, at string, size int64) (nixhash.Hash, error) {
	f, err := os.Open(at)
	if err != nil {
		return nixhash.Hash{}, err
	}
	defer f.Close()
	sum, archive := nixhash.NewHasher(src.Algo), nixhash.NewHasher(nixhash.SHA256)
	err = nar.WriteFile(archive, false, size, io.TeeReader(f, sum))
	info.NARHash, info.NARSize = archive.Result(), archive.Len()
	return sum.Result(), err
}

// A keeping keeps what is written to it, up to a limit.
type keeping struct {
	data  []byte
	over  []byte // the first bytes behind the limit, if a reader is kept
	limit int
	full  bool // there was more than the limit
}

func (k *keeping) Write(p []byte) (int, error) {
	n := len(p)
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
