package serve

// This file defines Store.

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/daemon"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/store/wire"
	"github.com/firn-lang/firn/eval/world"
)

// A Store is a store that nix-store --serve serves. It has one connection, which
// is made when it is needed, and again after an error; operations wait for each
// other.
type Store struct {
	dial func(context.Context) (io.ReadWriteCloser, error)
	dir  storepath.Dir

	mu    sync.Mutex
	rwc   io.ReadWriteCloser // nil if there is no connection; r and w belong to it
	r     *wire.Reader
	w     *wire.Writer
	close func()
}

// New returns the store that is reached by dial; dir is its directory, "" the
// usual one. The caller must close it.
func New(dial func(context.Context) (io.ReadWriteCloser, error), dir storepath.Dir) *Store {
	if dir == "" {
		dir = storepath.DefaultDir
	}
	return &Store{dial: dial, dir: dir}
}

// Close closes the connection.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop()
	return nil
}

// drop closes the connection, if there is one. The lock must be held.
func (s *Store) drop() {
	if s.rwc != nil {
		s.close()
		s.rwc = nil
	}
}

// do does a command: ask writes what follows it, and answer reads the result.
// Every error ends the connection.
func (s *Store) do(ctx context.Context, c wire.Command, ask func(*wire.Writer) error, answer func(*wire.Reader) error) (err error) {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := s.rwc == nil
	if fresh {
		if s.rwc, err = s.dial(ctx); err != nil {
			s.rwc = nil
			return err
		}
		rwc := s.rwc
		s.close = sync.OnceFunc(func() { rwc.Close() })
		s.r, s.w = wire.NewReader(rwc, s.dir, clientLimit), wire.NewWriter(rwc)
	}
	stop := context.AfterFunc(ctx, s.close)
	defer func() {
		if !stop() {
			err = context.Cause(ctx)
		}
		if err != nil {
			s.drop()
		}
	}()
	if fresh {
		if _, err := wire.ServeClient(s.r, s.w); err != nil {
			return err
		}
	}
	s.r.Begin()
	s.w.Uint64(uint64(c))
	if err := ask(s.w); err != nil {
		return err
	}
	if err := s.w.Flush(); err != nil {
		return err
	}
	if err := answer(s.r); err != nil {
		return err
	}
	return s.r.Err()
}

// Dir implements store.Store.
func (s *Store) Dir() storepath.Dir { return s.dir }

// Files implements store.Store.
func (s *Store) Files() world.Host { return nil }

// ReadOnly implements store.Store.
func (s *Store) ReadOnly() bool { return false }

// Builder implements store.Store.
func (s *Store) Builder() store.Builder { return nil }

// Keeper implements store.Store.
func (s *Store) Keeper() store.Keeper { return nil }

// Realisations implements store.Store: the protocol has none.
func (s *Store) Realisations() store.Realisations { return nil }

// IsValid implements store.Store.
func (s *Store) IsValid(ctx context.Context, path string) (bool, error) {
	return s.valid(ctx, path, false)
}

// valid asks whether a path is valid, and with lock keeps it from being collected.
func (s *Store) valid(ctx context.Context, path string, lock bool) (valid bool, err error) {
	if _, err := s.dir.Parse(path); err != nil {
		return false, nil
	}
	err = s.do(ctx, wire.ServeQueryValidPaths, func(w *wire.Writer) error {
		w.Bool(lock)
		w.Bool(false)
		w.Strings([]string{path})
		return nil
	}, func(r *wire.Reader) error {
		valid = len(r.Paths()) > 0
		return nil
	})
	return valid, err
}

// Substitute lets the other side fetch those of paths that are not valid, from where it
// fetches.
func (s *Store) Substitute(ctx context.Context, paths []string) error {
	return s.do(ctx, wire.ServeQueryValidPaths, func(w *wire.Writer) error {
		w.Bool(true)
		w.Bool(true)
		w.Strings(paths)
		return nil
	}, func(r *wire.Reader) error {
		_ = r.Paths()
		return nil
	})
}

// Info implements store.Store.
func (s *Store) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	var info *store.PathInfo
	if _, err := s.dir.Parse(path); err != nil {
		return nil, &store.InvalidPathError{Path: path}
	}
	err := s.do(ctx, wire.ServeQueryPathInfos, func(w *wire.Writer) error {
		w.Strings([]string{path})
		return nil
	}, func(r *wire.Reader) error {
		for p := r.OptionalPath(); p != ""; p = r.OptionalPath() {
			if i := r.ServeInfo(p); p == path {
				info = i
			}
		}
		return nil
	})
	if err == nil && info == nil {
		err = &store.InvalidPathError{Path: path}
	}
	return info, err
}

// References implements store.Store.
func (s *Store) References(ctx context.Context, path string) ([]string, error) {
	info, err := s.Info(ctx, path)
	if err != nil {
		return nil, err
	}
	return info.References, nil
}

// errUnsupported is the error of what the protocol does not have.
var errUnsupported = errors.New("a store that is reached by ssh:// cannot be asked for that; ssh-ng:// can")

// Referrers implements store.Store.
func (s *Store) Referrers(ctx context.Context, path string) ([]string, error) {
	if valid, err := s.IsValid(ctx, path); err != nil || !valid {
		return nil, errors.Join(err, &store.InvalidPathError{Path: path})
	}
	return nil, errUnsupported
}

// Derivers implements store.Store.
func (s *Store) Derivers(context.Context, string) ([]string, error) { return nil, errUnsupported }

// Complete implements store.Store.
func (s *Store) Complete(context.Context, string) (string, error) { return "", errUnsupported }

// Paths implements store.Store.
func (s *Store) Paths(context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) { yield("", store.ErrNoList) }
}

// WriteNAR implements store.Store.
func (s *Store) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	if valid, err := s.IsValid(ctx, path); err != nil {
		return err
	} else if !valid {
		return &store.InvalidPathError{Path: path}
	}
	return s.do(ctx, wire.ServeDumpStorePath, func(w *wire.Writer) error {
		w.String(path)
		return nil
	}, func(r *wire.Reader) error { return nar.Copy(w, r.Raw()) })
}

// AddText implements store.Store.
func (s *Store) AddText(ctx context.Context, text store.Text) (string, error) {
	path, _, err := s.Add(ctx, store.Source{
		Name: text.Name, Method: storepath.Text, Reader: strings.NewReader(text.Contents), References: text.References, Budget: text.Budget,
	})
	return path, err
}

// Add implements store.Store. What is added is kept in memory until it is sent.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	info, archive, err := daemon.Object(ctx, s.dir, src)
	if err != nil {
		return "", nixhash.Hash{}, err
	}
	defer archive.Close()
	return info.Path, info.CA.Hash, s.AddNAR(ctx, info, archive)
}

// AddAll implements store.Store.
func (s *Store) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	return store.AddEach(ctx, s, objects)
}

// AddNAR implements store.Store.
func (s *Store) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	if valid, err := s.valid(ctx, info.Path, true); err != nil || valid {
		return err
	}
	return s.do(ctx, wire.ServeAddToStoreNar, func(w *wire.Writer) error {
		w.String(info.Path)
		w.Info(info)
		_, err := io.Copy(w.Raw(), store.CheckNAR(ctx, info, r))
		return err
	}, func(r *wire.Reader) error {
		if r.Uint64() != 1 && r.Err() == nil {
			return errors.New("failed to add path to the remote host")
		}
		return nil
	})
}

// AddSignatures implements store.Store.
func (s *Store) AddSignatures(context.Context, string, []string) error { return errUnsupported }

// AddTempRoot implements store.Store. The path is kept as long as the connection.
func (s *Store) AddTempRoot(ctx context.Context, path string) error {
	_, err := s.valid(ctx, path, true)
	return err
}
