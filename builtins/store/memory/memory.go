// Package memory is the store that lasts as long as the program: what is added
// is kept in memory, or remembered as a copy of where it came from.
//
//	Store   the store; New makes one on top of another store
//	View    an empty store and a world, for evaluations
//	Tree    files in memory, as a world
//
// Texts and archives are kept. Files and file trees that are added from a world
// are hashed, and not kept: the store reads them again where they are. So adding
// a large tree takes no memory, and a file that changes while the program runs
// changes in the store too.
//
// Save adds what the store keeps, or the part of it that is needed, to another
// store: so an evaluation can find out first what is to be written.
package memory

// This file defines Store: what is added to it, and what it says of that.

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/world"
)

// A Store is a store.Store in memory. Make one with New.
type Store struct {
	lower store.Store
	dir   storepath.Dir
	onAdd func(Object) error

	mu      sync.RWMutex
	objects map[string]*object // by path
}

// An object is a store object: a text, or files of a world.
type object struct {
	text   string // contents, unless from.host is set
	from   source // where the files are
	refs   []string
	ca     store.ContentAddress
	static *store.PathInfo // of what came as an archive; nil for what was added otherwise
	given  bool            // AddText was given the path, which it did not compute
	saved  atomic.Bool     // Save has added it to the other store

	signatures []string // sorted; guarded by Store.mu, replaced as a whole
}

// isText reports whether o is a text.
func (o *object) isText() bool { return o.from.host == nil }

// A source is where the files of an object are.
type source struct {
	host   world.Host
	path   string
	absent map[string]bool // paths that the filter kept out, with all below them; nil without a filter
}

// An Object is something that was added to a Store.
type Object struct {
	Path       string   // in the store
	Text       string   // of a derivation or text file
	Source     string   // of a copy: what it is a copy of, in the world of the evaluation; or ""
	References []string // paths that it refers to, sorted
	Fetched    string   // see store.Source.Fetched; of what came as an archive, its path
}

// New returns a store that has what lower has, and keeps in memory what is added
// to it. Nothing is added to lower.
func New(lower store.Store) *Store {
	return &Store{lower: lower, dir: lower.Dir(), objects: map[string]*object{}}
}

// View returns an empty store in memory, on top of what the world has in the
// directory dir, and the world; "" stands for the usual directory.
func View(dir string, host world.Host) *store.View {
	return store.NewView(New(store.Disk(storepath.Dir(dir), host)), host)
}

// OnAdd makes the store call fn for each object that is added, once, after the
// objects that it refers to, and before AddText, Add or AddNAR return. An error
// of fn is theirs. OnAdd must be called before the store is used.
func (s *Store) OnAdd(fn func(Object) error) { s.onAdd = fn }

// find returns an object of this store; nil if there is none.
func (s *Store) find(path string) *object {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.objects[path]
}

// add adds an object unless the path is valid already. It copies the path.
func (s *Store) add(path string, o *object, told Object) error {
	s.mu.Lock()
	if s.objects[path] != nil {
		s.mu.Unlock()
		return nil
	}
	path = strings.Clone(path)
	s.objects[path] = o
	s.mu.Unlock()
	if s.onAdd == nil {
		return nil
	}
	told.Path, told.References = path, o.refs
	return s.onAdd(told)
}

// Dir implements store.Store.
func (s *Store) Dir() storepath.Dir { return s.dir }

// ReadOnly implements store.Store.
func (s *Store) ReadOnly() bool { return false }

// Builder implements store.Store: what the store is put on builds, after it was given the
// derivation and what that refers to.
func (s *Store) Builder() store.Builder {
	b := s.lower.Builder()
	if b == nil {
		return nil
	}
	return builder{s, b}
}

// A builder is the store.Builder of a Store.
type builder struct {
	s     *Store
	lower store.Builder
}

// Build implements store.Builder.
func (b builder) Build(ctx context.Context, drvPath string, outputs []string) error {
	if err := b.s.Save(ctx, b.s.lower, []string{drvPath}); err != nil {
		return err
	}
	return b.lower.Build(ctx, drvPath, outputs)
}

// AddTempRoot implements store.Store: nothing here is collected.
func (s *Store) AddTempRoot(ctx context.Context, path string) error {
	return s.lower.AddTempRoot(ctx, path)
}

// IsValid implements store.Store.
func (s *Store) IsValid(ctx context.Context, path string) (bool, error) {
	if s.find(path) != nil {
		return true, nil
	}
	return s.lower.IsValid(ctx, path)
}

// References implements store.Store.
func (s *Store) References(ctx context.Context, path string) ([]string, error) {
	if o := s.find(path); o != nil {
		return o.refs, nil
	}
	return s.lower.References(ctx, path)
}

// Referrers implements store.Store.
func (s *Store) Referrers(ctx context.Context, path string) ([]string, error) {
	var out []string
	s.mu.RLock()
	mine := s.objects[path] != nil
	for other, o := range s.objects {
		if _, found := slices.BinarySearch(o.refs, path); found {
			out = append(out, other)
		}
	}
	s.mu.RUnlock()
	if !mine { // and so nothing below refers to it
		lower, err := s.lower.Referrers(ctx, path)
		if err != nil {
			return nil, err
		}
		out = append(out, lower...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// Info implements store.Store. The hash of an archive is computed each time.
func (s *Store) Info(ctx context.Context, path string) (*store.PathInfo, error) {
	o := s.find(path)
	if o == nil {
		return s.lower.Info(ctx, path)
	}
	info := &store.PathInfo{Path: strings.Clone(path), CA: o.ca}
	if o.static != nil {
		*info = *o.static
	} else {
		var err error
		info.NARHash, info.NARSize, err = nar.Hash(nixhash.SHA256, store.Files(ctx, s.Files()), path, nil)
		if err != nil {
			return nil, err
		}
	}
	if o.isText() {
		info.CA = store.ContentAddress{Method: storepath.Text, Hash: nixhash.Sum(nixhash.SHA256, []byte(o.text))}
	}
	info.References = slices.Clone(o.refs)
	s.mu.RLock()
	defer s.mu.RUnlock()
	info.Signatures = slices.Clone(o.signatures)
	return info, nil
}

// WriteNAR implements store.Store.
func (s *Store) WriteNAR(ctx context.Context, path string, w io.Writer) error {
	if s.find(path) == nil {
		return s.lower.WriteNAR(ctx, path, w)
	}
	return nar.Write(w, store.Files(ctx, s.Files()), path, nil)
}

// AddText implements store.Store.
func (s *Store) AddText(_ context.Context, text store.Text) (string, error) {
	path, _, err := text.Resolve(s.dir)
	if err != nil {
		return "", err
	}
	if err := budget.Charge(text.Budget, len(text.Contents)); err != nil {
		return "", err
	}
	if s.find(path) != nil {
		return path, nil
	}
	o := &object{text: strings.Clone(text.Contents), refs: cloneAll(text.References), given: text.Path != ""}
	return path, s.add(path, o, Object{Text: o.text})
}

// cloneAll returns a copy of texts, which may be the memory of others; nil if
// there are none.
func cloneAll(texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = strings.Clone(t)
	}
	return out
}

// Add implements store.Store.
func (s *Store) Add(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	if src.Reader != nil {
		return s.addBytes(ctx, src)
	}
	var absent map[string]bool
	if filter := src.Filter; filter != nil {
		absent = map[string]bool{}
		src.Filter = func(path string, kind nar.Kind) (bool, error) {
			keep, err := filter(path, kind)
			if err == nil && !keep {
				absent[strings.Clone(path)] = true
			}
			return keep, err
		}
	}
	path, h, err := src.Resolve(ctx, s.dir)
	if err != nil || path == src.Path {
		return path, h, err
	}
	// What is below needs no source: its own files could be made of itself. From here
	// on it must stay there. That it cannot be asked is its own matter.
	if err := s.lower.AddTempRoot(ctx, path); err != nil {
		return "", h, err
	}
	if valid, _ := s.lower.IsValid(ctx, path); valid {
		return path, h, nil
	}
	o := &object{
		from: source{src.Host, strings.Clone(src.Path), absent},
		refs: cloneAll(src.References),
		ca:   store.ContentAddress{Method: src.Method, Hash: h},
	}
	told := Object{Source: o.from.path, Fetched: src.Fetched}
	if src.Foreign {
		told.Source = ""
	}
	return path, h, s.add(path, o, told)
}

// addBytes is Add for what comes from a reader.
func (s *Store) addBytes(ctx context.Context, src store.Source) (string, nixhash.Hash, error) {
	tree := NewTree()
	if src.Method == storepath.Flat {
		data, err := budget.ReadAll(src.Budget, src.Reader, -1)
		if err != nil {
			return "", nixhash.Hash{}, err
		}
		if err := budget.Charge(src.Budget, len(data)); err != nil {
			return "", nixhash.Hash{}, err
		}
		if err := tree.Add("", File{Type: world.Regular, Contents: data}); err != nil {
			return "", nixhash.Hash{}, err
		}
	} else if err := tree.ReadNAR(src.Budget, src.Reader); err != nil {
		return "", nixhash.Hash{}, err
	}
	src.Reader, src.Host, src.Path, src.Foreign = nil, tree, "/", true
	return s.Add(ctx, src)
}

// AddAll implements store.Store.
func (s *Store) AddAll(ctx context.Context, objects []store.Object) ([]string, error) {
	return store.AddEach(ctx, s, objects)
}

// AddNAR implements store.Store. The archive is kept in memory, as a tree.
func (s *Store) AddNAR(ctx context.Context, info *store.PathInfo, r io.Reader) error {
	if _, err := s.dir.Parse(info.Path); err != nil {
		return err
	}
	if valid, err := s.IsValid(ctx, info.Path); valid || err != nil {
		return err
	}
	if err := store.CheckReferences(ctx, s, info); err != nil {
		return err
	}
	tree := NewTree()
	archive := bufio.NewReaderSize(store.CheckNAR(ctx, info, r), 64<<10)
	if err := tree.ReadNAR(nil, archive); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, archive); err != nil {
		return err
	} else if n > 0 {
		return fmt.Errorf("archive of '%s' has %d bytes behind its end", info.Path, n)
	}
	static := *info
	static.References, static.Signatures = nil, nil
	o := &object{
		from:   source{host: tree, path: "/"},
		refs:   cloneAll(info.References),
		ca:     info.CA,
		static: &static,

		signatures: cloneAll(info.Signatures),
	}
	return s.add(info.Path, o, Object{Fetched: info.Path})
}
