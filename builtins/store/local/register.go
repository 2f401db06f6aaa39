package local

// This file defines the writer: the one place where paths become valid.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A writer makes all changes of the database, in one connection. Jobs that come
// while another one is written share the next sync and the next transaction.
type writer struct {
	store *Store
	db    *database // used by loop alone

	mu      sync.Mutex
	queue   []*job
	running bool // loop runs
	closed  bool
	idle    sync.WaitGroup
}

// A job is a change of the database.
type job struct {
	ctx   context.Context
	files []string // on the disk, which must have reached it before
	many  bool     // files are trees, or so many that each is not worth a sync
	fn    func(*database) error
	done  chan error // has room for the result
}

// open opens the connection, and makes the tables that are missing.
func (w *writer) open(ctx context.Context) error {
	db, err := openDB(w.store.dbPath(), existing)
	if err != nil {
		return err
	}
	w.db = db
	if w.store.opts.CADerivations {
		return migrateCA(ctx, db)
	}
	return nil
}

// do runs fn in a transaction, together with others.
func (w *writer) do(ctx context.Context, fn func(*database) error) error {
	return w.run(&job{ctx: ctx, fn: fn})
}

// run runs a job, and waits for its end: after an error nothing was changed.
func (w *writer) run(j *job) error {
	if err := context.Cause(j.ctx); err != nil {
		return err
	}
	j.done = make(chan error, 1)
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return errClosed
	}
	w.queue = append(w.queue, j)
	if !w.running {
		w.running = true
		w.idle.Go(w.loop)
	}
	w.mu.Unlock()
	return <-j.done
}

// loop runs jobs until there are none.
func (w *writer) loop() {
	for {
		w.mu.Lock()
		jobs := w.queue
		w.queue = nil
		w.running = len(jobs) > 0
		w.mu.Unlock()
		if len(jobs) == 0 {
			return
		}
		errs := make([]error, len(jobs))
		if err := w.commit(jobs, errs); err != nil {
			for i := range errs {
				if errs[i] == nil {
					errs[i] = err
				}
			}
		}
		for i, j := range jobs {
			j.done <- errs[i]
		}
	}
}

// commit runs jobs in one transaction. errs gets the errors of those that are
// undone alone; the result is an error of them all.
func (w *writer) commit(jobs []*job, errs []error) error {
	// The work ends early only if nobody is left that waits for it.
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var left atomic.Int64
	left.Store(int64(len(jobs)))
	for _, j := range jobs {
		stop := context.AfterFunc(j.ctx, func() {
			if left.Add(-1) == 0 {
				cancel(context.Cause(j.ctx))
			}
		})
		defer stop()
	}
	if err := w.sync(jobs); err != nil {
		return err
	}
	busy := func() { w.store.log("SQLite database '" + w.store.dbPath() + "' is busy") }
	return w.db.transact(ctx, busy, func() error {
		for i, j := range jobs {
			if errs[i] = context.Cause(j.ctx); errs[i] != nil {
				continue
			}
			if len(jobs) == 1 {
				return j.fn(w.db)
			}
			errs[i] = w.db.savepoint(func() error { return j.fn(w.db) })
			if err := context.Cause(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// fewFiles is up to how many files are synced one by one. To sync them all with
// their file system is faster soon, but waits for what others have written, too.
const fewFiles = 4

// sync makes the files of jobs reach the disk.
func (w *writer) sync(jobs []*job) error {
	if w.store.opts.NoSync {
		return nil
	}
	var files []string
	many := false
	for _, j := range jobs {
		files = append(files, j.files...)
		many = many || j.many
	}
	switch {
	case len(files) == 0:
		return nil
	case many || len(files) > fewFiles:
		return syncTree(w.store.real)
	}
	for _, file := range files {
		if err := syncFile(file); err != nil {
			return err
		}
	}
	return syncFile(w.store.real) // which has their names
}

// syncFile makes a file or directory reach the disk.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// close waits for the jobs, and closes the connection.
func (w *writer) close() error {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.idle.Wait()
	if w.db == nil {
		return nil
	}
	db := w.db
	w.db = nil
	return db.close()
}

// An entry is a path that becomes valid.
type entry struct {
	*store.PathInfo
	drv *drv.Derivation // of a derivation
}

// newEntry returns the entry of a path whose files are there. vouched is for a
// derivation of which the caller knows that its output paths are right.
func (s *Store) newEntry(ctx context.Context, info *store.PathInfo, text *string, vouched bool) (entry, error) {
	e := entry{PathInfo: info}
	name, isDrv := strings.CutSuffix(filepath.Base(info.Path), storepath.DrvExtension)
	if !isDrv {
		return e, nil
	}
	var err error
	if text == nil {
		e.drv, err = s.readDrv(info.Path)
	} else {
		e.drv, err = drv.ParseFile(s.dir, info.Path, *text)
	}
	if err != nil {
		return e, err
	}
	if !vouched {
		e.drv.Name = name[len(name)-len(e.drv.Name):]
		err = s.checkOutputs(ctx, info.Path, e.drv)
	}
	return e, err
}

// maxDrv is how large a .drv file can be that is read, in bytes.
const maxDrv = 256 << 20

// readDrv reads the derivation at a path whose file is there, valid or not.
func (s *Store) readDrv(path string) (*drv.Derivation, error) {
	info, err := os.Lstat(s.RealPath(path))
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxDrv {
		return nil, fmt.Errorf("error parsing derivation '%s': it is no file, or too large", path)
	}
	text, err := os.ReadFile(s.RealPath(path))
	if err != nil {
		return nil, err
	}
	return drv.ParseFile(s.dir, path, string(text))
}

// checkOutputs checks that the output paths of a derivation are those that follow
// from it: another path could be that of what others want to build.
func (s *Store) checkOutputs(ctx context.Context, path string, d *drv.Derivation) error {
	check := *d
	check.Outputs = slices.Clone(d.Outputs)
	if err := check.FillOutputs(s.dir, s.modulo); err != nil {
		return fmt.Errorf("derivation '%s': %w", path, err)
	}
	for i, o := range d.Outputs {
		if want := check.Outputs[i].Path; o.Path != "" && o.Path != want {
			return fmt.Errorf("derivation '%s' has incorrect output '%s', should be '%s'", path, o.Path, want)
		}
	}
	return context.Cause(ctx)
}

// modulo is a drv.Lookup that reads the derivations of the store.
func (s *Store) modulo(path string) (*drv.Modulo, error) {
	s.moduloMu.Lock()
	m := s.modulos[path]
	s.moduloMu.Unlock()
	if m != nil {
		return m, nil
	}
	d, err := s.readDrv(path)
	if err != nil {
		return nil, err
	}
	if m, err = d.Modulo(s.modulo); err != nil {
		return nil, err
	}
	s.moduloMu.Lock()
	defer s.moduloMu.Unlock()
	s.modulos[path] = m
	return m, nil
}

// insert makes paths valid, within a transaction. Those that are get what is new
// about them.
func insert(db *database, entries []entry) error {
	if err := checkCycles(entries); err != nil {
		return err
	}
	ids := make(map[string]int64, len(entries))
	for _, e := range entries {
		id, err := insertPath(db, e)
		if err != nil {
			return err
		}
		ids[e.Path] = id
	}
	for _, e := range entries {
		for _, ref := range e.References {
			id := ids[ref]
			if id == 0 {
				var err error
				if id, err = idOf(db, ref); err != nil {
					return err
				}
				if id == 0 {
					return &store.MissingReferenceError{Path: e.Path, Missing: &store.InvalidPathError{Path: ref}}
				}
				ids[ref] = id
			}
			if err := db.exec("insert or ignore into Refs (referrer, reference) values (?, ?)", ids[e.Path], id); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertPath inserts the row of a path and, for a derivation, those of its
// outputs. It returns the number of the row.
func insertPath(db *database, e entry) (int64, error) {
	ultimate, size := any(nil), any(nil)
	if e.Ultimate {
		ultimate = int64(1)
	}
	if e.NARSize != 0 {
		size = e.NARSize
	}
	hash := e.NARHash.Prefixed(nixhash.Base16)
	sigs := nullable(strings.Join(e.Signatures, " "))
	ca := nullable(e.CA.String())
	registered := e.Registered
	if registered.IsZero() {
		registered = time.Now()
	}
	id, err := idOf(db, e.Path)
	switch {
	case err != nil:
		return 0, err
	case id != 0:
		err = db.exec("update ValidPaths set narSize = ?, hash = ?, ultimate = ?, sigs = ?, ca = ? where id = ?", size, hash, ultimate, sigs, ca, id)
	default:
		err = db.exec("insert into ValidPaths (path, hash, registrationTime, deriver, narSize, ultimate, sigs, ca) values (?, ?, ?, ?, ?, ?, ?, ?)",
			e.Path, hash, registered.Unix(), nullable(e.Deriver), size, ultimate, sigs, ca)
		id = db.lastID()
	}
	if err != nil || e.drv == nil {
		return id, err
	}
	for _, o := range e.drv.Outputs {
		if o.Path == "" {
			continue // known only once it is built
		}
		if err := db.exec("insert or replace into DerivationOutputs (drv, id, path) values (?, ?, ?)", id, o.Name, o.Path); err != nil {
			return id, err
		}
	}
	return id, nil
}

// checkCycles returns an error if entries refer to each other in a circle. What
// is valid already cannot be part of one: it refers to valid paths only.
func checkCycles(entries []entry) error {
	if len(entries) < 2 {
		return nil
	}
	const inProgress, finished = 1, 2
	state := make(map[string]int, len(entries))
	byPath := make(map[string]*store.PathInfo, len(entries))
	for _, e := range entries {
		byPath[e.Path] = e.PathInfo
	}
	var visit func(info *store.PathInfo) error
	visit = func(info *store.PathInfo) error {
		state[info.Path] = inProgress
		for _, ref := range info.References {
			next := byPath[ref]
			if next == nil || ref == info.Path || state[ref] == finished {
				continue
			}
			if state[ref] == inProgress {
				return fmt.Errorf("cycle detected in the references of '%s' from '%s'", ref, info.Path)
			}
			if err := visit(next); err != nil {
				return err
			}
		}
		state[info.Path] = finished
		return nil
	}
	for _, e := range entries {
		if state[e.Path] == finished {
			continue
		}
		if err := visit(e.PathInfo); err != nil {
			return err
		}
	}
	return nil
}
