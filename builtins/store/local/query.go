package local

// This file defines what the store says of its paths.

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// readers are connections for queries. Queries do not wait for the writer.
type readers struct {
	path   string
	access access        // readOnly or existing
	slots  chan struct{} // one for each query that runs

	mu     sync.Mutex
	free   []*database
	closed bool
}

// maxReaders is how many queries run at once.
const maxReaders = 8

// open makes the first connection, so that a database that cannot be read is an
// error early.
func (r *readers) open(path string, a access) error {
	r.path, r.access, r.slots = path, a, make(chan struct{}, maxReaders)
	db, err := openDB(path, a)
	if err != nil {
		return err
	}
	r.free = []*database{db}
	return db.query("select 1 from ValidPaths limit 1", nil)
}

// An access is what a connection may do with the file of a database.
type access int

const (
	existing access = iota // read and write
	readOnly
	create // read and write, and make the file
)

// with runs fn with a connection, and ends it when ctx is done.
func (r *readers) with(ctx context.Context, fn func(*database) error) error {
	if err := context.Cause(ctx); err != nil {
		return err
	}
	select {
	case r.slots <- struct{}{}:
	default:
		select {
		case r.slots <- struct{}{}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	defer func() { <-r.slots }()
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return errClosed
	}
	var db *database
	if n := len(r.free); n > 0 {
		db, r.free = r.free[n-1], r.free[:n-1]
	}
	r.mu.Unlock()
	if db == nil {
		var err error
		if db, err = openDB(r.path, r.access); err != nil {
			return err
		}
	}
	end := db.within(ctx)
	err := explain(ctx, fn(db))
	end()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		_ = db.close()
	} else {
		r.free = append(r.free, db)
	}
	return err
}

// close closes the connections that are free. Those in use are closed when they
// become so.
func (r *readers) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	for _, db := range r.free {
		if e := db.close(); err == nil {
			err = e
		}
	}
	r.free, r.closed = nil, true
	return err
}

// IsValid implements store.Store.
func (s *Store) IsValid(ctx context.Context, path string) (valid bool, err error) {
	err = s.readers.with(ctx, func(db *database) error {
		id, err := idOf(db, path)
		valid = id != 0
		return err
	})
	return valid, err
}

// idOf returns the number of the row of a path; 0 if it is not valid.
func idOf(db *database, path string) (id int64, err error) {
	err = db.query("select id from ValidPaths where path = ?", func(r row) error { id = r.int(0); return nil }, path)
	return id, err
}

// withID runs fn with the number of a valid path.
func (s *Store) withID(ctx context.Context, path string, fn func(db *database, id int64) error) error {
	return s.readers.with(ctx, func(db *database) error {
		id, err := idOf(db, path)
		if err != nil {
			return err
		}
		if id == 0 {
			return &store.InvalidPathError{Path: strings.Clone(path)}
		}
		return fn(db, id)
	})
}

// texts runs a query whose result is one column of texts.
func texts(db *database, query string, args ...any) (list []string, err error) {
	err = db.query(query, func(r row) error { list = append(list, r.text(0)); return nil }, args...)
	return list, err
}

// Info implements store.Store.
func (s *Store) Info(ctx context.Context, path string) (info *store.PathInfo, err error) {
	err = s.readers.with(ctx, func(db *database) error {
		info, err = infoOf(db, path)
		return err
	})
	return info, err
}

// infoOf returns what the database says of a path.
func infoOf(db *database, path string) (*store.PathInfo, error) {
	var info *store.PathInfo
	var id int64
	err := db.query("select id, hash, registrationTime, deriver, narSize, ultimate, sigs, ca from ValidPaths where path = ?", func(r row) error {
		id = r.int(0)
		info = &store.PathInfo{Path: strings.Clone(path)}
		return decodeInfo(info, r)
	}, path)
	if err != nil {
		return nil, err
	}
	if info == nil {
		return nil, &store.InvalidPathError{Path: strings.Clone(path)}
	}
	info.References, err = referencesOf(db, id)
	return info, err
}

// decodeInfo fills info from the columns 1 to 7: hash, registrationTime, deriver,
// narSize, ultimate, sigs, ca.
func decodeInfo(info *store.PathInfo, r row) error {
	h, err := decodeHash(r.text(1))
	if err != nil {
		return fmt.Errorf("in valid-path entry for '%s': %w", info.Path, err)
	}
	ca, err := store.ParseContentAddress(r.text(7))
	if err != nil {
		return fmt.Errorf("in valid-path entry for '%s': %w", info.Path, err)
	}
	info.NARHash, info.NARSize, info.CA = h, r.int(4), ca
	info.Registered = time.Unix(r.int(2), 0)
	info.Deriver = r.text(3)
	info.Ultimate = r.int(5) == 1
	if sigs := strings.Fields(r.text(6)); len(sigs) > 0 {
		slices.Sort(sigs)
		info.Signatures = sigs
	}
	return nil
}

// decodeHash reads the hash of an archive, "sha256:" and base16.
func decodeHash(text string) (nixhash.Hash, error) {
	h := nixhash.Hash{Algo: nixhash.SHA256}
	if digits, ok := strings.CutPrefix(text, "sha256:"); ok && len(digits) == 2*nixhash.SHA256.Size() {
		if _, err := hex.Decode(h.Digest[:], []byte(digits)); err == nil {
			return h, nil
		}
	}
	return nixhash.Parse(text, 0)
}

// referencesOf returns the references of a row, sorted.
func referencesOf(db *database, id int64) ([]string, error) {
	list, err := texts(db, "select path from Refs join ValidPaths on reference = id where referrer = ?", id)
	slices.Sort(list)
	return list, err
}

// References implements store.Store.
func (s *Store) References(ctx context.Context, path string) (refs []string, err error) {
	err = s.withID(ctx, path, func(db *database, id int64) error {
		refs, err = referencesOf(db, id)
		return err
	})
	return refs, err
}

// Referrers implements store.Store. A path that refers to itself is among its
// own.
func (s *Store) Referrers(ctx context.Context, path string) (list []string, err error) {
	err = s.withID(ctx, path, func(db *database, id int64) error {
		list, err = texts(db, "select path from Refs join ValidPaths on referrer = id where reference = ?", id)
		return err
	})
	slices.Sort(list)
	return list, err
}

// Derivers implements store.Store.
func (s *Store) Derivers(ctx context.Context, path string) (list []string, err error) {
	err = s.readers.with(ctx, func(db *database) error {
		list, err = texts(db, "select v.path from DerivationOutputs d join ValidPaths v on d.drv = v.id where d.path = ?", path)
		return err
	})
	slices.Sort(list)
	return list, err
}

// Outputs returns the outputs of a derivation that are known, by their names.
// They need not be valid.
func (s *Store) Outputs(ctx context.Context, drvPath string) (outputs map[string]string, err error) {
	outputs = map[string]string{}
	err = s.withID(ctx, drvPath, func(db *database, id int64) error {
		return db.query("select id, path from DerivationOutputs where drv = ?", func(r row) error {
			outputs[r.text(0)] = r.text(1)
			return nil
		}, id)
	})
	return outputs, err
}

// Complete implements store.Store.
func (s *Store) Complete(ctx context.Context, hashPart string) (found string, err error) {
	prefix := string(s.dir) + "/" + hashPart
	err = s.readers.with(ctx, func(db *database) error {
		list, err := texts(db, "select path from ValidPaths where path >= ? limit 1", prefix)
		if len(list) == 1 && strings.HasPrefix(list[0], prefix+"-") {
			found = list[0]
		}
		return err
	})
	return found, err
}

// pageSize is how many paths one query of Paths returns: no query, and so no old
// state of the database, lasts as long as the caller's loop.
const pageSize = 1000

// Paths implements store.Store. They are sorted.
func (s *Store) Paths(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		last := ""
		for {
			var list []string
			err := s.readers.with(ctx, func(db *database) (err error) {
				list, err = texts(db, "select path from ValidPaths where path > ? order by path limit ?", last, int64(pageSize))
				return err
			})
			if err != nil {
				yield("", err)
				return
			}
			for _, path := range list {
				if !yield(path, nil) {
					return
				}
			}
			if len(list) < pageSize {
				return
			}
			last = list[len(list)-1]
		}
	}
}

// AddSignatures implements store.Store.
func (s *Store) AddSignatures(ctx context.Context, path string, signatures []string) error {
	if s.opts.ReadOnly {
		return store.ErrReadOnly
	}
	for _, sig := range signatures {
		if strings.ContainsAny(sig, " \t\n") {
			return fmt.Errorf("signature %q is corrupt", sig)
		}
	}
	return s.writer.do(ctx, func(db *database) error {
		info, err := infoOf(db, path)
		if err != nil {
			return err
		}
		all := slices.Concat(info.Signatures, signatures)
		slices.Sort(all)
		return db.exec("update ValidPaths set sigs = ? where path = ?", nullable(strings.Join(slices.Compact(all), " ")), path)
	})
}

// WriteNAR implements store.Store.
func (s *Store) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	valid, err := s.IsValid(ctx, path)
	if err != nil {
		return err
	}
	if !valid {
		return &store.InvalidPathError{Path: strings.Clone(path)}
	}
	return nar.Write(w, store.Files(ctx, s.Files()), path, nil)
}

// Files implements store.Store. What is in the store directory and not valid,
// such as what is being written, is to be seen as well.
func (s *Store) Files() world.Host { return files{s} }

type files struct{ s *Store }

// find returns where on the disk a path is.
func (f files) find(op, path string) (string, error) {
	dir := string(f.s.dir)
	if !world.Below(path, dir) {
		return "", &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
	}
	return world.FromOSPath(f.s.real) + path[len(dir):], nil
}

func (f files) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	real, err := f.find("lstat", path)
	if err != nil {
		return world.FileInfo{}, err
	}
	return world.OS().Lstat(ctx, real)
}

func (f files) Open(ctx context.Context, path string) (world.File, error) {
	real, err := f.find("open", path)
	if err != nil {
		return nil, err
	}
	return world.OS().Open(ctx, real)
}

func (f files) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	real, err := f.find("open", path)
	if err != nil {
		return nil, err
	}
	return world.OS().ReadDir(ctx, real)
}

func (f files) ReadLink(ctx context.Context, path string) (string, error) {
	real, err := f.find("readlink", path)
	if err != nil {
		return "", err
	}
	return world.OS().ReadLink(ctx, real)
}

func (f files) Getenv(context.Context, string) string { return "" }
