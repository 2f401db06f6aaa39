package buildenv_test

// This file defines the tests of user environments, with packages in memory.

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/build/buildenv"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/eval/world"
)

// packages returns a world with files; a text that begins with "-> " is a symbolic link.
func packages(files map[string]string) world.Host {
	m := fstest.MapFS{}
	for name, text := range files {
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			m[name] = &fstest.MapFile{Data: []byte(target), Mode: fs.ModeSymlink}
		} else {
			m[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return world.FromFS(m, nil)
}

// list returns the links and files of a tree, in order, one on a line.
func list(t *testing.T, tree *buildenv.Tree) string {
	t.Helper()
	var out strings.Builder
	var visit func(dir string)
	visit = func(dir string) {
		names, err := tree.ReadDir("/" + dir)
		require.NoError(t, err)
		for _, name := range slices.Sorted(slices.Values(names)) {
			at := strings.TrimPrefix(dir+"/"+name, "/")
			info, err := tree.Lstat("/" + at)
			require.NoError(t, err)
			switch info.Kind {
			case nar.Directory:
				out.WriteString(at + "/\n")
				visit(at)
			case nar.Symlink:
				target, err := tree.ReadLink("/" + at)
				require.NoError(t, err)
				out.WriteString(at + " -> " + target + "\n")
			default:
				out.WriteString(at + "\n")
			}
		}
	}
	visit("")
	return out.String()
}

// TestPlan compares trees, warnings and errors with what the reference makes of the same
// packages.
func TestPlan(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		pkgs  []buildenv.Package
		want  string
		warns []string
		err   string
	}{
		{
			name:  "folders of one package are links, those of several are merged",
			files: map[string]string{"s/a/bin/a": "", "s/a/lib/x/1": "", "s/b/bin/b": "", "s/b/share/b": ""},
			pkgs:  []buildenv.Package{{Path: "/s/a", Priority: 5}, {Path: "/s/b", Priority: 5}},
			want:  "bin/\nbin/a -> /s/a/bin/a\nbin/b -> /s/b/bin/b\nlib -> /s/a/lib\nshare -> /s/b/share\n",
		},
		{
			name:  "the lower number wins, whatever the order",
			files: map[string]string{"s/a/bin/x": "", "s/b/bin/x": "", "s/c/bin/x": ""},
			pkgs:  []buildenv.Package{{Path: "/s/a", Priority: 9}, {Path: "/s/b", Priority: 1}, {Path: "/s/c", Priority: 5}},
			want:  "bin/\nbin/x -> /s/b/bin/x\n",
		},
		{
			name:  "conflict",
			files: map[string]string{"s/a/bin/x": "", "s/b/bin/x": ""},
			pkgs:  []buildenv.Package{{Path: "/s/b", Priority: 5}, {Path: "/s/a", Priority: 5}},
			err:   "Unable to build profile. There is a conflict for the following files:\n\n  \"/s/a/bin/x\"\n  \"/s/b/bin/x\"",
		},
		{
			name:  "packages that are not active have no files",
			files: map[string]string{"s/a/bin/x": "", "s/b/bin/x": "", "s/b/nix-support/propagated-user-env-packages": "/s/c\n", "s/c/bin/c": ""},
			pkgs:  []buildenv.Package{{Path: "/s/a", Priority: 5}, {Path: "/s/b", Priority: 5, Inactive: true}},
			want:  "bin -> /s/a/bin\n",
		},
		{
			name: "propagated packages come last, round by round",
			files: map[string]string{
				"s/a/bin/x": "", "s/a/nix-support/propagated-user-env-packages": "/s/d /s/c\n",
				"s/c/bin/x": "", "s/c/bin/y": "", "s/d/bin/y": "", "s/d/nix-support/propagated-user-env-packages": "/s/a /s/e",
				"s/e/bin/e": "", "s/e/bin/y": "",
			},
			pkgs: []buildenv.Package{{Path: "/s/a", Priority: 5}},
			want: "bin/\nbin/e -> /s/e/bin/e\nbin/x -> /s/a/bin/x\nbin/y -> /s/c/bin/y\n",
		},
		{
			name: "left out",
			files: map[string]string{
				"s/a/.hidden": "", "s/a/log/1": "", "s/a/manifest.nix": "", "s/a/manifest.json": "", "s/a/nix-support/x": "",
				"s/a/share/info/dir": "", "s/a/share/info/x": "", "s/a/lib/perllocal.pod": "", "s/b/share/info/dir": "", "s/b/share/info/y": "", "s/b/lib/perllocal.pod": "",
			},
			pkgs: []buildenv.Package{{Path: "/s/a"}, {Path: "/s/b"}},
			want: "lib/\nshare/\nshare/info/\nshare/info/x -> /s/a/share/info/x\nshare/info/y -> /s/b/share/info/y\n",
		},
		{
			name:  "links between packages",
			files: map[string]string{"s/a/lib": "-> ../c/lib64", "s/b/lib/b": "", "s/c/lib64/c": "", "s/b/gone": "-> /s/nowhere"},
			pkgs:  []buildenv.Package{{Path: "/s/a"}, {Path: "/s/b"}},
			want:  "lib/\nlib/b -> /s/b/lib/b\nlib/c -> /s/c/lib64/c\n",
			warns: []string{"skipping dangling symlink '/out/gone'"},
		},
		{
			name:  "a package that is a file",
			files: map[string]string{"s/a": "text"},
			pkgs:  []buildenv.Package{{Path: "/s/a"}},
			warns: []string{`not including "/s/a" in the user environment because it's not a directory`},
		},
		{
			name:  "a folder meets a file",
			files: map[string]string{"s/a/x": "", "s/b/x/y": ""},
			pkgs:  []buildenv.Package{{Path: "/s/a", Priority: 1}, {Path: "/s/b", Priority: 2}},
			err:   `collision between "/s/b/x" and non-directory "/s/a/x"`,
		},
		{
			name:  "a file meets a merged folder",
			files: map[string]string{"s/a/x/1": "", "s/b/x/2": "", "s/c/x": ""},
			pkgs:  []buildenv.Package{{Path: "/s/a", Priority: 1}, {Path: "/s/b", Priority: 2}, {Path: "/s/c", Priority: 3}},
			err:   "collision between non-directory '/s/c/x' and directory '/out/x'",
		},
		{
			name: "a package that is not there",
			pkgs: []buildenv.Package{{Path: "/s/a"}},
			err:  "path '/s/a' does not exist",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var warns []string
			tree, err := buildenv.Plan(context.Background(), test.pkgs, buildenv.Options{
				Files: packages(test.files), Out: "/out", Warn: func(text string) { warns = append(warns, text) },
			})
			assert.Equal(t, test.warns, warns)
			if test.err != "" {
				require.EqualError(t, err, test.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.want, list(t, tree))
		})
	}
}

// TestConflictError checks that the parts of a conflict can be told in other words.
func TestConflictError(t *testing.T) {
	_, err := buildenv.Plan(context.Background(), []buildenv.Package{{Path: "/s/a", Priority: 3}, {Path: "/s/b", Priority: 3}},
		buildenv.Options{Files: packages(map[string]string{"s/a/x": "", "s/b/x": "", "s/a/y": "", "s/b/y": ""})})
	var conflict *buildenv.ConflictError
	require.ErrorAs(t, err, &conflict)
	assert.Equal(t, buildenv.ConflictError{Old: "/s/a/y", New: "/s/b/y", Priority: 3}, *conflict, "the last one by its name")
}

// TestRecipe reads the environment of a derivation, and makes its output.
func TestRecipe(t *testing.T) {
	env := func(derivations string) func(string) (string, bool) {
		return func(name string) (string, bool) {
			v, ok := map[string]string{"derivations": derivations, "manifest": "/s/m"}[name]
			return v, ok
		}
	}
	r, err := buildenv.ParseRecipe(env("true 5 2 /s/a /s/b false 7 1 /s/c"))
	require.NoError(t, err)
	assert.Equal(t, buildenv.Recipe{Manifest: "/s/m", Packages: []buildenv.Package{
		{Path: "/s/a", Priority: 5}, {Path: "/s/b", Priority: 5}, {Path: "/s/c", Priority: 7, Inactive: true},
	}}, r)
	none, err := buildenv.ParseRecipe(env(""))
	require.NoError(t, err)
	assert.Empty(t, none.Packages)
	for text, want := range map[string]string{
		"true 5 2 /s/a": "the attribute 'derivations' of a user environment ends too early",
		"true x 1 /s/a": "the attribute 'derivations' of a user environment has 'x' in place of a number",
	} {
		_, err := buildenv.ParseRecipe(env(text))
		assert.EqualError(t, err, want)
	}
	_, err = buildenv.ParseRecipe(func(string) (string, bool) { return "", false })
	assert.EqualError(t, err, "attribute 'derivations' missing")

	out := filepath.Join(t.TempDir(), "out")
	err = r.Build(context.Background(), out, buildenv.Options{Files: packages(map[string]string{"s/a/bin/a": "", "s/b/bin/b": "", "s/c/c": ""})})
	require.NoError(t, err)
	for name, want := range map[string]string{"bin/a": "/s/a/bin/a", "bin/b": "/s/b/bin/b", "manifest.nix": "/s/m"} {
		target, err := os.Readlink(filepath.Join(out, name))
		require.NoError(t, err)
		assert.Equal(t, want, target)
	}
	_, err = os.Lstat(filepath.Join(out, "c"))
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// TestTree writes a tree as an archive, and as files.
func TestTree(t *testing.T) {
	tree, err := buildenv.Plan(context.Background(), []buildenv.Package{{Path: "/s/a"}, {Path: "/s/b"}},
		buildenv.Options{Files: packages(map[string]string{"s/a/bin/a": "", "s/b/bin/b": ""})})
	require.NoError(t, err)
	tree.AddFile("manifest.json", "{}")
	dir := filepath.Join(t.TempDir(), "deep", "tree")
	require.NoError(t, tree.Write(dir))
	var a, b strings.Builder
	require.NoError(t, nar.Write(&a, tree, "/", nil))
	require.NoError(t, nar.Write(&b, nar.OS{}, dir, nil))
	assert.Equal(t, b.String(), a.String())
	_, err = tree.Lstat("/bin/c")
	assert.ErrorIs(t, err, fs.ErrNotExist)
	_, err = tree.Lstat("/bin/a/c")
	assert.ErrorIs(t, err, fs.ErrNotExist, "below a link")
}
