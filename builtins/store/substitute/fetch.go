package substitute

// This file defines how objects are fetched.

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/firn-lang/firn/builtins/store"
)

// Fetch adds paths to a store, and all that they refer to, those that it has not. An
// archive that cannot be had from one store, or is damaged there, is taken from the next
// that has it. It returns the paths that were added, sorted; with an error, others may
// have been added. Keys of how have no effect; Path is called with the name of the source
// before its archive is asked for.
func (s *Set) Fetch(ctx context.Context, to store.Store, paths []string, how store.Copying) ([]string, error) {
	f := &fetching{Store: store.Dummy(s.o.Dir), set: s, start: how.Path, bad: map[string]map[*source]bool{}, last: map[string]*Found{}}
	how.Keys, how.Path = nil, nil // find has looked at signatures, and WriteNAR calls start
	var reason error
	for {
		f.refused = nil
		added, err := store.Copy(ctx, &receiver{to, f}, f, paths, how)
		switch {
		case err == nil || ctx.Err() != nil:
			return added, err
		case reason != nil && errors.Is(err, store.ErrInvalid):
			return added, reason // no store is left to take the path from
		case f.refused == nil:
			return added, err
		}
		reason = err
		for _, r := range f.refused {
			s.warn("'%s' cannot be had from '%s': %v", r.found.Info.Path, r.found.From.Name, r.err)
		}
	}
}

// A fetching is the stores of a set as one store, of which Copy asks for path infos and
// archives.
type fetching struct {
	store.Store // what else a store has, which Copy does not ask for
	set         *Set
	start       func(path, from string) // told of archives that are asked for; may be nil

	mu      sync.Mutex
	bad     map[string]map[*source]bool // by path, the sources whose archive failed
	last    map[string]*Found           // by path, where its archive came from last
	refused []refusal
}

// A refusal is an archive that the other store did not take.
type refusal struct {
	found *Found
	err   error
}

// find returns where a path is to be taken from.
func (f *fetching) find(ctx context.Context, path string) (*Found, error) {
	f.mu.Lock()
	without := make(map[*source]bool, len(f.bad[path]))
	for from := range f.bad[path] {
		without[from] = true
	}
	f.mu.Unlock()
	found, err := f.set.find(ctx, path, query{without: without})
	if err == nil && found == nil {
		err = &store.InvalidPathError{Path: path}
	}
	return found, err
}

// fail notes that a path cannot be had from where it was found.
func (f *fetching) fail(found *Found) {
	path := found.Info.Path
	if f.bad[path] == nil {
		f.bad[path] = map[*source]bool{}
	}
	f.bad[path][found.from] = true
}

// Info implements store.Store.
func (f *fetching) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	found, err := f.find(ctx, path)
	if err != nil {
		return nil, err
	}
	return found.Info, nil
}

// WriteNAR implements store.Store. If a source fails before its first byte, the next one
// has its turn; later, it is the receiver's.
func (f *fetching) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	var first error
	for {
		found, err := f.find(ctx, path)
		switch {
		case first != nil && errors.Is(err, store.ErrInvalid):
			return first // no store is left: that is no reason to do without the path
		case err != nil:
			return err
		}
		f.mu.Lock()
		f.last[path] = found
		if f.start != nil {
			f.start(path, found.From.Name)
		}
		f.mu.Unlock()
		out := &started{w: w}
		err = f.set.write(ctx, found, out)
		if err == nil || ctx.Err() != nil || out.yes {
			return err
		}
		f.mu.Lock()
		f.fail(found)
		f.mu.Unlock()
		f.set.warn("'%s' cannot be had from '%s': %v", path, found.From.Name, err)
		if first == nil {
			first = err
		}
	}
}

// write writes the archive of an object, and checks what it is believed for.
func (s *Set) write(ctx context.Context, found *Found, w io.Writer) error {
	if s.o.Unsigned || found.From.Trusted || s.signed(found.Info) {
		return found.From.Store.WriteNAR(ctx, found.Info.Path, w)
	}
	archive := store.OpenNAR(ctx, found.From.Store, found.Info.Path)
	defer archive.Close()
	checked := store.CheckContents(found.Info, archive)
	defer checked.Close()
	_, err := io.Copy(w, checked)
	return err
}

// Archive implements store.Substituter. The archive has the hash that info has, so that
// it needs no signature.
func (s *Set) Archive(ctx context.Context, info *store.PathInfo) (archive io.ReadCloser, from string, err error) {
	found, err := s.find(ctx, info.Path, query{any: true, hash: info.NARHash})
	if err == nil && found == nil {
		err = &store.InvalidPathError{Path: info.Path}
	}
	if err != nil {
		return nil, "", err
	}
	return store.OpenNAR(ctx, found.From.Store, info.Path), found.From.Name, nil
}

// A started notes that something was written.
type started struct {
	w   io.Writer
	yes bool
}

func (s *started) Write(p []byte) (int, error) {
	s.yes = true
	return s.w.Write(p)
}

// A receiver is the store that objects are added to. An archive that it does not take is
// wanted from another source.
type receiver struct {
	store.Store
	f *fetching
}

// AddNAR implements store.Store.
func (r *receiver) AddNAR(ctx context.Context, info *store.PathInfo, archive io.Reader) error {
	err := r.Store.AddNAR(ctx, info, archive)
	r.f.mu.Lock()
	defer r.f.mu.Unlock()
	if found := r.f.last[info.Path]; err != nil && ctx.Err() == nil && found != nil {
		r.f.fail(found)
		r.f.refused = append(r.f.refused, refusal{found, err})
	}
	return err
}
