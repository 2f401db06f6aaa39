package local

// This file defines the folders and files of a store, and the order in which it
// is opened.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/filelock"
)

const (
	schemaVersion = 10
	linksName     = ".links"

	// reservedSize is the size of the file that is removed when the disk is full,
	// so that the database has room to forget paths.
	reservedSize = 8 << 20
)

// open opens s, in the order that Nix has.
func (s *Store) open(ctx context.Context) error {
	if !supported {
		return fmt.Errorf("a store on the disk: %w on this system", errors.ErrUnsupported)
	}
	if !s.opts.AllowSymlinked {
		if err := checkNoSymlinks(s.real); err != nil {
			return err
		}
	}
	if s.opts.ReadOnly {
		if _, _, err := s.readSchema(); err != nil {
			return err
		}
		if err := s.readers.open(s.dbPath(), readOnly); err != nil || !s.opts.CADerivations {
			return err
		}
		return s.readers.with(ctx, func(db *database) error {
			var err error
			s.opts.CADerivations, err = hasCA(db)
			return err
		})
	}
	if err := s.makeFolders(); err != nil {
		return notAllowed(err)
	}
	// That there is no room to reserve is no reason to stop.
	_ = reserve(s.reservedPath())
	lock, err := os.OpenFile(filepath.Join(s.state, "db", "big-lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return notAllowed(err)
	}
	s.bigLock = lock
	waiting := func() { s.log("waiting for the big Nix store lock...") }
	if err := filelock.Wait(ctx, lock, filelock.Shared, waiting); err != nil {
		return err
	}
	version, found, err := s.readSchema()
	if err != nil {
		return err
	}
	if !found || version < schemaVersion {
		if err := s.upgrade(ctx, waiting); err != nil {
			return err
		}
	}
	if err := s.writer.open(ctx); err != nil {
		return err
	}
	return s.readers.open(s.dbPath(), existing)
}

// A permissionError is the error of a user who may not use a store.
type permissionError struct{ *fs.PathError }

// notAllowed returns err; one about permissions says what may be the reason.
func notAllowed(err error) error {
	var pe *fs.PathError
	if errors.Is(err, fs.ErrPermission) && errors.As(err, &pe) {
		return &permissionError{pe}
	}
	return err
}

func (e *permissionError) Error() string {
	return fmt.Sprintf("cannot open the store: \"%s\": Permission denied\n"+
		"This command may have been run as non-root in a single-user Nix installation,\nor the Nix daemon may have crashed.", e.Path)
}

func (e *permissionError) Unwrap() error { return e.PathError }

func (s *Store) dbPath() string       { return filepath.Join(s.state, "db", "db.sqlite") }
func (s *Store) reservedPath() string { return filepath.Join(s.state, "db", "reserved") }
func (s *Store) linksDir() string     { return filepath.Join(s.real, linksName) }

// makeFolders makes the folders that are not there, first those in which a user
// may not be allowed to.
func (s *Store) makeFolders() error {
	for _, dir := range []string{
		filepath.Join(s.state, "db"), s.real, s.linksDir(), filepath.Join(s.state, "temproots"),
		filepath.Join(s.state, "gcroots", "per-user"), filepath.Join(s.state, "profiles", "per-user"),
	} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// checkNoSymlinks returns an error if dir, or a folder on the way to it, is a
// symbolic link: builds could then see other paths than those that were hashed.
func checkNoSymlinks(dir string) error {
	for p := dir; ; p = filepath.Dir(p) {
		info, err := os.Lstat(p)
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("the path \"%s\" is a symlink; this is not allowed for the Nix store and its parent directories", p)
		}
		if filepath.Dir(p) == p {
			return nil
		}
	}
}

// reserve makes the reserved file unless it is there.
func reserve(path string) error {
	if info, err := os.Stat(path); err == nil && info.Size() == reservedSize {
		return nil
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(allocate(f, reservedSize), f.Close())
}

// readSchema returns the version of the schema; not found is a store that is new.
func (s *Store) readSchema() (version int, found bool, err error) {
	path := filepath.Join(s.state, "db", "schema")
	text, err := os.ReadFile(path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist) && s.opts.ReadOnly:
		return 0, false, errors.New("database does not exist, and cannot be created in read-only mode")
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	default:
		return 0, false, err
	}
	version, err = strconv.Atoi(strings.TrimSpace(string(text)))
	switch {
	case err != nil:
		return 0, true, fmt.Errorf("\"%s\" is corrupt", path)
	case version > schemaVersion:
		return 0, true, fmt.Errorf("current Nix store schema is version %d, but I only support %d", version, schemaVersion)
	case version < 5:
		//lint:ignore ST1005 the reference's words
		return 0, true, errors.New("Your Nix store has a database in Berkeley DB format,\n" +
			"which is no longer supported. To convert to the new format,\nplease upgrade Nix to version 0.12 first.")
	case version < 6:
		//lint:ignore ST1005 the reference's words
		return 0, true, errors.New("Your Nix store has a database in flat file format,\n" +
			"which is no longer supported. To convert to the new format,\nplease upgrade Nix to version 1.11 first.")
	case version < 7 || version < schemaVersion && s.opts.ReadOnly:
		//lint:ignore ST1005 Nix is a name
		return 0, true, fmt.Errorf("Nix store schema %d is too old to be read; open the store with a version of Nix that can upgrade it", version)
	}
	return version, true, nil
}

// upgrade makes the database, or brings it to the present schema, while nobody
// else uses the store.
func (s *Store) upgrade(ctx context.Context, waiting func()) error {
	// flock gives up the shared lock before it waits for the exclusive one: two
	// processes that both upgrade do not wait for each other.
	if err := filelock.Wait(ctx, s.bigLock, filelock.Exclusive, waiting); err != nil {
		return err
	}
	version, found, err := s.readSchema() // again: another process may have been faster
	if err != nil {
		return err
	}
	if !found || version < schemaVersion {
		a := existing
		if !found {
			a = create
		}
		db, err := openDB(s.dbPath(), a)
		if err != nil {
			return err
		}
		err = migrate(ctx, db, version)
		if err = errors.Join(err, db.close()); err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(s.state, "db", "schema"), strconv.Itoa(schemaVersion), 0o644); err != nil {
			return err
		}
	}
	return filelock.Wait(ctx, s.bigLock, filelock.Shared, waiting)
}

// migrate brings a database from a version of the schema to the present one; 0
// is an empty database.
func migrate(ctx context.Context, db *database, version int) error {
	return db.transact(ctx, nil, func() error {
		if version == 0 {
			return db.script(schema)
		}
		if version < 8 {
			if err := db.script("alter table ValidPaths add column ultimate integer; alter table ValidPaths add column sigs text;"); err != nil {
				return err
			}
		}
		if version < 9 {
			if err := db.script("drop table if exists FailedPaths;"); err != nil {
				return err
			}
		}
		return db.script("alter table ValidPaths add column ca text;")
	})
}

// writeSynced replaces a file by one with that text, which is on the disk before
// it takes the name.
func writeSynced(path, text string, perm fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(perm), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	return syncFile(filepath.Dir(path))
}
