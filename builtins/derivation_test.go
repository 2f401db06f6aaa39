package builtins

// This file tests the builtins around the store against recorded answers of the
// reference.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A memHost is a world in memory: contents by path. A directory ends in a
// slash, "-> x" is a link, and "#!" starts an executable.
type memHost map[string]string

func notExist(path string) error { return &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist} }

func (m memHost) Lstat(ctx context.Context, p string) (world.FileInfo, error) {
	text, ok := m[p]
	switch {
	case p == "/" || m.isDir(p):
		return world.FileInfo{Type: world.Directory}, nil
	case !ok:
		return world.FileInfo{}, notExist(p)
	case strings.HasPrefix(text, "-> "):
		return world.FileInfo{Type: world.Symlink}, nil
	}
	return world.FileInfo{Type: world.Regular, Size: int64(len(text)), Executable: strings.HasPrefix(text, "#!")}, nil
}

func (m memHost) isDir(p string) bool {
	for f := range m {
		if strings.HasPrefix(f, p+"/") {
			return true
		}
	}
	return false
}

func (m memHost) Open(ctx context.Context, p string) (world.File, error) {
	if text, ok := m[p]; ok {
		return world.NewFile(strings.NewReader(text), world.FileInfo{Type: world.Regular, Size: int64(len(text))}), nil
	}
	return nil, notExist(p)
}

func (m memHost) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	var out []world.DirEntry
	for f := range m {
		rest, ok := strings.CutPrefix(f, strings.TrimSuffix(p, "/")+"/")
		if !ok || rest == "" {
			continue
		}
		name, _, _ := strings.Cut(rest, "/")
		info, err := m.Lstat(ctx, path.Join(p, name))
		if err != nil {
			return nil, err
		}
		e := world.DirEntry{Name: name, Type: info.Type}
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	if out == nil && p != "/" {
		return nil, notExist(p)
	}
	return out, nil
}

func (m memHost) ReadLink(ctx context.Context, p string) (string, error) {
	return strings.TrimPrefix(m[p], "-> "), nil
}
func (m memHost) Getenv(ctx context.Context, name string) string { return m["$"+name] }

// A scene is what a test evaluates in.
type scene struct {
	files    memHost
	features string
	pure     bool
}

// eval returns what expr evaluates to as nix-instantiate --eval --strict prints
// it, after the warnings.
func (w scene) eval(t *testing.T, expr string) string {
	t.Helper()
	st := memory.View("", w.files)
	features := map[string]bool{}
	for _, f := range strings.Fields(w.features) {
		features[f] = true
	}
	var out strings.Builder
	ev, err := core.New(core.Options{
		Builtins: All(st), Host: st.Host(), Copier: st, Internal: InternalTexts(), Pure: w.pure, NoImportFromDerivation: true,
		System: "x86_64-linux", Features: features, Stderr: &out,
	})
	require.NoError(t, err)
	v, err := ev.EvalString(context.Background(), "«string»", expr, "/")
	if err == nil {
		err = ev.Run(context.Background(), func(c *core.Call) error {
			if err := c.DeepForce(c.Lazy(v)); err != nil {
				return err
			}
			return c.Print(&out, v.Heap())
		})
	}
	if err != nil {
		out.WriteString("error: " + message(err))
	}
	return strings.TrimRight(out.String(), "\n")
}

// message returns the first line of an error, without its place.
func message(err error) string {
	msg := err.Error()
	if e, ok := err.(*core.Error); ok {
		msg = e.Msg
	}
	return msg
}

func TestReference(t *testing.T) {
	const all = "ca-derivations impure-derivations dynamic-derivations git-hashing blake3-hashes"
	for _, test := range []struct{ file, features string }{
		{"derivations.txt", ""},
		{"derivations-experimental.txt", all},
		{"files.txt", ""},
		{"json-xml.txt", ""},
	} {
		t.Run(test.file, func(t *testing.T) {
			data, err := os.ReadFile("testdata/" + test.file)
			require.NoError(t, err)
			w := scene{features: test.features}
			for chunk := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
				expr, rest, _ := strings.Cut(chunk, "\n")
				want := strings.ReplaceAll(strings.TrimPrefix(rest, "=> "), "\n=> ", "\n")
				// Bytes that are not UTF-8 are recorded as U+FFFD.
				assert.Equal(t, want, strings.ToValidUTF8(w.eval(t, expr), "\uFFFD"), expr)
			}
		})
	}
}

// Derivations that refer to all there is below another one, and reading back.
// Recorded with a store that is written to.
func TestDeepContext(t *testing.T) {
	const lets = `let
		a = derivation { name = "dep"; system = "x"; builder = "b"; outputs = [ "out" "dev" "bin" ]; };
		f = derivation {
			name = "fod"; system = "x"; builder = "b"; outputHashMode = "recursive"; x = a;
			outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
		};
		u = builtins.toFile "u" "v";
		b = derivation { name = "dep2"; system = "x"; builder = a; args = [ f a.dev (builtins.toFile "t" "text ${u}") ]; };
		mk = x: (derivation { name = "x"; system = "y"; builder = "z"; inherit x; }).drvPath;
	in `
	for expr, want := range deepGolden {
		assert.Equal(t, want, scene{}.eval(t, lets+expr), expr)
	}
}

func TestFiles(t *testing.T) {
	w := scene{files: memHost{
		"/d/f":             "hi\n",
		"/d/run":           "#!/bin/sh\n",
		"/d/sub/g":         "",
		"/link":            "-> d",
		"/d/up":            "-> ../one.nix",
		"/dangling":        "-> none",
		"/loop":            "-> loop",
		"/one.nix":         "1 + 2",
		"/dir/default.nix": "{ x = ./a/q.nix; y = import ./a/q.nix; }",
		"/dir/a/q.nix":     "[ ./. ]",
		"/scoped.nix":      "x + x",
		"/nul":             "a\x00b",
		"$HOME":            "/home",
	}}
	for _, test := range []struct{ expr, want string }{
		{`builtins.readFile /d/f`, `"hi\n"`},
		{`builtins.readFile /link/f`, `"hi\n"`},
		{`builtins.readFile /dangling`, `error: path '/none' does not exist`},
		{`builtins.readFile /loop`, `error: infinite symlink recursion in path '/loop'`},
		{`builtins.readFile /nul`, `error: the contents of the file '/nul' cannot be represented as a Nix string`},
		{`builtins.readDir /link`, `{ f = "regular"; run = "regular"; sub = "directory"; up = "symlink"; }`},
		{`builtins.readFileType /link`, `"symlink"`},
		{`builtins.readFileType /link/f`, `error: path '/link' is a symlink`},
		{`map builtins.pathExists [ /d /d/f /none /dangling "/d/" "/d/f/" "/link/." "/link/up" ]`, `[ true true false true true false true true ]`},
		{`import /one.nix`, `3`},
		{`import /d/up`, `3`},
		{`import /dir`, `{ x = /dir/a/q.nix; y = [ /dir/a ]; }`},
		{`import /none`, `error: path '/none' does not exist`},
		{`scopedImport { x = 4; } /scoped.nix`, `8`},
		{`scopedImport { } /scoped.nix`, `error: undefined variable 'x'`},
		{`"${/d/f}"`, `"/nix/store/ab3li50xq0nl4q5lxdyinb8w8y13my9s-f"`},
		{`builtins.hashFile "sha256" /d/f`, `"98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4"`},
		{`builtins.path { path = /link; name = "x"; } == builtins.path { path = /d; name = "x"; }`, `true`},
		{`"${/link}" == "${/d}"`, `false`},
		{`builtins.path { path = /d/f; recursive = false; sha256 = "98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4"; } == builtins.path { path = /d/f; recursive = false; }`, `true`},
		{`builtins.path { path = /d; filter = path: type: builtins.trace "${path} ${type}" (type == "regular"); } == builtins.filterSource (path: type: type != "directory" && type != "symlink") /d`,
			"trace: /d/f regular\ntrace: /d/run regular\ntrace: /d/sub directory\ntrace: /d/up symlink\ntrue"},
		{`builtins.readDir "${/d}/sub"`, `{ g = "regular"; }`},
		{`builtins.getEnv "HOME"`, `"/home"`},
		{`(import <nix/fetchurl.nix> { url = "http://x/y"; sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; executable = true; }).drvPath`,
			`"/nix/store/23905j1f9gnyc1bpb7vw5sqdlkvj2d0r-y.drv"`},
		{`(import <nix/fetchurl.nix> { url = "http://x/y"; hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; unpack = true; name = "foo"; }).drvPath`,
			`"/nix/store/2z9fh7i2vnd4ixcfgg4sc0h161c6ylrq-foo.drv"`},
		{`builtins.readFile (derivation { name = "x"; system = "x"; builder = "x"; })`,
			`error: cannot build '/nix/store/7ifhwn82wl0m6cdpy7zr59lkwqgwpf28-x.drv^out' during evaluation because the option 'allow-import-from-derivation' is disabled`},
	} {
		assert.Equal(t, test.want, w.eval(t, test.expr), test.expr)
	}
	w.pure = true
	assert.Equal(t, `""`, w.eval(t, `builtins.getEnv "HOME"`))
	assert.Equal(t, `error: 'builtins.storePath' is not allowed in pure evaluation mode`, w.eval(t, `builtins.storePath /x`))
}

func TestDeepJSON(t *testing.T) {
	const deep = `(builtins.foldl' (a: _: [ a ]) [ ] (builtins.genList (x: x) 1000000))`
	for _, f := range []string{"toJSON", "toXML"} {
		assert.Equal(t, "error: stack overflow; max-call-depth exceeded", scene{}.eval(t, "builtins."+f+" "+deep))
	}
	n := strings.Repeat("[", 100_000)
	assert.Equal(t, "100000", scene{}.eval(t, `builtins.stringLength "`+n+`"`))
	assert.Equal(t, `"list"`, scene{}.eval(t, `builtins.typeOf (builtins.fromJSON "`+n+strings.Repeat("]", 100_000)+`")`))
}

// The frames of an error in a derivation, which is where most errors are seen.
func TestDerivationTrace(t *testing.T) {
	st := memory.View("", memHost{})
	ev, err := core.New(core.Options{Builtins: All(st), Host: st.Host(), Copier: st})
	require.NoError(t, err)
	_, err = ev.EvalString(context.Background(), "«string»", `(derivation { name = "a"; system = "x"; foo = { }; }).drvPath`, "/")
	var e *core.Error
	require.ErrorAs(t, err, &e)
	var frames []string
	for _, f := range e.Frames {
		if text := f.Text(); text != "" {
			frames = append(frames, text)
		}
	}
	assert.Equal(t, "cannot coerce a set to a string: { }", e.Msg)
	assert.Equal(t, []string{
		"while evaluating attribute 'foo' of derivation 'a'",
		"while evaluating derivation 'a'\n  whose name attribute is located at «string»:1:15",
		"while calling the 'derivationStrict' builtin",
	}, frames)
}

// A buildingStore builds each output as a text.
type buildingStore struct {
	store.Store
	built []string // derivations and their outputs
	err   error    // of the next build
}

func (s *buildingStore) Builder() store.Builder { return s }

func (s *buildingStore) Build(ctx context.Context, drvPath string, outputs []string) error {
	if s.err != nil {
		return s.err
	}
	s.built = append(s.built, path.Base(drvPath)+"!"+strings.Join(outputs, ","))
	d, err := store.NewView(s, s.Files()).Derivation(ctx, nil, drvPath)
	if err != nil {
		return err
	}
	_, err = s.AddText(ctx, store.Text{Path: d.Output(outputs[0]).Path, Contents: "{ x = 1; }"})
	return err
}

// TestBuilder imports from a derivation where the store has a builder.
func TestBuilder(t *testing.T) {
	s := &buildingStore{Store: memory.New(store.Dummy(""))}
	st := store.NewView(s, memHost{})
	eval := func(source string) (int64, error) {
		ev, err := core.New(core.Options{Builtins: All(st), Host: st.Host(), Copier: st, Internal: InternalTexts()})
		require.NoError(t, err)
		var n int64
		err = ev.Run(context.Background(), func(c *core.Call) error {
			v, err := c.EvalText("«string»", source, "/")
			if err == nil {
				n = c.Heap().Int(v)
			}
			return err
		})
		return n, err
	}
	const d = `derivation { name = "a"; system = "x"; builder = "b"; outputs = [ "out" "dev" ]; }`
	for range 2 {
		got, err := eval("(import (" + d + ").dev).x")
		require.NoError(t, err)
		assert.EqualValues(t, 1, got)
	}
	require.Len(t, s.built, 1, "what is valid is not built again")
	assert.Regexp(t, `-a\.drv!dev$`, s.built[0])
	s.err = errors.New("it does not build")
	_, err := eval("import (" + d + ")")
	assert.ErrorContains(t, err, "it does not build")
}

var deepGolden = map[string]string{
	`map mk [ a.drvPath b.drvPath f.drvPath [ a.drvPath b.drvPath b ] (builtins.addDrvOutputDependencies (builtins.unsafeDiscardOutputDependency b.drvPath)) ]`: `[ "/nix/store/rqc38jymgfvlxlb86wfrl02vj65r4ssg-x.drv" "/nix/store/3mm1ag027lsj3clxgy4k469dm12nn10g-x.drv" "/nix/store/crn7x47dbard7x56w7n1z97p4n4f1d8j-x.drv" "/nix/store/845k3yxg28d31vppwk8mw6w152ckqb23-x.drv" "/nix/store/3mm1ag027lsj3clxgy4k469dm12nn10g-x.drv" ]`,
	`let i = import b.drvPath; in [ i.name i.outPath i.drvPath (builtins.attrNames i) (builtins.getContext i.drvPath) (builtins.getContext i.outPath) ]`:        `[ "dep2" "/nix/store/q4a9dbjgrsc3zbv80ikcym6k1n01xyca-dep2" "/nix/store/2knfbw3gwcikk4jc3zjwa2lfffww9k58-dep2.drv" [ "all" "drvPath" "name" "out" "outPath" "outputName" "type" ] { "/nix/store/2knfbw3gwcikk4jc3zjwa2lfffww9k58-dep2.drv" = { allOutputs = true; }; } { "/nix/store/2knfbw3gwcikk4jc3zjwa2lfffww9k58-dep2.drv" = { outputs = [ "out" ]; }; } ]`,
	`let i = import a.drvPath; in [ i.outputName i.type i.dev.out.dev.outputName (i.dev.out.dev.all == i.all) (map (x: x.outPath) i.all) ]`:                     `[ "bin" "derivation" "dev" true [ "/nix/store/64q2nkq2yd89hz7hbkp09v3psh95s374-dep-bin" "/nix/store/zwj0rj6fn6qikna76h2vc36civmmhzd9-dep-dev" "/nix/store/2vqadgs3br8sh5p123iz59fn8lm6p85d-dep" ] ]`,
	`builtins.hashString "sha256" (builtins.readFile b.drvPath)`:                                                                                                `"eddac35f2acdb2d3aa832b9d8b860f57c9ac9c8b9f340da935ef5cb635a2edf0"`,
	`builtins.attrNames (builtins.getContext (builtins.readFile b.drvPath))`:                                                                                    `[ "/nix/store/2avzsxgca1c94x1rl9p3w1jfwycg1109-t" "/nix/store/79140bdfhcy91f7kfid47bhr4ki7v39v-fod.drv" "/nix/store/jv93zzanb6c33vspwjp667pxvg160ak2-dep.drv" ]`,
	`builtins.getContext (builtins.readFile (builtins.toFile "q" "hello ${u}"))`:                                                                                `{ "/nix/store/jg9pdbz1mpj183nq0glhxsa765qj342g-u" = { path = true; }; }`,
	`builtins.path { path = builtins.toFile "q" "hello ${u}"; name = "z"; }`:                                                                                    `"/nix/store/4n79laf3d6z3kv8545hgs50cjk7cl1bm-z"`,
	`import (builtins.toFile "x.nix" "{ y = 1; }")`:                                                                                                             `{ y = 1; }`,
}
