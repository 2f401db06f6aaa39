// Package substitute gets store objects from several stores, mostly binary caches: each
// object from the first that has it, in the order of their priorities.
//
//	Set           the stores, as a store.Substituter; New makes one
//	Set.Find      which store has a path that may be taken
//	Set.Query     which store has a path
//	Set.Valid     which paths can be had, by stores that want to be asked for many
//	Set.Fetch     adds paths to a store, with all that they refer to
//	Set.Archive   one archive
//	Set.Realisation  which path an output has
//
// A store that fails stops none of the others: it is named in a warning, once until it
// answers again, and left out meanwhile. What a store lacks is forgotten with the Set.
package substitute

// This file defines Set, and how its stores are asked.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A Source is a store that objects are taken from.
type Source struct {
	Store   store.Store
	Name    string // its URL, for messages
	Trusted bool   // its objects need no signatures
	// Info returns the priority, and whether it is to be asked for many paths; nil: it
	// comes first, and is not.
	Info func(context.Context) (cache.Info, error)
	// Download returns how many bytes are received for a path, 0 if that is not known;
	// nil: it never is.
	Download func(ctx context.Context, path string) int64
}

// FromCache returns a binary cache as a Source.
func FromCache(c *cache.Store) Source {
	download := func(ctx context.Context, path string) int64 {
		info, err := c.NARInfo(ctx, path)
		if err != nil {
			return 0
		}
		return info.FileSize
	}
	return Source{Store: c, Name: c.URI(), Trusted: c.Trusted(), Info: c.CacheInfo, Download: download}
}

// Options say which objects are taken.
type Options struct {
	// Dir is the store directory of the objects; stores with another are left out.
	Dir storepath.Dir
	// Keys are trusted. An object needs a signature by one of them, a path that follows
	// from its contents, which are then checked, or a trusted source.
	Keys signature.Keys
	// Unsigned takes all objects.
	Unsigned bool
	// Warn, if not nil, is told of stores that fail and of objects that are not taken, by
	// one goroutine at a time.
	Warn func(text string)
}

// A Set is stores that objects are taken from. Several goroutines may use it.
type Set struct {
	o       Options
	sources []*source
	warning sync.Mutex // held by Warn
	ignored sync.Map   // of the warnings about objects that are not taken, so that each is said once
}

// A source is a Source and what is known of it.
type source struct {
	Source

	mu    sync.Mutex
	info  *cache.Info // nil until it is known
	until time.Time   // it is left out until then
	told  bool        // of its failing
}

// pause is how long a store that has failed is left out.
const pause = 30 * time.Second

// New returns a Set. Of stores with the same priority, the earlier comes first.
func New(o Options, sources ...Source) *Set {
	s := &Set{o: o}
	if s.o.Dir == "" {
		s.o.Dir = storepath.DefaultDir
	}
	for _, one := range sources {
		if one.Store.Dir() == s.o.Dir {
			s.sources = append(s.sources, &source{Source: one})
		}
	}
	return s
}

// warn tells the caller something.
func (s *Set) warn(format string, args ...any) {
	if s.o.Warn != nil {
		s.warning.Lock()
		defer s.warning.Unlock()
		s.o.Warn(fmt.Sprintf(format, args...))
	}
}

// failed leaves a source out for a while.
func (s *Set) failed(from *source, err error) {
	from.mu.Lock()
	from.until = time.Now().Add(pause)
	told := from.told
	from.told = true
	from.mu.Unlock()
	if !told {
		s.warn("'%s' is left out for %v: %v", from.Name, pause, err)
	}
}

// lacks notes that a source has not what it was asked for. One that may be no cache is told once.
func (s *Set) lacks(from *source) {
	from.mu.Lock()
	tell := from.info != nil && from.info.Absent && !from.told
	from.told = tell || from.told && from.info != nil && from.info.Absent
	from.mu.Unlock()
	if tell {
		s.warn("%s", cache.AbsentText(from.Name))
	}
}

// works notes that a source has answered.
func (from *source) works() {
	from.mu.Lock()
	defer from.mu.Unlock()
	from.told = false
}

// ask returns what is known of a source; false if it is left out.
func (s *Set) ask(ctx context.Context, from *source) (cache.Info, bool) {
	from.mu.Lock()
	info, out := from.info, time.Now().Before(from.until)
	from.mu.Unlock()
	if out {
		return cache.Info{}, false
	}
	if info == nil {
		info = &cache.Info{}
		if from.Info != nil {
			got, err := from.Info(ctx)
			if err != nil {
				if ctx.Err() == nil {
					s.failed(from, err)
				}
				return cache.Info{}, false
			}
			info = &got
		}
		from.mu.Lock()
		from.info = info
		from.mu.Unlock()
	}
	return *info, true
}

// ordered returns the sources that work, by their priorities. With mass, only those that
// want to be asked for many paths. All are asked for their priorities at once, so that
// those that are down cost the time of one.
func (s *Set) ordered(ctx context.Context, mass bool) []*source {
	infos, works := make([]cache.Info, len(s.sources)), make([]bool, len(s.sources))
	var wg sync.WaitGroup
	for i, from := range s.sources {
		wg.Go(func() { infos[i], works[i] = s.ask(ctx, from) })
	}
	wg.Wait()
	var order []int
	for i := range s.sources {
		if works[i] && (!mass || infos[i].WantMassQuery) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(infos[a].Priority, infos[b].Priority) })
	out := make([]*source, len(order))
	for i, at := range order {
		out[i] = s.sources[at]
	}
	return out
}

// A Found is an object that a store has.
type Found struct {
	Info *store.PathInfo
	From Source

	from *source
}

// Find returns the first store that has a path, and what it says of it; nil if none has.
// The error is that of ctx.
func (s *Set) Find(ctx context.Context, path string) (*Found, error) {
	return s.find(ctx, path, query{})
}

// Query implements store.Substituter: it is Find without a look at signatures.
func (s *Set) Query(ctx context.Context, path string) (*store.Substitute, error) {
	found, err := s.find(ctx, path, query{any: true})
	if found == nil || err != nil {
		return nil, err
	}
	out := &store.Substitute{Info: found.Info}
	if found.From.Download != nil {
		out.Download = found.From.Download(ctx, path)
	}
	return out, nil
}

// A query says which sources are asked, and what is taken.
type query struct {
	mass    bool             // only those that want to be asked for many paths
	any     bool             // also what is not trusted
	hash    nixhash.Hash     // of the archive that is wanted; zero: any
	without map[*source]bool // these are not asked
}

// find returns the first source that has what is wanted; nil if none has.
func (s *Set) find(ctx context.Context, path string, q query) (*Found, error) {
	for _, from := range s.ordered(ctx, q.mass) {
		if q.without[from] {
			continue
		}
		info, err := from.Store.Info(ctx, path)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		switch {
		case errors.Is(err, store.ErrInvalid):
			s.lacks(from)
			continue
		case err != nil:
			s.failed(from, err)
			continue
		}
		from.works()
		if !q.hash.IsZero() && info.NARHash != q.hash {
			continue
		}
		if info.Path == path && (q.any || s.takes(from, info)) {
			info.Ultimate = false
			return &Found{info, from.Source, from}, nil
		}
	}
	return nil, context.Cause(ctx)
}

// takes reports whether an object is trusted, and warns if it is not. A cache that signs
// it later is asked again.
func (s *Set) takes(from *source, info *store.PathInfo) bool {
	if s.o.Unsigned || from.Trusted || s.follows(info) || s.signed(info) {
		return true
	}
	if _, said := s.ignored.LoadOrStore([2]string{info.Path, from.Name}, true); !said {
		s.warn("ignoring substitute for '%s' from '%s', as it's not signed by any of the keys in 'trusted-public-keys'", info.Path, from.Name)
	}
	if c, ok := from.Store.(interface{ Forget(path string) }); ok {
		c.Forget(info.Path)
	}
	return false
}

func (s *Set) signed(info *store.PathInfo) bool {
	return s.o.Keys.Count(info.Fingerprint(), info.Signatures) > 0
}

// follows reports whether a path follows from contents that can be checked, which those
// that refer to themselves cannot.
func (s *Set) follows(info *store.PathInfo) bool {
	return info.IsContentAddressed(s.o.Dir) && !slices.Contains(info.References, info.Path)
}

// Realisation implements store.Substituter. Unlike the reference it takes none that lacks a
// signature where objects need one: a cache that nobody trusts could say of any output that it
// is any object.
func (s *Set) Realisation(ctx context.Context, id store.OutputID) (*store.Realisation, error) {
	for _, from := range s.ordered(ctx, false) {
		known := from.Store.Realisations()
		if known == nil {
			continue
		}
		r, err := known.Realisation(ctx, id)
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case err != nil:
			s.failed(from, err)
			continue
		}
		from.works()
		switch {
		case r == nil:
		case s.o.Unsigned || from.Trusted || s.o.Keys.Count(r.Fingerprint(), r.Signatures) > 0:
			return r, nil
		default:
			if _, said := s.ignored.LoadOrStore([2]string{id.String(), from.Name}, true); !said {
				s.warn("ignoring what '%s' says of '%s', as it's not signed by any of the keys in 'trusted-public-keys'", from.Name, id)
			}
		}
	}
	return nil, context.Cause(ctx)
}

// maxQueries is how many paths are asked about at once.
const maxQueries = 16

// Valid returns those of paths that stores have that want to be asked for many paths, in
// the order of paths.
func (s *Set) Valid(ctx context.Context, paths []string) ([]string, error) {
	has := make([]bool, len(paths))
	slots := make(chan struct{}, maxQueries)
	var wg sync.WaitGroup
	for i, path := range paths {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			found, err := s.find(ctx, path, query{mass: true, any: true})
			has[i] = found != nil && err == nil
		})
	}
	wg.Wait()
	var out []string
	for i, path := range paths {
		if has[i] {
			out = append(out, path)
		}
	}
	return out, context.Cause(ctx)
}
