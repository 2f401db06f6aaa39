package local

// This file defines what a builder needs of the store: locks of outputs, work folders,
// and how outputs become valid.

import (
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
	"github.com/firn-lang/firn/builtins/store/filelock"
)

// An OutputLock is the locks of the outputs of a derivation.
type OutputLock struct{ locks []*filelock.Lock }

// LockOutputs locks the outputs that a builder is about to write: store paths, or store
// paths with a suffix. After it, the caller must ask again which outputs are valid. One of
// Release and Keep must be called.
func (s *Store) LockOutputs(ctx context.Context, paths []string) (*OutputLock, error) {
	paths = slices.Clone(paths)
	slices.Sort(paths) // everybody locks in this order
	l := &OutputLock{}
	for _, path := range slices.Compact(paths) {
		lock, err := s.lockPath(ctx, path)
		if err != nil {
			l.Keep()
			return nil, err
		}
		l.locks = append(l.locks, lock)
	}
	return l, nil
}

// Release gives up the locks and deletes their files: the outputs are valid.
func (l *OutputLock) Release() {
	for _, lock := range l.locks {
		lock.Release()
	}
	l.locks = nil
}

// Keep gives up the locks and leaves their files, as the reference does after a build that
// failed: the collector deletes them.
func (l *OutputLock) Keep() {
	for _, lock := range l.locks {
		lock.Keep()
	}
	l.locks = nil
}

// WorkDir makes a folder in the store directory, which the collector leaves alone until
// remove is called; that deletes it, and all that is in it.
func (s *Store) WorkDir(ctx context.Context) (dir string, remove func(), err error) {
	d, err := s.makeTempDir(ctx)
	if err != nil {
		return "", nil, err
	}
	return d.path, d.remove, nil
}

// RegisterOutputs makes outputs of derivations valid whose files are there, in one step:
// all of them, or none.
func (s *Store) RegisterOutputs(ctx context.Context, infos []*store.PathInfo) error {
	j := &job{ctx: ctx}
	entries := make([]entry, len(infos))
	for i, info := range infos {
		real := s.RealPath(info.Path)
		files, many, err := filesOf(real)
		if err != nil {
			return fmt.Errorf("cannot register '%s': %w", info.Path, err)
		}
		j.files, j.many = append(j.files, files...), j.many || many
		if s.opts.AutoOptimise {
			o := s.newOptimiser(ctx)
			if err := o.tree(real); err != nil {
				return err
			}
		}
		if entries[i], err = s.newEntry(ctx, info, nil, false); err != nil {
			return err
		}
	}
	j.fn = func(db *database) error { return insert(db, entries) }
	return s.writer.run(j)
}

// Sound reports whether the files of a valid path are as they were when it became valid.
func (s *Store) Sound(ctx context.Context, path string) (bool, error) {
	info, err := s.Info(ctx, path)
	if err != nil {
		return false, err
	}
	got, err := hashFiles(ctx, s.RealPath(path))
	if ctxErr := context.Cause(ctx); ctxErr != nil {
		return false, ctxErr
	}
	return err == nil && (info.NARHash.IsZero() || got.hash == info.NARHash), nil
}

// Replace moves what was made to where a valid path is, whose old files are deleted.
func (s *Store) Replace(path, made string) error {
	real := s.RealPath(path)
	old := fmt.Sprintf("%s.old-%d", real, os.Getpid())
	if err := DeleteTree(old); err != nil {
		return err
	}
	if err := Move(real, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := Move(made, real); err != nil {
		return errors.Join(err, Move(old, real))
	}
	return DeleteTree(old)
}

// filesOf returns what is in a tree and can be synced, if that is little.
func filesOf(root string) (files []string, many bool, err error) {
	err = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.Type()&fs.ModeSymlink != 0:
			return nil
		case len(files) == fewFiles:
			many = true
			return fs.SkipAll
		}
		files = append(files, path)
		return nil
	})
	if many {
		files = []string{root}
	}
	return files, many, err
}

// DeleteTree deletes what is at a path of the disk, whatever it is and whatever its modes.
// That nothing is there is no error.
func DeleteTree(path string) error {
	_, err := deleteTree(path)
	return err
}

// Move moves a file or folder of the disk, also a folder that may not be written to.
func Move(from, to string) error {
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	// The link .. of a folder is written as it moves.
	sealed := info.IsDir() && info.Mode()&0o200 == 0 && euid() != 0
	if sealed {
		if err := os.Chmod(from, info.Mode().Perm()|0o200); err != nil {
			return err
		}
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if sealed {
		return os.Chmod(to, info.Mode().Perm())
	}
	return nil
}

// A BuildDir is a folder in which something is built. Beside it there is a file, locked
// as long as the folder is used, so that what a process leaves behind that was killed can
// be told from what another one needs.
type BuildDir struct {
	Path string
	lock *os.File
}

// MakeBuildDir makes a folder below parent. also is another folder that is deleted with
// it if this process does not come to that; "" is none.
func MakeBuildDir(parent, also string) (*BuildDir, error) {
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	for n := 0; ; n++ {
		path := filepath.Join(parent, fmt.Sprintf("nix-%d-%d", os.Getpid(), n))
		lock, err := os.OpenFile(path+buildLock, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d := &BuildDir{path, lock}
		locked, err := filelock.Try(lock, filelock.Exclusive)
		if err == nil && locked {
			if _, err = lock.WriteString(also); err == nil {
				err = os.Mkdir(path, 0o700)
			}
		}
		if err == nil && locked {
			return d, nil
		}
		d.unlock()
		if err != nil && !os.IsExist(err) {
			return nil, err
		}
	}
}

// buildLock is what the name of a BuildDir's file has behind that of the folder.
const buildLock = ".lock"

// Remove deletes the folder.
func (d *BuildDir) Remove() error {
	err := DeleteTree(d.Path)
	d.unlock()
	return err
}

// Keep leaves the folder where it is, for all to read.
func (d *BuildDir) Keep() error {
	d.unlock()
	return os.Chmod(d.Path, 0o755)
}

func (d *BuildDir) unlock() {
	_ = os.Remove(d.lock.Name())
	_ = d.lock.Close()
}

// RemoveStaleBuilds deletes folders below parent that were made by MakeBuildDir in
// processes which have ended, and what these had made elsewhere. What cannot be deleted
// stays.
func RemoveStaleBuilds(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return // there were no builds
	}
	for _, e := range entries {
		path, ok := strings.CutSuffix(filepath.Join(parent, e.Name()), buildLock)
		if !ok {
			continue
		}
		lock, err := os.OpenFile(path+buildLock, os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if free, err := filelock.Try(lock, filelock.Exclusive); err != nil || !free {
			_ = lock.Close()
			continue
		}
		if also, err := io.ReadAll(lock); err == nil && len(also) > 0 {
			_ = DeleteTree(string(also))
		}
		_ = (&BuildDir{path, lock}).Remove()
	}
}
