package fetch

// This file defines what is done about objects of the cache that are damaged.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch/treefile"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// drop deletes an object. What has it open can go on reading.
func (c *cache) drop(name string) {
	if c.dir != "" {
		_ = os.Remove(c.objectPath(name))
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.objects, name)
}

// A healing is a tree of the cache. When a part of it is read that is damaged, the tree is fetched again, once, and
// read from there.
type healing struct {
	again func(ctx context.Context) (world.Host, error)

	mu    sync.Mutex
	files world.Host
	tried bool
}

// heals makes a tree of the cache one that is fetched again when it is damaged.
func (f *Fetcher) heals(s Scheme, in *flakeref.Ref, tree *Tree, env *Env) {
	if _, cached := tree.Files.(*treefile.Tree); !cached {
		return
	}
	// A budget belongs to the fetch, and reads come later.
	env = f.fill(&Env{Host: env.Host, Warn: env.Warn})
	hash := tree.NARHash
	attrs := in.All()
	if rev, ok := tree.Attrs["rev"]; ok {
		attrs["rev"] = rev
		delete(attrs, "ref")
	}
	tree.Files = &healing{files: tree.Files, again: func(ctx context.Context) (world.Host, error) {
		want, err := hash(ctx)
		if err != nil {
			return nil, err
		}
		f.cache.drop(objectName("tree", want))
		p := &flakeref.Parser{Warn: env.Warn}
		attrs["narHash"] = want.String()
		ref, err := p.FromAttrs(attrs, false)
		if err != nil {
			return nil, err
		}
		text, err := ref.Text(p)
		if err != nil {
			return nil, err
		}
		env.Warn("the copy of '%s' in the cache is damaged; it is fetched again", text)
		tree, err := s.Fetch(ctx, ref, env)
		if err != nil {
			return nil, err
		}
		var got nixhash.Hash
		if tree.NARHash == nil {
			tree.NARHash = hashOnce(tree.Files, env)
		}
		if got, err = tree.NARHash(ctx); err == nil && got != want {
			err = &HashMismatchError{URL: text, Want: want, Got: got}
		}
		return tree.Files, err
	}}
}

// renewed returns the files after old turned out to be damaged.
func (h *healing) renewed(ctx context.Context, old world.Host) (world.Host, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.files != old {
		return h.files, nil // another goroutine was faster
	}
	if h.tried {
		return nil, errors.New("it was damaged again right after it was fetched")
	}
	files, err := h.again(ctx)
	if err == nil {
		h.tried, h.files = true, files
	}
	return files, err
}

// healed returns what read returns, of whole files.
func healed[T any](ctx context.Context, h *healing, read func(files world.Host) (T, error)) (T, error) {
	h.mu.Lock()
	files := h.files
	h.mu.Unlock()
	out, err := read(files)
	if !errors.Is(err, treefile.ErrDamaged) {
		return out, err
	}
	again, failed := h.renewed(ctx, files)
	if failed != nil {
		return out, fmt.Errorf("%w; fetching it again failed: %w", err, failed)
	}
	return read(again)
}

// Lstat implements world.Host.
func (h *healing) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	return healed(ctx, h, func(files world.Host) (world.FileInfo, error) { return files.Lstat(ctx, p) })
}

// Open implements world.Host.
func (h *healing) Open(ctx context.Context, p string) (world.File, error) {
	return healed(ctx, h, func(files world.Host) (world.File, error) { return files.Open(ctx, p) })
}

// ReadDir implements world.Host.
func (h *healing) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	return healed(ctx, h, func(files world.Host) ([]world.DirEntry, error) { return files.ReadDir(ctx, p) })
}

// ReadLink implements world.Host.
func (h *healing) ReadLink(ctx context.Context, p string) (string, error) {
	return healed(ctx, h, func(files world.Host) (string, error) { return files.ReadLink(ctx, p) })
}

// Getenv implements world.Host: a tree has no environment.
func (h *healing) Getenv(context.Context, string) string { return "" }

// wholeFile opens a file of the cache, or returns nil after dropping one that is damaged.
func (c *cache) wholeFile(ctx context.Context, name string) (*object, error) {
	want, err := objectHash(name)
	if err != nil {
		return nil, err
	}
	o, err := c.open(name)
	if err != nil {
		return nil, err
	}
	h := nixhash.NewHasher(nixhash.SHA256)
	if err := o.copyTo(ctx, h); err != nil {
		return nil, err
	}
	if h.Result() != want {
		c.drop(name)
		return nil, nil
	}
	return &o, nil
}
