package local

// This file defines how texts and archives become files of the store, and how a
// path is made valid.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/rewrite"
	"github.com/firn-lang/firn/builtins/store/storepath"
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
	defer lock.Release()
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
	if err := store.CheckReferences(ctx, s, &added); err != nil {
		return err
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
		got, err = nar.HashGit(ca.Hash.Algo, files, world.FromOSPath(real), nil)
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

// hashModulo returns the hash of the archive of what is at real, with zeros in place of the hash
// part of its path.
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
