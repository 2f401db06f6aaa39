package fetch

// This file defines Fetcher.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/archive"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// Options say what a Fetcher may do, and how.
type Options struct {
	// HTTP talks to servers; nil: only places of the world are fetched.
	HTTP HTTP
	// Schemes fetch references of further types, such as "git", by type.
	Schemes map[string]Scheme
	// CacheDir is the folder of the cache; "" keeps what is fetched in memory, as long
	// as the Fetcher lives.
	CacheDir string
	// CacheBytes is how much the cache may keep. Default: 10 GiB, or 1 GiB in memory.
	CacheBytes int64
	// TTL is how long to believe what a server said last. Default, and less: asking
	// again each time.
	TTL time.Duration
	// Tokens are access tokens of forges, by host, or host/owner, or host/owner/repo.
	Tokens map[string]string

	// Decompress reads archives that are neither gzip nor bzip2 nor plain; nil if
	// nothing does.
	Decompress archive.Decompressor
	// Now tells the time. Default: time.Now.
	Now func() time.Time
}

// A Fetcher fetches trees and files. It may be used by several goroutines at once:
// what two of them want is fetched once.
type Fetcher struct {
	opt     Options
	cache   *cache
	schemes map[string]Scheme

	mu   sync.Mutex
	busy map[string]chan struct{} // what is being fetched; closed at its end
}

// New returns a Fetcher.
func New(opt Options) *Fetcher {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	f := &Fetcher{opt: opt, cache: newCache(opt.CacheDir, opt.CacheBytes, opt.Now), busy: map[string]chan struct{}{}}
	f.schemes = map[string]Scheme{
		"path": pathScheme{}, "file": fileScheme{f}, "tarball": tarballScheme{f},
		"github": forge{f, github{}}, "gitlab": forge{f, gitlab{}}, "sourcehut": forge{f, sourcehut{}},
	}
	maps.Copy(f.schemes, opt.Schemes)
	return f
}

// fill sets what the Fetcher has to say in env.
func (f *Fetcher) fill(env *Env) *Env {
	out := *env
	out.HTTP, out.CacheDir, out.TTL, out.Now = f.opt.HTTP, f.opt.CacheDir, f.opt.TTL, f.opt.Now
	out.Archive = func(ctx context.Context, name string, open func(ctx context.Context) (io.ReadCloser, error)) (*Tree, error) {
		return f.archive(ctx, name, open, &out)
	}
	if out.Host == nil {
		out.Host = world.None()
	}
	if out.Warn == nil {
		out.Warn = func(string, ...any) {}
	}
	return &out
}

// alone waits until no other goroutine fetches what key names. The caller must call
// done when it has fetched, or failed to.
func (f *Fetcher) alone(ctx context.Context, key string) (done func(), err error) {
	for {
		f.mu.Lock()
		other := f.busy[key]
		if other == nil {
			mine := make(chan struct{})
			f.busy[key] = mine
			f.mu.Unlock()
			return func() {
				f.mu.Lock()
				defer f.mu.Unlock()
				delete(f.busy, key)
				close(mine)
			}, nil
		}
		f.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// A HashMismatchError says that a tree is not the one that its reference says, or a
// file not the one that was expected.
type HashMismatchError struct {
	URL       string
	Want, Got nixhash.Hash
	Download  bool // of builtins.fetchurl or fetchTarball, which have other words for it
}

func (e *HashMismatchError) Error() string {
	if e.Download {
		return fmt.Sprintf("hash mismatch in file downloaded from '%s':\n  specified: %s\n  got:       %s",
			e.URL, e.Want.Prefixed(nixhash.Nix32), e.Got.Prefixed(nixhash.Nix32))
	}
	return fmt.Sprintf("NAR hash mismatch in input '%s', expected '%s' but got '%s'", e.URL, e.Want, e.Got)
}

// ErrorCode returns the code that evaluators give the error.
func (e *HashMismatchError) ErrorCode() string { return "hash-mismatch" }

// An UnsupportedError says that nothing fetches a type of references.
type UnsupportedError struct{ URL string }

func (e *UnsupportedError) Error() string { return fmt.Sprintf("input '%s' is unsupported", e.URL) }

// ErrorCode returns the code that evaluators give the error.
func (e *UnsupportedError) ErrorCode() string { return "not-supported" }

// Fetch returns the tree of a reference, whose NARHash is never nil, and compares its
// hash with that of the reference, if that has one. Of env, the Fetcher uses Host, Budget
// and Warn.
func (f *Fetcher) Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error) {
	text, err := in.Text(&flakeref.Parser{Warn: env.Warn})
	if err != nil {
		return nil, err
	}
	s := f.schemes[in.Type()]
	if s == nil {
		return nil, &UnsupportedError{text}
	}
	want, given, err := in.Attrs.NarHash()
	if err != nil {
		return nil, err
	}
	tree, err := s.Fetch(ctx, in, f.fill(env))
	if err != nil {
		return nil, err
	}
	if tree.NARHash == nil {
		tree.NARHash = hashOnce(tree.Files, env)
	}
	f.heals(s, in, tree, env)
	if given {
		got, err := tree.NARHash(ctx)
		if err != nil {
			return nil, err
		}
		if got != want {
			return nil, &HashMismatchError{URL: text, Want: want, Got: got}
		}
		tree.Attrs["narHash"] = got.String()
	}
	return tree, nil
}

// hashOnce returns a function that computes the hash of a tree when it is called first.
func hashOnce(files world.Host, env *Env) func(ctx context.Context) (nixhash.Hash, error) {
	var mu sync.Mutex
	var hash nixhash.Hash
	return func(ctx context.Context) (nixhash.Hash, error) {
		mu.Lock()
		defer mu.Unlock()
		if hash.Algo != 0 {
			return hash, nil
		}
		h, _, err := nar.Hash(nixhash.SHA256, nar.Within(env.Budget, store.Files(ctx, files)), "/", nil)
		if err == nil {
			hash = h
		}
		return h, err
	}
}

// known returns a function for Tree.NARHash.
func known(h nixhash.Hash) func(context.Context) (nixhash.Hash, error) {
	return func(context.Context) (nixhash.Hash, error) { return h, nil }
}

// unpack makes a tree of an archive, and a note about the tree itself.
func (f *Fetcher) unpack(ctx context.Context, r io.Reader, env *Env) (n note, err error) {
	var newest time.Time
	opt := archive.Options{Decompress: f.opt.Decompress, Budget: env.Budget}
	if f.cache.dir != "" {
		spool := &lazySpool{c: f.cache}
		defer spool.discard()
		opt.Spool = spool
	}
	tree, hash, err := f.cache.addTree(ctx, env.Budget, true, func(w treeWriter) (err error) {
		newest, err = archive.Unpack(ctx, r, w, opt)
		return err
	})
	if err != nil {
		return n, err
	}
	n = note{
		Place: "tree " + hash.String(), Object: objectName("tree", hash),
		Newest: max(newest.Unix(), 0), Checked: f.opt.Now().Unix(),
	}
	if newest.IsZero() {
		n.Newest = 0
	}
	f.cache.setNote(n)
	n.tree = tree
	return n, nil
}

// archive is Env.Archive.
func (f *Fetcher) archive(ctx context.Context, name string, open func(ctx context.Context) (io.ReadCloser, error), env *Env) (*Tree, error) {
	done, err := f.alone(ctx, name)
	if err != nil {
		return nil, err
	}
	defer done()
	n := f.cache.note(name)
	if n == nil {
		r, err := open(ctx)
		if err != nil {
			return nil, err
		}
		made, err := f.unpack(ctx, r, env)
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, err
		}
		made.Place = name
		f.cache.setNote(made)
		n = &made
	}
	return f.archiveTree(*n, flakeref.Attrs{})
}

// A lazySpool is a temporary file that is made when something is written to it.
type lazySpool struct {
	c *cache
	f *os.File
}

func (s *lazySpool) Write(p []byte) (int, error) {
	if s.f == nil {
		f, err := s.c.temp()
		if err != nil {
			return 0, err
		}
		s.f = f
	}
	return s.f.Write(p)
}

func (s *lazySpool) ReadAt(p []byte, off int64) (int, error) {
	if s.f == nil {
		return 0, io.EOF
	}
	return s.f.ReadAt(p, off)
}

func (s *lazySpool) discard() {
	if s.f != nil {
		discard(s.f)
	}
}

// DefaultDir returns the folder of the cache below that of the user's caches; "" if the
// environment names none.
func DefaultDir(getenv func(string) string, home string) string {
	if dir := getenv("XDG_CACHE_HOME"); dir != "" {
		return filepath.Join(dir, "firn", "fetch")
	}
	if home == "" || home == "/" {
		return ""
	}
	return filepath.Join(home, ".cache", "firn", "fetch")
}
