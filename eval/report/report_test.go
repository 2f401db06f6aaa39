package report_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/report"
	"github.com/firn-lang/firn/eval/world"
)

// files is a world of a few files.
type files map[string]string

func (f files) Lstat(_ context.Context, p string) (world.FileInfo, error) {
	if text, ok := f[p]; ok {
		return world.FileInfo{Type: world.Regular, Size: int64(len(text))}, nil
	}
	for name := range f {
		if strings.HasPrefix(name, strings.TrimSuffix(p, "/")+"/") {
			return world.FileInfo{Type: world.Directory}, nil
		}
	}
	return world.FileInfo{}, &fs.PathError{Op: "lstat", Path: p, Err: fs.ErrNotExist}
}

func (f files) Open(ctx context.Context, p string) (world.File, error) {
	info, err := f.Lstat(ctx, p)
	if err == nil && info.Type == world.Directory {
		err = &fs.PathError{Op: "read", Path: p, Err: errors.New("is a directory")}
	}
	if err != nil {
		return nil, err
	}
	return world.NewFile(strings.NewReader(f[p]), info), nil
}

func (f files) ReadDir(ctx context.Context, p string) ([]world.DirEntry, error) {
	names := map[string]world.FileType{}
	for name := range f {
		if rest, ok := strings.CutPrefix(name, strings.TrimSuffix(p, "/")+"/"); ok {
			first, _, more := strings.Cut(rest, "/")
			names[first] = world.Regular
			if more {
				names[first] = world.Directory
			}
		}
	}
	if len(names) == 0 {
		return nil, &fs.PathError{Op: "open", Path: p, Err: fs.ErrNotExist}
	}
	var out []world.DirEntry
	for name, kind := range names {
		out = append(out, world.DirEntry{Name: name, Type: kind})
	}
	slices.SortFunc(out, func(a, b world.DirEntry) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func (f files) ReadLink(_ context.Context, p string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: p, Err: fs.ErrNotExist}
}

func (f files) Getenv(context.Context, string) string { return "" }

// dir is where programs are that are evaluated.
const dir = "/home/alice/config"

// A setting is how a program is evaluated.
type setting struct {
	search           []string // NAME=PATH
	pure, restricted bool
	limits           core.Limits
}

// evaluate evaluates main.nix, all of it, and returns the report on its error.
func evaluate(t *testing.T, all files, s setting) *report.Report {
	t.Helper()
	host := world.Host(all)
	opt := core.Options{Limits: s.limits, Home: "/home/alice", Internal: builtins.InternalTexts(), Pure: s.pure, Restricted: s.restricted}
	switch {
	case s.pure:
		host = world.Restrict(host, "in pure evaluation mode (use '--impure' to override)", dir)
	case s.restricted:
		host = world.Restrict(host, "in restricted mode", dir)
	}
	for _, entry := range s.search {
		name, p, _ := strings.Cut(entry, "=")
		p = path.Join(dir, p)
		opt.SearchPath = append(opt.SearchPath, core.SearchPathEntry{Prefix: name, Path: p})
	}
	st := store.ReadOnlyView("/nix/store", host)
	opt.Host, opt.Copier, opt.Builtins = host, st, builtins.All(st)
	ev, err := core.New(opt)
	require.NoError(t, err)
	err = ev.Run(context.Background(), func(c *core.Call) error {
		v, err := c.Import(dir+"/main.nix", 0)
		if err != nil {
			return err
		}
		return c.DeepForce(heap.Lazy(v))
	})
	require.Error(t, err)
	return report.New(err, report.For(ev, all, dir+"/main.nix"))
}

// TestMistakes evaluates what users wrote, and compares what they are told. Each
// archive in corpus/mistakes has main.nix and other files; the words before them
// are about the case, and lines "search: NAME=PATH" and "pure" change how it is
// evaluated.
func TestMistakes(t *testing.T) {
	cases, err := filepath.Glob("../../corpus/mistakes/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases)
	for _, name := range cases {
		base := strings.TrimSuffix(name, ".txtar")
		t.Run(filepath.Base(base), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			require.NoError(t, err)
			world := files{}
			for _, f := range ar.Files {
				world[path.Join(dir, f.Name)] = string(f.Data)
			}
			var s setting
			for line := range strings.Lines(string(ar.Comment)) {
				line = strings.TrimSpace(line)
				if entry, ok := strings.CutPrefix(line, "search: "); ok {
					s.search = append(s.search, entry)
				}
				s.pure = s.pure || line == "pure"
			}
			r := evaluate(t, world, s)
			corpus.File(t, base+".txt", r.Text(report.TextOptions{Dir: dir, Width: 100, NoExplain: true}))
			var line, indented strings.Builder
			line.Write(r.JSON())
			require.Equal(t, 1, strings.Count(line.String(), "\n"))
			enc := json.NewEncoder(&indented)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			require.NoError(t, enc.Encode(json.RawMessage(line.String())))
			corpus.File(t, base+".json", indented.String())
		})
	}
}

// TestReference records what C++ Nix says of the same mistakes, beside what firn says, if
// FIRN_ORACLE names its nix-instantiate.
func TestReference(t *testing.T) {
	oracle := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(oracle) == 0 {
		t.Skip("FIRN_ORACLE is not set")
	}
	cases, err := filepath.Glob("../../corpus/mistakes/*.txtar")
	require.NoError(t, err)
	for _, name := range cases {
		ar, err := txtar.ParseFile(name)
		require.NoError(t, err)
		if strings.Contains(string(ar.Comment), "pure\n") {
			continue // nix-instantiate has no pure evaluation of a file
		}
		if filepath.Base(name) == "terminal.txtar" {
			continue // the width of its tab depends on the folder
		}
		base := strings.TrimSuffix(name, ".txtar")
		t.Run(filepath.Base(base), func(t *testing.T) {
			tmp := t.TempDir()
			for _, f := range ar.Files {
				file := filepath.Join(tmp, f.Name)
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, f.Data, 0o644))
			}
			args := append(oracle[1:len(oracle):len(oracle)], "--eval", "--strict", "main.nix")
			for line := range strings.Lines(string(ar.Comment)) {
				if entry, ok := strings.CutPrefix(strings.TrimSpace(line), "search: "); ok {
					args = append(args, "-I", entry)
				}
			}
			cmd := exec.Command(oracle[0], args...)
			cmd.Dir = tmp
			cmd.Env = append(os.Environ(), "NIX_REMOTE=dummy://", "NIX_PATH=")
			var errs strings.Builder
			cmd.Stderr = &errs
			require.Error(t, cmd.Run())
			corpus.File(t, base+".nix.txt", strings.ReplaceAll(errs.String(), tmp, dir))
		})
	}
}

// evaluatorArgs are the arguments of examples that say what the evaluator allows.
var evaluatorArgs = []string{"--pure", "--option=restrict-eval=true"}

// TestExamples evaluates the example of each code, which must have that code.
func TestExamples(t *testing.T) {
	for _, code := range report.Codes() {
		t.Run(code.Name, func(t *testing.T) {
			assert.NotEmpty(t, code.Title)
			assert.NotEmpty(t, code.Text)
			assert.NotEmpty(t, code.Repair)
			if code.Example == "" { // see TestOutside and TestUntracked
				if strings.HasPrefix(code.Name, "decode-") {
					return // see TestDecodeCodes in package eval
				}
				assert.Contains(t, []string{"host", "panic", "internal", "interrupted", "untracked-file", "invalid-yaml", "download", "fetch", "invalid-flake", "invalid-lock-file", "lock-changes", "missing-output", "not-a-flake"}, code.Name, "no program has it")
				return
			}
			if slices.ContainsFunc(code.Args, func(arg string) bool { return !slices.Contains(evaluatorArgs, arg) }) {
				t.Skip("is one of the command: see TestExamples there")
			}
			world := files{dir + "/main.nix": code.Example}
			for name, text := range code.Files {
				world[path.Join(dir, name)] = text
			}
			s := setting{
				pure: slices.Contains(code.Args, "--pure"), restricted: slices.Contains(code.Args, "--option=restrict-eval=true"),
				limits: core.Limits{Memory: 1 << 30},
			}
			r := evaluate(t, world, s)
			require.Equal(t, code.Name, r.Code.Name, r.Nix)
			if r.Code.Name != "failed-assertions" {
				require.NotNil(t, r.Place)
				require.Equal(t, report.User, r.Place.Origin)
			}
		})
	}
}

func TestLookup(t *testing.T) {
	c, _ := report.Lookup("Missing-Attribute")
	require.NotNil(t, c)
	c, near := report.Lookup("missing-atribute")
	require.Nil(t, c)
	require.Equal(t, "missing-attribute", near[0])
	_, near = report.Lookup("recursion")
	require.Equal(t, []string{"infinite-recursion"}, near)
	_, near = report.Lookup("E0107")
	require.Empty(t, near)
}

// index returns a Git index with those files.
func index(names ...string) string {
	out := "DIRC\x00\x00\x00\x02\x00\x00\x00" + string(rune(len(names)))
	for _, name := range names {
		entry := strings.Repeat("\x00", 60) + fmt.Sprintf("\x00%c", rune(len(name))) + name
		out += entry + strings.Repeat("\x00", 8-len(entry)%8)
	}
	return out
}

func TestUntracked(t *testing.T) {
	world := files{
		dir + "/main.nix":    `import "${./site}/default.nix"`,
		dir + "/new.nix":     "1",
		dir + "/.git/index":  index("main.nix", "old.nix", "lib/a.nix"),
		dir + "/lib/b.nix":   "1",
		dir + "/site/x":      "",
		dir + "/other/a.nix": "import ./old.nix",
		dir + "/other/b.nix": "import ./olt.nix",
		"/nix/store/x/keep":  "",
	}
	missing := func(p string) *report.Report {
		return report.New(&core.Error{
			Code: core.CodeMissingFile, Kind: core.ErrHost, Msg: "path '" + p + "' does not exist",
			Cause: &fs.PathError{Op: "lstat", Path: p, Err: fs.ErrNotExist},
		}, report.Options{
			Host: world, Copies: map[string]string{"/nix/store/abc-config": dir},
		})
	}
	r := missing("/nix/store/abc-config/new.nix")
	require.Equal(t, "untracked-file", r.Code.Name)
	require.Equal(t, "the file 'new.nix' exists but is untracked: Git does not know it", r.Message)
	require.Equal(t, []string{"git -C " + dir + " add -N new.nix makes it known"}, r.Notes)

	r = missing("/nix/store/abc-config/lib/b.nix")
	require.Equal(t, "untracked-file", r.Code.Name)

	r = missing(dir + "/old.nix")
	require.Equal(t, "missing-file", r.Code.Name)
	require.Equal(t, []string{"Git knows the file, but it was deleted or moved: git restore old.nix brings it back"}, r.Notes)

	r = missing(dir + "/nev.nix")
	require.Equal(t, []string{"./new.nix"}, r.Suggestions)
}

// TestSchema compares the fields of the JSON form with what they were: a change of
// them is one of SchemaVersion, but for new ones.
func TestSchema(t *testing.T) {
	require.Equal(t, 1, report.SchemaVersion)
	var out strings.Builder
	seen := map[reflect.Type]bool{}
	var show func(typ reflect.Type)
	show = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		fmt.Fprintf(&out, "%s\n", typ.Name())
		for i := range typ.NumField() {
			f := typ.Field(i)
			fmt.Fprintf(&out, "  %s %s\n", f.Tag.Get("json"), strings.ReplaceAll(f.Type.String(), "report.", ""))
		}
		for i := range typ.NumField() {
			show(typ.Field(i).Type)
		}
	}
	show(reflect.TypeFor[report.Object]())
	corpus.File(t, "testdata/schema.txt", out.String())
}

func TestWidth(t *testing.T) {
	long := "a message " + strings.Repeat("of many words ", 20)
	world := files{dir + "/main.nix": "{ " + strings.Repeat("/* long */ ", 20) + "x = throw \"" + long + "\"; }"}
	r := evaluate(t, world, setting{})
	for _, width := range []int{40, 60, 100} {
		for line := range strings.Lines(r.Text(report.TextOptions{Width: width, Dir: dir})) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), width+1, line)
		}
	}
	text := r.Text(report.TextOptions{Width: 60, Dir: dir, NoExplain: true})
	corpus.File(t, "testdata/width.txt", text)
}
