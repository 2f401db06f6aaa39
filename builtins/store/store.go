// Package store is a store in memory: what an evaluation would write, kept so
// that it can be read back.
//
//	Store       derivations, texts and sources, by store path
//	Store.Host  the world as it would be if all that was on disk
//
// Make a Store with New, give it to the evaluator as its core.Store, and its
// Host as the evaluator's world. Nothing is written to disk. A Store may be
// used by several goroutines at once.
package store

// This file defines Store, and how objects get into it.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// A Store keeps what an evaluation puts into the store.
type Store struct {
	dir      storepath.Dir
	host     world.Host // the world without the store
	readOnly bool       // nothing is put into it
	onAdd    func(Object) error

	mu      sync.RWMutex
	drvs    map[string]*derivation // by path
	texts   map[string]*text       // by path; without derivations
	sources map[string]source      // by path
	trees   map[string]*Tree       // by path
}

// A derivation is what is kept of one. Its text is much smaller than the parsed
// form, which few of them are ever asked for.
type derivation struct {
	modulo *drv.Modulo
	text   string
}

// A text is a file with a hash and references.
type text struct {
	contents string
	refs     []string // store paths, sorted
}

// A source is where an object was copied from.
type source struct {
	path   string
	absent map[string]bool // paths that the filter kept out, with all below them
}

// without returns the error for path if the filter kept it out.
func (src source) without(path string) error {
	if len(src.absent) == 0 {
		return nil
	}
	for i := len(src.path); i <= len(path); i++ {
		if (i == len(path) || path[i] == '/') && src.absent[path[:i]] {
			return &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
	}
	return nil
}

// NewReadOnly returns a store that can only be looked at: paths of what would
// be put there are computed, and that is all. Only what is on disk is in it.
func NewReadOnly(dir string, host world.Host) *Store {
	s := New(dir, host)
	s.readOnly = true
	return s
}

// New returns an empty store. dir is the store directory; "" stands for the
// usual one.
func New(dir string, host world.Host) *Store {
	if dir == "" {
		dir = string(storepath.DefaultDir)
	}
	return &Store{
		dir:     storepath.Dir(dir),
		host:    host,
		drvs:    map[string]*derivation{},
		texts:   map[string]*text{},
		sources: map[string]source{},
		trees:   map[string]*Tree{},
	}
}

// An Object is something that is put into the store.
type Object struct {
	Path       string   // in the store
	Text       string   // of a derivation or text file
	Source     string   // of a copy: what it is a copy of, in the world of the evaluation; or ""
	References []string // store paths that it refers to, sorted, but for inputs of derivations
}

// OnAdd makes the store call fn once for each object that is put into it, before
// its path is returned. An error of fn is one of what puts the object there. It
// is to be called before the store is used.
func (s *Store) OnAdd(fn func(Object) error) { s.onAdd = fn }

func (s *Store) tell(o Object) error {
	if s.onAdd == nil {
		return nil
	}
	return s.onAdd(o)
}

// Retain makes a store that nothing is put into forget what it knows of
// derivations, but for those whose paths alive says are still in use.
func (s *Store) Retain(alive func(path string) bool) {
	if !s.readOnly {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for path := range s.drvs {
		if !alive(path) {
			delete(s.drvs, path)
		}
	}
}

// Sources returns what was copied to the store: the file or folder, by its path in
// the store.
func (s *Store) Sources() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make(map[string]string, len(s.sources))
	for to, from := range s.sources {
		out[to] = from.path
	}
	return out
}

// Dir returns the store directory.
func (s *Store) Dir() string { return string(s.dir) }

// Paths returns what makes and reads paths of this store.
func (s *Store) Paths() storepath.Dir { return s.dir }

// A Session is a store as one evaluation uses it. What reads files has a context.
type Session struct {
	*Store
	ctx    context.Context
	budget Budget // nil if there is none
}

// A Budget says whether an evaluation may go on, and counts what it keeps here. It
// is mostly a *core.Call.
type Budget interface {
	budget.Budget
	Ctx() context.Context
}

// For returns the store for use in an evaluation with that budget.
func (s *Store) For(budget Budget) Session { return Session{s, budget.Ctx(), budget} }

// charge counts bytes that the store keeps.
func (s Session) charge(bytes int) error {
	if s.budget == nil || s.readOnly {
		return nil
	}
	return s.budget.Charge(bytes)
}

// In returns the store for use in an evaluation, or another piece of work, with
// that context.
func (s *Store) In(ctx context.Context) Session { return Session{s, ctx, nil} }

// CopyPath puts the tree at path into the store, and returns its path there.
func (s *Store) CopyPath(ctx context.Context, path, name string) (string, error) {
	return s.In(ctx).AddPath(path, name, Import{Method: storepath.NAR})
}

// An Import says how AddPath copies a tree.
type Import struct {
	Method storepath.Method // Flat or NAR
	Filter nar.Filter       // nil lets everything through
	Refs   []string         // store paths that the tree refers to, sorted
}

// AddPath puts the file or tree at path into the store, and returns its path
// there.
func (s Session) AddPath(path, name string, how Import) (string, error) {
	out, _, err := s.AddHashed(path, name, how)
	return out, err
}

// AddHashed is AddPath, and returns the hash that the path was made of, too.
func (s Session) AddHashed(path, name string, how Import) (string, nixhash.Hash, error) {
	var h nixhash.Hash
	var err error
	var files nar.FS = hostFS{storeHost{s.Store}, s.ctx}
	if s.budget != nil {
		files = nar.Within(s.budget, files)
	}
	var absent map[string]bool
	if filter := how.Filter; filter != nil && !s.readOnly {
		absent = map[string]bool{}
		how.Filter = func(path string, kind nar.Kind) (bool, error) {
			keep, err := filter(path, kind)
			if err == nil && !keep {
				absent[strings.Clone(path)] = true
			}
			return keep, err
		}
	}
	if how.Method == storepath.Flat {
		h, _, err = nar.HashFlat(nixhash.SHA256, files, path)
	} else {
		h, _, err = nar.Hash(nixhash.SHA256, files, path, how.Filter)
	}
	if err != nil {
		return "", h, err
	}
	p, err := s.dir.MakeFixed(name, how.Method, h, storepath.References{Paths: how.Refs})
	if err != nil {
		return "", h, err
	}
	out := s.dir.Text(p)
	if s.readOnly {
		return out, h, nil
	}
	// What is on disk needs no source; it could be made of itself.
	if _, err := s.host.Lstat(s.ctx, out); err == nil {
		return out, h, nil
	}
	s.mu.Lock()
	_, known := s.sources[out]
	if !known && out != path {
		s.sources[out] = source{path: strings.Clone(path), absent: absent}
	}
	s.mu.Unlock()
	if known || out == path {
		return out, h, nil
	}
	return out, h, s.tell(Object{Path: out, Source: strings.Clone(path), References: slices.Clone(how.Refs)})
}

// AddText puts a text file into the store, and returns its path there. refs are
// the store paths that it refers to, sorted.
func (s Session) AddText(name, contents string, refs []string) (string, error) {
	h, err := nixhash.SumText(s.budget, nixhash.SHA256, contents)
	if err != nil {
		return "", err
	}
	p, err := s.dir.MakeTextWithin(s.budget, name, [sha256.Size]byte(h.Bytes()), refs)
	if err != nil {
		return "", err
	}
	out := s.dir.Text(p)
	if s.readOnly {
		return out, nil
	}
	if err := s.charge(len(contents)); err != nil {
		return "", err
	}
	s.mu.Lock()
	known := s.texts[out] != nil || s.drvs[out] != nil
	if !known {
		s.texts[out] = &text{strings.Clone(contents), slices.Clone(refs)}
	}
	t := s.texts[out]
	s.mu.Unlock()
	if known {
		return out, nil
	}
	return out, s.tell(Object{Path: out, Text: t.contents, References: t.refs})
}

// AddDerivation computes the paths of d and its outputs, puts it into the
// store, and returns the path of the .drv file. Nothing of d is kept.
func (s Session) AddDerivation(d *drv.Derivation) (string, error) {
	path, m, err := d.Instantiate(s.dir, s.Modulo)
	if err != nil {
		return "", err
	}
	s.mu.RLock()
	known := s.drvs[path] != nil
	s.mu.RUnlock()
	if known {
		return path, nil
	}
	entry := &derivation{modulo: m}
	if !s.readOnly {
		if entry.text, err = d.Text(); err != nil {
			return "", err
		}
	}
	if s.budget != nil {
		// With what is remembered of every derivation.
		if err := s.budget.Charge(len(entry.text) + 200); err != nil {
			return "", err
		}
	}
	for i, name := range m.Outputs {
		if name == "out" {
			m.Outputs[i] = "out"
		} else {
			m.Outputs[i] = strings.Clone(name)
		}
	}
	s.mu.Lock()
	s.drvs[path] = entry
	s.mu.Unlock()
	if s.readOnly {
		return path, nil
	}
	return path, s.tell(Object{Path: path, Text: entry.text, References: slices.Clone(d.InputSrcs)})
}

// Modulo returns what the derivation with that path contributes to the hashes
// of others. It is a drv.Lookup.
func (s Session) Modulo(path string) (*drv.Modulo, error) {
	s.mu.RLock()
	entry := s.drvs[path]
	s.mu.RUnlock()
	if entry != nil && entry.modulo != nil {
		return entry.modulo, nil
	}
	d, err := s.Derivation(path)
	if err != nil {
		return nil, err
	}
	m, err := d.Modulo(s.Modulo)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	entry = &derivation{modulo: m}
	if !s.readOnly {
		entry.text = string(d.AppendATerm(nil))
	}
	s.drvs[strings.Clone(path)] = entry
	return m, nil
}

// Derivation reads the derivation with that path.
func (s Session) Derivation(path string) (*drv.Derivation, error) {
	p, err := s.dir.Parse(path)
	if err != nil {
		return nil, err
	}
	name, err := p.DrvName()
	if err != nil {
		return nil, err
	}
	t, err := s.Text(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &InvalidPathError{Path: strings.Clone(path), Derivation: true}
	} else if err != nil {
		return nil, err
	}
	d, err := drv.ParseWithin(s.budget, s.dir, name, t)
	if err != nil {
		return nil, fmt.Errorf("error parsing derivation '%s': %w", path, err)
	}
	return d, nil
}

// Text returns the contents of a derivation, or of a file that is a store
// object itself.
func (s Session) Text(path string) (string, error) {
	b, err := world.ReadFile(s.ctx, s.Host(), path, world.NoLimit)
	return string(b), err
}

// An InvalidPathError says that a store path is not in the store.
type InvalidPathError struct {
	Path       string
	Derivation bool // it was wanted as one
}

func (e *InvalidPathError) Error() string {
	if e.Derivation {
		return fmt.Sprintf("derivation '%s' is not valid", e.Path)
	}
	return fmt.Sprintf("path '%s' is not valid", e.Path)
}

// ErrorCode is what evaluators call the error.
func (e *InvalidPathError) ErrorCode() string { return "store-path" }

// Is makes the error one for which errors.Is with fs.ErrNotExist holds.
func (e *InvalidPathError) Is(target error) bool { return target == fs.ErrNotExist }

// Valid reports whether the store path is in the store: put there in this
// evaluation, or on disk.
func (s Session) Valid(path string) bool {
	s.mu.RLock()
	known := s.drvs[path] != nil && !s.readOnly || s.texts[path] != nil
	if !known {
		_, known = s.sources[path]
	}
	if !known {
		_, known = s.trees[path]
	}
	s.mu.RUnlock()
	if known {
		return true
	}
	_, err := s.host.Lstat(s.ctx, path)
	return err == nil
}

// References returns the store paths that a store object refers to, as far as
// that is known, sorted.
func (s Session) References(path string) ([]string, error) {
	if !s.Valid(path) {
		return nil, &InvalidPathError{Path: path}
	}
	if strings.HasSuffix(path, storepath.DrvExtension) {
		d, err := s.Derivation(path)
		if err != nil {
			return nil, err
		}
		refs := slices.Clone(d.InputSrcs)
		for i := range d.InputDrvs {
			refs = append(refs, d.InputDrvs[i].Drv)
		}
		slices.Sort(refs)
		return slices.Compact(refs), nil
	}
	s.mu.RLock()
	t := s.texts[path]
	s.mu.RUnlock()
	if t != nil {
		return t.refs, nil
	}
	return nil, nil
}

// Closure returns path and all that it refers to, directly or not, sorted.
func (s Session) Closure(path string) ([]string, error) {
	seen := map[string]bool{path: true}
	list := []string{path}
	for i := 0; i < len(list); i++ {
		if s.budget != nil {
			if err := s.budget.Tick(1); err != nil {
				return nil, err
			}
		}
		refs, err := s.References(list[i])
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			if !seen[ref] {
				seen[ref] = true
				list = append(list, ref)
			}
		}
	}
	slices.Sort(list)
	return list, nil
}

// Derivations returns the paths of all derivations of this evaluation, sorted.
func (s *Store) Derivations() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	paths := make([]string, 0, len(s.drvs))
	for p := range s.drvs {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}
