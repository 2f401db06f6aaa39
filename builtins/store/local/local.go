// Package local is the store on the disk of the machine, in Nix's own layout and
// with Nix's own database (schema version 10). Nix and firn can use one store at
// the same time: the locks are Nix's too.
//
//	Store     the store; Open opens one, or makes it
//	Options   where it is
//
// The parts, one to a file:
//
//	layout     the folders, the schema, the lock that all users share
//	sqlite     the database engine, behind a few functions
//	query      what the store says of its paths
//	register   the one writer: paths become valid, many in one transaction
//	add        texts and archives become files of the store;  ingest  files and trees
//	restore    an archive becomes files, with canonical metadata
//	lock       locks of paths;  temproot  what this process uses
//	roots      what keeps paths;  collect  what nothing keeps
//	verify     is everything as it was?  optimise  equal files become one
//	dump       the database as a text
//
// Files reach the disk before their path is registered: a row of the database is
// a promise that a loss of power must not break. Every lock is followed by a
// second look, since another process may have done the work meanwhile.
package local

// This file defines Options, Store, and how one is opened and closed.

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Options say where a store is, and how it is used. The zero Options are the
// store of most machines: /nix/store and /nix/var/nix.
type Options struct {
	Dir    storepath.Dir // as paths have it; "" is /nix/store
	Root   string        // of a chroot store, whose folders are below Root/nix; "" is no such store
	Real   string        // folder on the disk that Dir stands for; "" is Dir, or Root/nix/store
	State  string        // folder of database, locks and roots; "" is /nix/var/nix, or Root/nix/var/nix
	LogDir string        // folder of build logs; "" is /nix/var/log/nix, or Root/nix/var/log/nix

	ReadOnly       bool // nothing is written, not even a lock; the store must be there
	CADerivations  bool // the database has the tables of content-addressed derivations
	AutoOptimise   bool // files with equal contents become one as they are added
	NoSync         bool // files are not synced; a loss of power can then empty valid ones
	AllowSymlinked bool // a parent of the store directory may be a symbolic link

	// Builder, if not nil, returns what builds derivations in the store. It is called once,
	// when that is asked for.
	Builder func(*Store) store.Builder
	// Log, if not nil, is told of long waits and other things worth telling, in the
	// reference's words. Several goroutines may call it at once.
	Log func(text string)
}

// A Store is a store.Store on the disk. Open opens one; the caller must close it.
type Store struct {
	opts   Options
	dir    storepath.Dir
	real   string // folder on the disk that has the objects
	state  string
	logDir string

	bigLock *os.File // held shared from Open to Close; nil if read-only
	tempDir tempNames

	readers readers
	writer  writer
	temp    tempRoots

	builder func() store.Builder // Options.Builder, called once

	moduloMu sync.Mutex
	modulos  map[string]*drv.Modulo // of derivations that were registered or are inputs of such; guarded by moduloMu
}

// errClosed is the error of using a store after Close.
var errClosed = errors.New("the store is closed")

// Open opens a store, and makes it if it is not there. It waits for an upgrade
// by another process until ctx is done.
func Open(ctx context.Context, opts Options) (*Store, error) {
	s := &Store{opts: opts, dir: opts.Dir, modulos: map[string]*drv.Modulo{}}
	if s.dir == "" {
		s.dir = storepath.DefaultDir
	}
	pick := func(set, inRoot, usual string) string {
		switch {
		case set != "":
			return filepath.Clean(set)
		case opts.Root != "":
			return filepath.Join(opts.Root, inRoot)
		}
		return usual
	}
	s.real = pick(opts.Real, "nix/store", string(s.dir))
	s.state = pick(opts.State, "nix/var/nix", "/nix/var/nix")
	s.logDir = pick(opts.LogDir, "nix/var/log/nix", "/nix/var/log/nix")
	s.writer.store, s.temp.store = s, s
	s.builder = sync.OnceValue(func() store.Builder {
		if opts.Builder == nil || opts.ReadOnly {
			return nil
		}
		return opts.Builder(s)
	})
	if err := s.open(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// Close waits for what is being written, and gives up the locks and temporary
// roots of the store.
func (s *Store) Close() error {
	errs := []error{s.writer.close(), s.readers.close(), s.temp.close()}
	if s.bigLock != nil {
		errs = append(errs, s.bigLock.Close())
		s.bigLock = nil
	}
	return errors.Join(errs...)
}

// log tells the caller something.
func (s *Store) log(text string) {
	if s.opts.Log != nil {
		s.opts.Log(text)
	}
}

// Dir implements store.Store.
func (s *Store) Dir() storepath.Dir { return s.dir }

// ReadOnly implements store.Store.
func (s *Store) ReadOnly() bool { return s.opts.ReadOnly }

// Builder implements store.Store: the package builds nothing itself.
func (s *Store) Builder() store.Builder { return s.builder() }

// Keeper implements store.Store.
func (s *Store) Keeper() store.Keeper {
	if s.opts.ReadOnly {
		return nil
	}
	return keeper{s}
}

// RealPath returns where on the disk a path of the store is, which has the store
// directory in front of it.
func (s *Store) RealPath(path string) string {
	return s.real + filepath.FromSlash(path[len(s.dir):])
}

// StateDir returns the folder of database, locks and roots.
func (s *Store) StateDir() string { return s.state }

// LogDir returns the folder of build logs.
func (s *Store) LogDir() string { return s.logDir }

// RealDir returns the folder on the disk that has the store objects.
func (s *Store) RealDir() string { return s.real }
