package local

// This file defines how the store is compared with its database.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/filelock"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A verifier is one run of Verify.
type verifier struct {
	s      *Store
	ctx    context.Context
	v      store.Verification
	log    func(string)
	names  map[string]bool // in the store directory
	state  map[string]bool // paths that were looked at, and whether they stay valid
	absent map[string]bool // paths that stay valid although their files are gone
	faults []store.Fault
}

// Verify implements store.Keeper. It forgets paths that are gone, unless others
// refer to them. With Repair it makes again: metadata; files that have an equal
// one in .links; the size and hash of paths that were registered without;
// whatever v.Fetch has; and what v.Build can build.
func (k keeper) Verify(ctx context.Context, v store.Verification) ([]store.Fault, error) {
	r := &verifier{s: k.s, ctx: ctx, v: v, log: k.s.log, names: map[string]bool{}, state: map[string]bool{}, absent: map[string]bool{}}
	if v.Log != nil {
		r.log = v.Log
	}
	lock, err := os.OpenFile(k.s.gcLockPath(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	if err := filelock.Wait(ctx, lock, filelock.Shared, func() { r.log("waiting for the big garbage collector lock...") }); err != nil {
		return nil, err
	}
	if v.Paths != nil {
		return r.faults, r.only(v.Paths)
	}
	r.log("reading the Nix store...")
	entries, err := os.ReadDir(k.s.real)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		r.names[e.Name()] = true
	}
	r.log("checking path existence...")
	var valid []string
	for path, err := range k.s.Paths(ctx) {
		if err != nil {
			return nil, err
		}
		valid = append(valid, path)
	}
	for _, path := range valid {
		if _, err := r.exists(path); err != nil {
			return r.faults, err
		}
	}
	if v.Contents {
		if err := r.contents(valid); err != nil {
			return r.faults, err
		}
	}
	return r.faults, nil
}

// only looks at some paths alone.
func (r *verifier) only(paths []string) error {
	for _, path := range paths {
		valid, err := r.s.IsValid(r.ctx, path)
		if err == nil && !valid {
			err = &store.InvalidPathError{Path: path}
		}
		if err != nil {
			return err
		}
		_, err = os.Lstat(r.s.RealPath(path))
		switch text := fmt.Sprintf("path '%s' disappeared", path); {
		case err == nil:
			err = r.path(path)
		case !errors.Is(err, fs.ErrNotExist):
		case r.v.Repair:
			err = r.repair(path, text)
		default:
			err = nil
			r.fault(path, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fault remembers what is wrong, and not repaired.
func (r *verifier) fault(path, text string) {
	r.log(text)
	r.faults = append(r.faults, store.Fault{Path: path, Err: errors.New(text)})
}

// exists looks whether the files of a path are there, and reports whether it
// stays valid.
func (r *verifier) exists(path string) (bool, error) {
	if stays, done := r.state[path]; done {
		return stays, nil
	}
	r.state[path] = true // also for those that refer to it, and it to them
	p, err := r.s.dir.Parse(path)
	if err != nil {
		r.log(fmt.Sprintf("path '%s' is not in the Nix store", path))
		return r.forget(path)
	}
	if r.names[string(p)] {
		return true, nil
	}
	referrers, err := r.s.Referrers(r.ctx, path)
	if errors.Is(err, store.ErrInvalid) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	needed := false
	for _, other := range referrers {
		if other == path {
			continue
		}
		stays, err := r.exists(other)
		if err != nil {
			return true, err
		}
		needed = needed || stays
	}
	if !needed {
		r.log(fmt.Sprintf("path '%s' disappeared, removing from database...", path))
		return r.forget(path)
	}
	r.absent[path] = true
	text := fmt.Sprintf("path '%s' disappeared, but it still has valid referrers!", path)
	if r.v.Repair {
		r.log(text)
		return true, r.repair(path, text)
	}
	r.fault(path, text)
	return true, nil
}

// forget removes a path from the database.
func (r *verifier) forget(path string) (bool, error) {
	r.state[path] = false
	return false, r.s.writer.do(r.ctx, func(db *database) error {
		return db.exec("delete from ValidPaths where path = ?", path)
	})
}

// contents compares the hashes of what is there.
func (r *verifier) contents(valid []string) error {
	r.log("checking link hashes...")
	links, err := os.ReadDir(r.s.linksDir())
	if err != nil {
		return err
	}
	for _, e := range links {
		if err := r.link(e.Name()); err != nil {
			return err
		}
	}
	r.log("checking store hashes...")
	for _, path := range valid {
		if !r.state[path] || r.absent[path] {
			continue
		}
		if r.v.Progress != nil {
			r.v.Progress(path)
		}
		if err := r.path(path); err != nil {
			return err
		}
	}
	return nil
}

// link checks a file in .links.
func (r *verifier) link(name string) error {
	if !isLinkName(name) {
		return nil
	}
	path := filepath.Join(r.s.linksDir(), name)
	got, err := hashFiles(r.ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if text := got.hash.Text(nixhash.Nix32); text != name {
		text = fmt.Sprintf("link \"%s\" was modified! expected hash '%s', got '%s'", path, name, text)
		if !r.v.Repair {
			r.fault(path, text)
			return nil
		}
		r.log(text)
		if err := os.Remove(path); err != nil {
			return err
		}
		r.log(fmt.Sprintf("removed link %q", path))
	}
	return nil
}

// hashed is an archive as its hash and size.
type hashed struct {
	hash nixhash.Hash
	size int64
}

// hashFiles returns the hash of the archive of what is at a place on the disk.
func hashFiles(ctx context.Context, real string) (hashed, error) {
	h := nixhash.NewHasher(nixhash.SHA256)
	err := nar.Write(contextWriter{ctx, h}, nar.OS{}, real, nil)
	return hashed{h.Result(), h.Len()}, err
}

// A contextWriter writes until its context is done.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (w contextWriter) Write(p []byte) (int, error) {
	if err := context.Cause(w.ctx); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}

// path checks the contents of a valid path.
func (r *verifier) path(path string) error {
	info, err := r.s.Info(r.ctx, path)
	if errors.Is(err, store.ErrInvalid) {
		return nil
	}
	if err != nil {
		return err
	}
	got, err := hashFiles(r.ctx, r.s.RealPath(path))
	if ctxErr := context.Cause(r.ctx); ctxErr != nil {
		return ctxErr
	}
	if err != nil {
		// That one path cannot be read says nothing of the others.
		r.fault(path, err.Error())
		return nil
	}
	switch {
	case info.NARHash.IsZero():
		r.log(fmt.Sprintf("fixing missing hash on '%s'", path))
		return r.update(path, got)
	case info.NARHash != got.hash:
		text := fmt.Sprintf("path '%s' was modified! expected hash '%s', got '%s'", path,
			info.NARHash.Prefixed(nixhash.Nix32), got.hash.Prefixed(nixhash.Nix32))
		if r.v.Repair {
			r.log(text)
			return r.repair(path, text)
		}
		r.fault(path, text)
	case info.NARSize == 0:
		r.log(fmt.Sprintf("updating size field on '%s' to %d", path, got.size))
		return r.update(path, got)
	case r.v.Repair:
		return Canonicalise(r.s.RealPath(path))
	}
	return nil
}

// update writes the hash and size that a path has.
func (r *verifier) update(path string, got hashed) error {
	return r.s.writer.do(r.ctx, func(db *database) error {
		return db.exec("update ValidPaths set hash = ?, narSize = ? where path = ?", got.hash.Prefixed(nixhash.Base16), got.size, path)
	})
}

// repair makes the files of a path again; fault says what is wrong with them. The
// old ones stay until the new ones are whole.
func (r *verifier) repair(path, fault string) error {
	err := r.remake(path)
	if errors.Is(err, errNoSource) {
		err = r.rebuild(path)
	}
	if err == nil {
		return nil
	}
	if ctxErr := context.Cause(r.ctx); ctxErr != nil {
		return ctxErr
	}
	r.log(fmt.Sprintf("cannot repair path '%s': %v", path, err))
	r.faults = append(r.faults, store.Fault{Path: path, Err: errors.New(fault)})
	return nil
}

// errNoSource is the error of a path that nothing can make again.
var errNoSource = errors.New("no other store has it, and the derivation that it was built from is not valid")

// rebuild builds a path again.
func (r *verifier) rebuild(path string) error {
	info, err := r.s.Info(r.ctx, path)
	if err != nil {
		return err
	}
	if r.v.Build == nil || info.Deriver == "" {
		return errNoSource
	}
	if valid, err := r.s.IsValid(r.ctx, info.Deriver); err != nil || !valid {
		return errors.Join(err, errNoSource)
	}
	return r.v.Build(r.ctx, info)
}

func (r *verifier) remake(path string) error {
	info, err := r.s.Info(r.ctx, path)
	if err != nil {
		return err
	}
	lock, err := r.s.lockPath(r.ctx, path)
	if err != nil {
		return err
	}
	defer lock.Release()
	temp, err := r.s.makeTempDir(r.ctx)
	if err != nil {
		return err
	}
	defer temp.remove()
	at := filepath.Join(temp.path, "x")
	if err := r.s.fromLinks(info, at); err != nil {
		if r.v.Fetch == nil {
			return errNoSource
		}
		archive, err := r.v.Fetch(r.ctx, info)
		if errors.Is(err, store.ErrInvalid) {
			err = errNoSource
		}
		if err != nil {
			return err
		}
		defer archive.Close()
		if err := r.s.restoreChecked(r.ctx, info, archive, at); err != nil {
			return err
		}
	}
	if !r.s.opts.NoSync {
		if err := syncTree(r.s.real); err != nil {
			return err
		}
	}
	real, old := r.s.RealPath(path), filepath.Join(temp.path, "old")
	if st, err := os.Lstat(real); err == nil {
		if st.IsDir() {
			// To be moved to another directory, one must be writable.
			if err := os.Chmod(real, st.Mode()|0o200); err != nil {
				return err
			}
		}
		if err := os.Rename(real, old); err != nil {
			return err
		}
	}
	if err := os.Rename(at, real); err != nil {
		return errors.Join(err, os.Rename(old, real))
	}
	if st, err := os.Lstat(real); err == nil && st.IsDir() {
		return seal(real)
	}
	return nil
}

// fromLinks makes a path again that is a single file, of an equal one in .links.
func (s *Store) fromLinks(info *store.PathInfo, at string) error {
	link := filepath.Join(s.linksDir(), info.NARHash.Text(nixhash.Nix32))
	got, err := hashFiles(context.Background(), link)
	if err != nil {
		return err
	}
	if got.hash != info.NARHash {
		return errNoSource
	}
	return os.Link(link, at)
}

// restoreChecked makes files of an archive, which must be the one of info.
func (s *Store) restoreChecked(ctx context.Context, info *store.PathInfo, r io.Reader, at string) error {
	archive := bufio.NewReaderSize(store.CheckNAR(ctx, info, r), restoreBuffer)
	_, err := restore(at, archive, true)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, archive)
	return err
}
