package lock_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/lang"
)

// files is a Fetcher of trees in memory: paths of files to their texts. A tree is the first
// part of a path. Names of flakes are looked up among the trees.
type files struct {
	text  map[string]string
	delay time.Duration // of a fetch

	mu      sync.Mutex
	fetched []string // trees, in the order in which they were asked for
	at      atomic.Int32
	most    atomic.Int32 // fetches at once
}

var parser = &flakeref.Parser{}

func (f *files) Fetch(_ context.Context, ref *flakeref.Ref, use lock.Registries) (*lock.Tree, error) {
	now := f.at.Add(1)
	defer f.at.Add(-1)
	for most := f.most.Load(); now > most && !f.most.CompareAndSwap(most, now); most = f.most.Load() {
	}
	time.Sleep(f.delay)
	name, _ := ref.Attrs["path"].(string)
	if ref.Type() == "indirect" {
		if use == lock.NoRegistry {
			return nil, errors.New("no registries")
		}
		name = "/" + ref.Attrs["id"].(string)
	}
	f.mu.Lock()
	f.fetched = append(f.fetched, name)
	f.mu.Unlock()
	all := ""
	for file, text := range f.text {
		if strings.HasPrefix(file, name+"/") && !strings.HasSuffix(file, ".lock") {
			all += text
		}
	}
	if all == "" {
		return nil, fmt.Errorf("no tree %s", name)
	}
	attrs := flakeref.Attrs{"type": "path", "path": name, "narHash": nixhash.Sum(nixhash.SHA256, []byte(all)).String()}
	for _, attr := range []string{"lastModified"} {
		if v, ok := ref.Attrs[attr]; ok {
			attrs[attr] = v
		}
	}
	locked, err := parser.FromAttrs(attrs, false)
	if err != nil {
		return nil, err
	}
	locked.Dir = ref.Dir
	return &lock.Tree{Resolved: ref, Locked: locked, Data: name}, nil
}

func (f *files) Flake(t *lock.Tree, dir string) (*lock.Flake, error) {
	base := path.Join(t.Data.(string), dir)
	text, ok := f.text[base+"/flake.nix"]
	if !ok {
		return nil, fmt.Errorf("no %s/flake.nix", base)
	}
	cfg := lang.NewConfig()
	tree, err := cfg.Parse(base+"/flake.nix", text)
	if err == nil {
		err = tree.Resolve(lang.NewScope(cfg.Symbols, "true", "false"))
	}
	if err != nil {
		return nil, err
	}
	m, err := manifest.Read(tree, manifest.Options{URL: base, Dir: dir, Name: cfg.Symbols.Name, Parser: parser})
	if err != nil {
		return nil, err
	}
	return &lock.Flake{Tree: t, Dir: dir, Inputs: m.Inputs, Self: m.Self, Lock: func() (*lock.Graph, error) {
		if text, ok := f.text[base+"/flake.lock"]; ok {
			return parse(text)
		}
		return lock.New(), nil
	}}, nil
}

// compute locks the flake in the tree /a, writes its flake.lock, and returns a line for each
// input and warning. Hashes are left out.
func compute(t testing.TB, f *files, opt lock.Options) string {
	f.fetched = nil
	ref, err := parser.Parse("path:/a")
	require.NoError(t, err)
	flake, err := lock.GetFlake(t.Context(), f, ref, lock.AllRegistries)
	require.NoError(t, err)
	old, err := flake.Lock()
	require.NoError(t, err)
	if opt.Old == nil {
		opt.Old = old
	}
	var b strings.Builder
	opt.Parser, opt.Registries = parser, lock.AllRegistries
	opt.Warn = func(format string, args ...any) { fmt.Fprintf(&b, "warning: "+format+"\n", args...) }
	f.fetched = nil
	r, err := lock.Compute(t.Context(), f, flake, opt)
	if err != nil {
		return b.String() + "error: " + err.Error()
	}
	for _, in := range r.Graph.Places() {
		if in.Edge.Node == nil {
			fmt.Fprintf(&b, "%s -> %s\n", in.Path, in.Edge.Follows)
			continue
		}
		n := in.Edge.Node
		fmt.Fprintf(&b, "%s %s", in.Path, n.Locked.Attrs["path"])
		if n.Locked.Attrs["path"] != n.Original.Attrs["path"] {
			fmt.Fprintf(&b, " for %s", n.Original.All())
		}
		if n.Parent != nil {
			fmt.Fprintf(&b, " in '%s'", n.Parent)
		}
		b.WriteString("\n")
	}
	text, err := r.Graph.Text()
	require.NoError(t, err)
	f.text["/a/flake.lock"] = text
	return b.String()
}

// flake returns the text of a flake.nix.
func flake(inputs string) string { return "{ " + inputs + " outputs = _: { }; }" }

// step checks what compute returns, and which trees were fetched for it.
func step(t testing.TB, f *files, opt lock.Options, want, fetched string) {
	t.Helper()
	assert.Equal(t, strings.TrimSpace(want), strings.TrimSpace(compute(t, f, opt)))
	assert.ElementsMatch(t, strings.Fields(fetched), f.fetched)
}

func paths(t testing.TB, texts ...string) (all []lock.Path) {
	for _, text := range texts {
		p, err := lock.ParsePath(text)
		require.NoError(t, err)
		all = append(all, p)
	}
	return all
}

// TestCompute is for one flake with inputs of inputs, whose lock file is computed again and
// again while something changes.
func TestCompute(t *testing.T) {
	f := &files{text: map[string]string{
		"/a/flake.nix":     flake(`inputs.b.url = "path:/b"; inputs.d.url = "path:/d"; inputs.s.url = "./sub"; inputs.e.follows = "";`),
		"/a/sub/flake.nix": flake(`inputs.up.url = "path:.."; inputs.d.url = "d";`),
		"/b/flake.nix":     flake(`inputs.c.url = "path:/c"; inputs.d.url = "path:/d"; inputs.x.follows = "c/d";`),
		"/c/flake.nix":     flake(`inputs.d = { url = "path:/d"; flake = false; };`),
		"/d/flake.nix":     flake(``),
	}}
	// A relative path that leads to a flake around it would go on for ever.
	step(t, f, lock.Options{}, `error: while updating the flake input 's': while updating the flake input 's/up': while updating the flake input 's/up/s': `+
		`found circular import of flake 'path:./sub'`, "/b /c /d /d")

	f.text["/a/sub/flake.nix"] = flake(`inputs.d.url = "d";`)
	const all = `
b /b
b/c /c
b/c/d /d
b/d /d
b/x -> b/c/d
d /d
e -> 
s ./sub in ''
s/d /d for {"id":"d","type":"indirect"}
`
	step(t, f, lock.Options{}, all, "/b /c /d /d")
	step(t, f, lock.Options{}, all, "/b") // x follows, and only the flake knows whether it still does

	// Entries stay when trees change, unless they are to be updated.
	f.text["/c/flake.nix"] += "# changed"
	f.text["/d/flake.nix"] += "# changed"
	before, err := parse(f.text["/a/flake.lock"])
	require.NoError(t, err)
	step(t, f, lock.Options{Updates: paths(t, "b/d", "nope", "b/c/d")}, "warning: 'nope' does not match any input of this flake"+all, "/b /c /d")
	after, err := parse(f.text["/a/flake.lock"])
	require.NoError(t, err)
	var changed []string
	for _, c := range lock.Changes(before, after) {
		changed = append(changed, c.Path.String())
	}
	assert.Equal(t, []string{"b/c/d", "b/d"}, changed)

	// Overrides of the flake itself.
	f.text["/a/flake.nix"] = flake(`inputs.b.url = "path:/b"; inputs.d.url = "path:/d"; inputs.b.inputs = { c.inputs.d.follows = "d"; d.url = "path:/c"; nope.url = "x"; };`)
	step(t, f, lock.Options{}, `
warning: input 'b' has an override for a non-existent input 'nope'
b /b
b/c /c
b/c/d -> d
b/d /c
b/d/d /d
b/x -> b/c/d
d /d`, "/b /c /d")
	// When an override is gone, the flake says again what the input is.
	f.text["/a/flake.nix"] = flake(`inputs.b.url = "path:/b"; inputs.d.url = "path:/d";`)
	step(t, f, lock.Options{}, `
b /b
b/c /c
b/c/d /d
b/d /d
b/x -> b/c/d
d /d`, "/b /c /d")

	// Overrides from outside are entries for what flake.nix says, so they stay.
	ref, err := parser.Parse("path:/c")
	require.NoError(t, err)
	var overrides []lock.Override
	for _, p := range paths(t, "d", "b/nope") {
		overrides = append(overrides, lock.Override{Path: p, Ref: ref})
	}
	step(t, f, lock.Options{Overrides: overrides}, `
warning: input 'b' has an override for a non-existent input 'nope'
warning: the flag '--override-input b/nope path:/c' does not match any input
b /b
b/c /c
b/c/d /d
b/d /d
b/x -> b/c/d
d /c for {"path":"/d","type":"path"}
d/d /d`, "/b /c /d")
	step(t, f, lock.Options{}, `
b /b
b/c /c
b/c/d /d
b/d /d
b/x -> b/c/d
d /c for {"path":"/d","type":"path"}
d/d /d`, "/b")
}

// TestOwnLock is for entries that come from the lock file of an input.
func TestOwnLock(t *testing.T) {
	f := &files{text: map[string]string{
		"/a/flake.nix": flake(`inputs.c.url = "path:/c";`),
		"/b/flake.nix": flake(`inputs.e.url = "path:/d";`),
		"/c/flake.nix": flake(`inputs.d.url = "path:/d"; inputs.b.url = "b"; inputs.f.follows = "d";`),
		"/d/flake.nix": flake(``),
	}}
	compute(t, f, lock.Options{})
	f.text["/c/flake.lock"] = strings.NewReplacer(`"c": "c"`, `"d": "d", "b": "b", "f": [ "d" ]`).Replace(f.text["/a/flake.lock"])
	f.text["/a/flake.nix"] = flake(`inputs.z.url = "path:/c"; inputs.z.inputs.d.follows = "";`)
	step(t, f, lock.Options{}, `
z /c
z/b /b for {"id":"b","type":"indirect"}
z/b/e /d
z/d -> 
z/f -> z/d`, "/c")
	step(t, f, lock.Options{Pure: true}, `
z /c
z/b /b for {"id":"b","type":"indirect"}
z/b/e /d
z/d -> 
z/f -> z/d`, "/c")
}

// TestComputeErrors is for what cannot be locked.
func TestComputeErrors(t *testing.T) {
	for _, c := range []struct{ inputs, want string }{
		{`inputs.b.url = "path:/nope";`, "error: while updating the flake input 'b': no tree /nope"},
		{`inputs.b.url = "../x";`, "error: while updating the flake input 'b': the relative path '../x' leads out of the tree of the flake"},
		{`inputs.b.url = "./x";`, "error: while updating the flake input 'b': no /a/x/flake.nix"},
		{`inputs.b.follows = "nowhere";`, "error: input 'b' follows a non-existent input 'nowhere'"},
		{`inputs.b.follows = "c"; inputs.c.follows = "b";`, "error: follow cycle detected: [c -> b -> c]"},
		{`inputs.b.url = "path:/loop";`, "error: while updating the flake input 'b': while updating the flake input 'b/b': found circular import of flake 'path:/loop'"},
		{`inputs.b.url = "path:/self";`, "error: while updating the flake input 'b': flake 'self' attribute 'url' is not supported"},
		{`inputs.b.inputs.self.url = "";`, "error: "},
	} {
		f := &files{text: map[string]string{
			"/a/flake.nix":    flake(c.inputs),
			"/loop/flake.nix": flake(`inputs.b.url = "path:/loop";`),
			"/self/flake.nix": flake(`inputs.self.url = "x";`),
		}}
		if c.want == "error: " {
			ref, err := parser.Parse("path:/a")
			require.NoError(t, err)
			_, err = lock.GetFlake(t.Context(), f, ref, lock.AllRegistries)
			assert.EqualError(t, err, "'self' input attribute not allowed at /a/flake.nix:1:3")
			continue
		}
		assert.Equal(t, c.want, compute(t, f, lock.Options{}))
	}
	f := &files{text: map[string]string{"/a/flake.nix": flake(`inputs.b.url = "path:/b";`), "/b/flake.nix": flake("")}}
	assert.Equal(t, "error: while updating the flake input 'b': cannot update unlocked flake input 'b' in pure mode", compute(t, f, lock.Options{Pure: true}))
}

// TestParallel is for trees that are fetched at once.
func TestParallel(t *testing.T) {
	f := &files{text: map[string]string{}, delay: 20 * time.Millisecond}
	inputs := ""
	for i := range 12 {
		inputs += fmt.Sprintf(`inputs.i%d.url = "path:/i%d"; `, i, i)
		f.text[fmt.Sprintf("/i%d/flake.nix", i)] = flake("")
	}
	f.text["/a/flake.nix"] = flake(inputs)
	assert.Equal(t, 12, strings.Count(compute(t, f, lock.Options{Parallel: 3}), "\n"))
	assert.Len(t, f.fetched, 12)
	assert.Equal(t, int32(3), f.most.Load())
}
