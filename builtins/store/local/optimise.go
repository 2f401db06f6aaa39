package local

// This file defines how files with equal contents become one.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// Optimise implements store.Keeper. A file that is damaged becomes the standard
// for no other: its name in .links is the hash of what it is.
func (k keeper) Optimise(ctx context.Context, paths []string) (store.Optimised, error) {
	o := k.s.newOptimiser(ctx)
	one := func(path string) error {
		if err := k.s.AddTempRoot(ctx, path); err != nil {
			return err
		}
		if valid, err := k.s.IsValid(ctx, path); !valid || err != nil {
			return err // collected meanwhile
		}
		return o.tree(k.s.RealPath(path))
	}
	if paths == nil {
		for path, err := range k.s.Paths(ctx) {
			if err == nil {
				err = one(path)
			}
			if err != nil {
				return o.saved, err
			}
		}
		return o.saved, nil
	}
	for _, path := range paths {
		if err := one(path); err != nil {
			return o.saved, err
		}
	}
	return o.saved, nil
}

// An optimiser makes files links to those in .links.
type optimiser struct {
	s     *Store
	ctx   context.Context
	saved store.Optimised
}

func (s *Store) newOptimiser(ctx context.Context) *optimiser { return &optimiser{s: s, ctx: ctx} }

// tree optimises all files at or below a place on the disk.
func (o *optimiser) tree(real string) error {
	return filepath.WalkDir(real, func(path string, e fs.DirEntry, err error) error {
		if err == nil {
			err = context.Cause(o.ctx)
		}
		if err != nil || !e.Type().IsRegular() && e.Type()&fs.ModeSymlink == 0 {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		return o.file(path, info)
	})
}

// file makes one file a link.
func (o *optimiser) file(path string, info fs.FileInfo) error {
	if info.Mode().IsRegular() && info.Mode()&0o222 != 0 {
		o.s.log(fmt.Sprintf("skipping suspicious writable file '%s'", path))
		return nil
	}
	hash, _, err := nar.Hash(nixhash.SHA256, nar.OS{}, path, nil)
	if err != nil {
		return err
	}
	link := filepath.Join(o.s.linksDir(), hash.Text(nixhash.Nix32))
	for {
		err := os.Link(path, link)
		switch {
		case err == nil:
			return nil // the first with these contents
		case errors.Is(err, syscall.ENOSPC):
			return nil // the directory .links can be full when the disk is not
		case !errors.Is(err, fs.ErrExist):
			return err
		}
		first, err := os.Lstat(link)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the collector was faster
		}
		if err != nil {
			return err
		}
		if os.SameFile(first, info) {
			return nil
		}
		if first.Size() != info.Size() || first.Mode() != info.Mode() {
			o.s.log(fmt.Sprintf("removing corrupted link '%s'", link))
			if err := os.Remove(link); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			continue
		}
		return o.replace(path, link, info)
	}
}

// replace puts a link in the place of a file.
func (o *optimiser) replace(path, link string, info fs.FileInfo) (err error) {
	dir := filepath.Dir(path)
	if dir != o.s.real {
		st, err := os.Stat(dir)
		if err != nil {
			return err
		}
		if st.Mode()&0o200 == 0 {
			if err := os.Chmod(dir, st.Mode()|0o200); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, os.Chmod(dir, st.Mode())) }()
		}
		defer func() { err = errors.Join(err, setTimes(dir)) }()
	}
	temp := filepath.Join(o.s.real, fmt.Sprintf(".tmp-link-%d-%d", os.Getpid(), o.s.tempDir.last.Add(1)))
	if err := os.Link(link, temp); err != nil {
		if errors.Is(err, syscall.EMLINK) || errors.Is(err, fs.ErrNotExist) {
			return nil // no more links are possible; or the collector was faster
		}
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		_ = os.Remove(temp)
		if errors.Is(err, syscall.EMLINK) {
			return nil
		}
		return err
	}
	o.saved.Files++
	o.saved.Bytes += info.Size()
	return nil
}

// isLinkName reports whether a name can be that of a file in .links.
func isLinkName(name string) bool {
	_, ok := nixhash.IsNix32(name)
	return ok && len(name) == nixhash.Nix32Len(nixhash.SHA256.Size())
}
