package local

// This file defines the Keeper of a store, and the registering of paths whose
// files are there.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A keeper is the store.Keeper of a Store.
type keeper struct{ s *Store }

// AddRoot implements store.Keeper.
func (k keeper) AddRoot(ctx context.Context, link, path string) error {
	if _, _, err := k.s.dir.Split(path); err != nil {
		return err
	}
	if k.s.dir.Contains(link) {
		return fmt.Errorf("creating a garbage collector root (%s) in the Nix store is forbidden (are you running nix-build inside the store?)", link)
	}
	if info, err := os.Lstat(link); err == nil && info.Mode()&os.ModeSymlink == 0 {
		return fmt.Errorf("cannot create symlink '%s'; already exists", link)
	}
	// The path must not be collected before the link is a root.
	p, _, _ := k.s.dir.Split(path)
	return k.s.temp.replace(ctx, k.s.dir.Text(p), func() error {
		if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
			return err
		}
		if err := replaceLink(link, path); err != nil {
			return err
		}
		return k.AddIndirectRoot(ctx, link)
	})
}

// AddIndirectRoot implements store.Keeper.
func (k keeper) AddIndirectRoot(_ context.Context, link string) error {
	if !filepath.IsAbs(link) {
		return fmt.Errorf("not an absolute path: '%s'", link)
	}
	link = filepath.Clean(link)
	for _, dir := range []string{"gcroots", "profiles"} {
		if strings.HasPrefix(link, filepath.Join(k.s.state, dir)+string(filepath.Separator)) && dir == "gcroots" {
			return nil // it is a root by its place
		}
	}
	sum := nixhash.Sum(nixhash.SHA1, []byte(link))
	auto := filepath.Join(k.s.state, "gcroots", "auto")
	if err := os.MkdirAll(auto, 0o755); err != nil {
		return err
	}
	return replaceLink(filepath.Join(auto, sum.Text(nixhash.Nix32)), link)
}

// replaceLink makes a symbolic link, in place of what has the name.
func replaceLink(link, target string) error {
	for n := 0; ; n++ {
		temp := fmt.Sprintf("%s.tmp-%d-%d", link, os.Getpid(), n)
		err := os.Symlink(target, temp)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := os.Rename(temp, link); err != nil {
			_ = os.Remove(temp)
			return err
		}
		return nil
	}
}

// Register implements store.Keeper. It looks at the files of derivations only.
func (k keeper) Register(ctx context.Context, infos []*store.PathInfo) error {
	s := k.s
	entries := make([]entry, len(infos))
	files := make([]string, len(infos))
	for i, info := range infos {
		p, err := s.dir.Parse(info.Path)
		if err != nil {
			return err
		}
		added := *info
		added.Path = s.dir.Text(p)
		files[i] = s.RealPath(added.Path)
		if _, err := os.Lstat(files[i]); err != nil {
			return fmt.Errorf("cannot register '%s': %w", added.Path, err)
		}
		if err := s.AddTempRoot(ctx, added.Path); err != nil {
			return err
		}
		// Inputs of a derivation may be further down in the list, and not valid yet.
		if entries[i], err = s.newEntry(ctx, &added, nil, true); err != nil {
			return err
		}
	}
	return s.writer.run(&job{ctx: ctx, files: files, many: true, fn: func(db *database) error {
		return insert(db, entries)
	}})
}
