package eval_test

import (
	"context"
	"fmt"
	"io/fs"
	"log"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval"
)

// TestFlakeGraphs compares lock files with those that C++ Nix 2.34.8 made of the same flakes.
func TestFlakeGraphs(t *testing.T) {
	names, err := filepath.Glob("../corpus/flakes/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			at := time.Unix(1_700_000_000, 0)
			files, want := fstest.MapFS{}, ""
			for _, f := range archive.Files {
				if f.Name == "flake.lock" {
					want = string(f.Data)
					continue
				}
				file := "tmp/graphs/" + f.Name
				files[file] = &fstest.MapFile{Data: f.Data, ModTime: at}
				for dir := filepath.Dir(file); dir != "."; dir = filepath.Dir(dir) {
					files[dir] = &fstest.MapFile{Mode: fs.ModeDir | 0o755, ModTime: at}
				}
			}
			ev, err := eval.New(eval.Options{FS: files, Features: []string{"flakes"}})
			require.NoError(t, err)
			ref, err := (&flakeref.Parser{}).Parse("path:/tmp/graphs/f0")
			require.NoError(t, err)
			flake, err := ev.OpenFlake(t.Context(), ref, eval.FlakeOptions{})
			require.NoError(t, err)
			assert.True(t, flake.Changed())
			got, err := flake.Lock.Text()
			require.NoError(t, err)
			assert.Equal(t, want, got)
		})
	}
}

// A flake is evaluated in a world of its own.
func ExampleEvaluator_EvalFlake() {
	ctx := context.Background()
	files := fstest.MapFS{
		"machines/flake.nix": &fstest.MapFile{Data: []byte(`{ inputs.lib.url = "path:/lib"; outputs = { self, lib }: { ports = lib.from 8000; }; }`)},
		"lib/flake.nix":      &fstest.MapFile{Data: []byte(`{ outputs = _: { from = n: [ n (n + 1) ]; }; }`)},
	}
	ev, err := eval.New(eval.Options{FS: files, Features: []string{"flakes"}})
	if err != nil {
		log.Fatal(err)
	}
	v, err := ev.EvalFlake(ctx, "path:/machines", eval.FlakeOptions{})
	if err != nil {
		log.Fatal(err)
	}
	ports, err := v.Select(ctx, "ports")
	if err != nil {
		log.Fatal(err)
	}
	text, err := ports.JSON(ctx)
	fmt.Println(string(text), err)
	// Output: [8000,8001] <nil>
}

// TestFlakeArgs is for arguments of a flake's outputs beside its inputs.
func TestFlakeArgs(t *testing.T) {
	dir := func(text string) fstest.MapFS { return fstest.MapFS{"f/flake.nix": {Data: []byte(text)}} }
	for _, c := range []struct {
		text string
		args map[string]any
		want string
	}{
		{`{ outputs = { self, ... }@args: { v = args.port or 80; }; }`, nil, "80"},
		{`{ outputs = { self, ... }@args: { v = args.port or 80; }; }`, map[string]any{"port": 8080}, "8080"},
		{`{ outputs = { self, port ? 80 }: { v = port; }; }`, map[string]any{"port": 81}, "81"}, // not looked up
		{`{ inputs.i = { url = "path:/f"; flake = false; }; outputs = { self, i }: { v = i.x; }; }`, map[string]any{"i": map[string]any{"x": "mine"}}, `"mine"`},
		{`{ outputs = { self, ... }@args: { v = args.self ? outPath; }; }`, map[string]any{"self": 1}, "true"},
		{`{ outputs = { self, ... }@args: { v = args.inputs or 1; }; }`, map[string]any{"x": 1}, "1"},
	} {
		ev, err := eval.New(eval.Options{FS: dir(c.text), Features: []string{"flakes"}})
		require.NoError(t, err)
		v, err := ev.EvalFlake(t.Context(), "path:/f", eval.FlakeOptions{Args: c.args})
		require.NoError(t, err, c.text)
		v, err = v.Select(t.Context(), "v")
		require.NoError(t, err, c.text)
		assert.Equal(t, c.want, v.String(), c.text)
	}
	ev, err := eval.New(eval.Options{FS: dir(`{ outputs = { self }: { }; }`), Features: []string{"flakes"}})
	require.NoError(t, err)
	v, err := ev.EvalFlake(t.Context(), "path:/f", eval.FlakeOptions{Args: map[string]any{"port": 1}})
	if err == nil {
		err = v.DeepForce(t.Context())
	}
	assert.ErrorContains(t, err, "function 'outputs' called with unexpected argument 'port'")
}

// TestFlakeEntries is for flakes as entries of a search path.
func TestFlakeEntries(t *testing.T) {
	files := fstest.MapFS{"f/flake.nix": {Data: []byte(`{ outputs = _: { }; }`)}, "f/default.nix": {Data: []byte("7")}}
	path := []eval.SearchPathEntry{{Prefix: "f", Path: "flake:path:/f"}}
	ev, err := eval.New(eval.Options{FS: files, SearchPath: path, Features: []string{"flakes"}})
	require.NoError(t, err)
	v, err := ev.EvalString(t.Context(), "import <f>")
	require.NoError(t, err)
	assert.Equal(t, "7", v.String())

	ev, err = eval.New(eval.Options{FS: files, SearchPath: path})
	require.NoError(t, err)
	_, err = ev.EvalString(t.Context(), "import <f>")
	assert.ErrorContains(t, err, "experimental Nix feature 'flakes' is disabled")
}
