package corpus

// This file defines the tests that hold which package may import which.

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A never is an arrow between packages that must not be.
type never struct {
	from, to []string // packages; with /... also all below
	direct   bool     // the arrow itself only, not a way through other packages
	reason   string
}

// nevers are the arrows that must not be.
var nevers = []never{
	{
		[]string{"lang"}, []string{"..."}, false,
		"a formatter or an editor uses the syntax tree alone",
	},
	{
		[]string{"eval/world/...", "eval/budget/..."}, []string{"..."}, false,
		"evaluator, stores, fetchers and builders share what may be seen and spent; an arrow upwards would tie them to each other",
	},
	{
		[]string{"builtins/store/...", "builtins/text/..."}, []string{"eval/core", "eval/heap"}, false,
		"stores and formats are used without an evaluator: by a daemon's client, a builder, a garbage collector",
	},
	{
		[]string{"eval/format"}, []string{"builtins"}, false,
		"a printer of values needs no table of builtins; builtins call printers",
	},
	{
		[]string{"builtins/..."}, []string{"builtins"}, false,
		"the root of builtins holds declarations on top of the wings; a wing that needs it could not be used alone",
	},
	{
		[]string{"cmd/...", "repl/..."}, []string{"eval/core", "eval/heap"}, true,
		"commands and the prompt use the library that everyone else has; what they miss there, others miss too",
	},
	{
		[]string{"eval/core", "eval/heap", "eval/profile"}, []string{"eval", "eval/report", "builtins/..."}, false,
		"the machine evaluates; which builtins there are, and how errors are explained, is decided above it",
	},
	{
		[]string{"eval/...", "builtins/..."}, []string{"repl", "cmd/..."}, false,
		"a library has no prompt and no command line",
	},
	{
		[]string{"lang/...", "eval/...", "builtins/...", "repl/...", "cmd/..."}, []string{"corpus/..."}, false,
		"cases and generators of tests are no part of a program",
	},
}

// TestLayers compares the arrows between packages with layers.txt, so that a new one is
// seen in review, and with the rows of nevers. -update writes layers.txt.
func TestLayers(t *testing.T) {
	graph := imports(t, "..", false)
	var text strings.Builder
	for _, from := range slices.Sorted(maps.Keys(graph)) {
		fmt.Fprintf(&text, "%s\n", from)
		for _, to := range graph[from] {
			fmt.Fprintf(&text, "\t-> %s\n", to)
		}
	}
	File(t, "layers.txt", text.String())

	for _, row := range nevers {
		for from := range graph {
			if !matches(from, row.from) {
				continue
			}
			way := row.way(graph, from)
			assert.Empty(t, way, "%s must not import %s: %s", from, strings.Join(row.to, ", "), row.reason)
		}
	}
}

// TestLayersOfTests checks that the tests of commands and of the prompt use what those
// may use themselves.
func TestLayersOfTests(t *testing.T) {
	for from, all := range imports(t, "..", true) {
		if matches(from, []string{"cmd/...", "repl/..."}) {
			assert.NotContains(t, all, "eval/heap", from)
		}
	}
}

// TestNever checks that a forbidden arrow is found, however long the way is.
func TestNever(t *testing.T) {
	graph := map[string][]string{"a": {"b"}, "b": {"c/d"}, "c/d": nil, "e": {"c/d"}}
	row := never{from: []string{"a"}, to: []string{"c/..."}}
	assert.Equal(t, "a -> b -> c/d", row.way(graph, "a"))
	row.direct = true
	assert.Empty(t, row.way(graph, "a"))
	assert.Equal(t, "e -> c/d", row.way(graph, "e"))
	assert.True(t, matches("c/d", []string{"c/..."}) && matches("c", []string{"c/..."}) && matches("x", []string{"..."}))
	assert.False(t, matches("cd", []string{"c/..."}) || matches("c/d", []string{"c"}))
}

// way returns a way from a package to one that the row forbids, as a text; "" if there is
// none.
func (n *never) way(graph map[string][]string, from string) string {
	seen := map[string]bool{from: true}
	var search func(at, so string) string
	search = func(at, so string) string {
		for _, to := range graph[at] {
			way := so + " -> " + to
			switch {
			case matches(to, n.to):
				return way
			case n.direct || seen[to]:
				continue
			}
			seen[to] = true
			if way = search(to, way); way != "" {
				return way
			}
		}
		return ""
	}
	return search(from, from)
}

// matches reports whether a package is one of patterns: a package, one with /... for all
// below it as well, or ... for all.
func matches(pkg string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		tree, all := strings.CutSuffix(p, "...")
		tree = strings.TrimSuffix(tree, "/")
		return pkg == tree || all && (tree == "" || strings.HasPrefix(pkg, tree+"/"))
	})
}

// imports returns the packages of the repository, by their folders below root, and which
// others of it each imports, sorted: in the files of all systems, with tests those of
// test files alone. It reads the files itself, since go list leaves out those that are not
// for this system.
func imports(t *testing.T, root string, tests bool) map[string][]string {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	module := strings.Fields(string(mod))[1]
	graph := map[string][]string{}
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != root):
			return filepath.SkipDir
		case filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") != tests:
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		from := filepath.ToSlash(rel)
		graph[from] = append(graph[from], []string{}...)
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if to, ok := strings.CutPrefix(name, module+"/"); ok {
				graph[from] = append(graph[from], path.Clean(to))
			}
		}
		return nil
	})
	require.NoError(t, err)
	for from := range graph {
		slices.Sort(graph[from])
		graph[from] = slices.Compact(graph[from])
	}
	require.Contains(t, graph, "lang")
	return graph
}
