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
