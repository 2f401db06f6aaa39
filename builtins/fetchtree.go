package builtins

// This file defines the set that describes a tree.

import (
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// treeValue returns the set that describes a tree that was fetched: outPath, with the store
// path out as its context, narHash, and what is known of rev, revCount and lastModified.
// shortRev is the first 7 digits of rev; lastModifiedDate is lastModified as
// YYYYMMDDhhmmss in UTC. A tree of Git with changes that are not committed has dirtyRev and
// dirtyShortRev in place of rev; fetchGit, as isGit says, then gives a rev of zeros, for
// programs that were written before. The other attributes of the reference are not in the
// set.
func treeValue(c *core.Call, out string, tree *fetch.Tree, isGit bool) (heap.Value, error) {
	h, attrs := c.Heap(), tree.Attrs
	outPath, err := c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
	if err != nil {
		return 0, err
	}
	entries := []heap.Entry{{Name: c.Intern("outPath"), Value: heap.Lazy(outPath)}}
	text := func(name, s string) {
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(h.NewString(s, 0))})
	}
	number := func(name string, n uint64) {
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: heap.Lazy(h.NewInt(int64(n)))})
	}
	if hash, ok := attrs["narHash"].(string); ok { // not if it is deferred
		text("narHash", hash)
	}
	if attrs["type"] == "git" {
		on, _ := attrs["submodules"].(bool)
		entries = append(entries, heap.Entry{Name: c.Intern("submodules"), Value: heap.Lazy(heap.NewBool(on))})
	}
	rev, hasRev := attrs["rev"].(string)
	if hasRev {
		hash, err := nixhash.Parse(rev, nixhash.SHA1)
		if len(rev) == 64 { // of a repository with SHA-256
			hash, err = nixhash.Parse(rev, nixhash.SHA256)
		}
		if err != nil {
			return 0, err
		}
		rev = hash.Text(nixhash.Base16)
	} else if isGit {
		rev = strings.Repeat("0", 40)
	}
	if rev != "" {
		text("rev", rev)
		text("shortRev", rev[:7])
	}
	count, hasCount := attrs["revCount"].(uint64)
	if !hasCount && tree.RevCount != nil {
		if count, err = tree.RevCount(c.Ctx()); err != nil {
			return 0, err
		}
		hasCount = true
	}
	if hasCount || isGit {
		number("revCount", count)
	}
	if dirty, ok := attrs["dirtyRev"].(string); ok {
		short, _ := attrs["dirtyShortRev"].(string)
		text("dirtyRev", dirty)
		text("dirtyShortRev", short)
	}
	if n, ok := attrs["lastModified"].(uint64); ok {
		number("lastModified", n)
		text("lastModifiedDate", time.Unix(int64(n), 0).UTC().Format("20060102150405"))
	}
	slices.SortFunc(entries, func(a, b heap.Entry) int { return int(a.Name) - int(b.Name) })
	return h.AttrsOf(entries), nil
}

// mercurialValue returns the set that describes a tree of builtins.fetchMercurial: outPath, branch,
// rev, its first 12 digits as shortRev, and revCount. An unclean tree has a rev of zeros and no
// revCount.
func mercurialValue(c *core.Call, out string, tree *fetch.Tree) (heap.Value, error) {
	h, attrs := c.Heap(), tree.Attrs
	outPath, err := c.NewString(out, c.Context(core.ContextElem{Kind: core.ContextPath, Path: out}))
	if err != nil {
		return 0, err
	}
	rev, ok := attrs["rev"].(string)
	if !ok {
		rev = strings.Repeat("0", 40)
	}
	entries := []heap.Entry{{Name: c.Intern("outPath"), Value: heap.Lazy(outPath)}}
	branch, _ := attrs["ref"].(string)
	for _, text := range []struct{ name, text string }{{"branch", branch}, {"rev", rev}, {"shortRev", rev[:12]}} {
		entries = append(entries, heap.Entry{Name: c.Intern(text.name), Value: heap.Lazy(h.NewString(text.text, 0))})
	}
	if count, ok := attrs["revCount"].(uint64); ok {
		entries = append(entries, heap.Entry{Name: c.Intern("revCount"), Value: heap.Lazy(h.NewInt(int64(count)))})
	}
	slices.SortFunc(entries, func(a, b heap.Entry) int { return int(a.Name) - int(b.Name) })
	return h.AttrsOf(entries), nil
}
