package format_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

func newEvaluator(t testing.TB) *core.Evaluator {
	t.Helper()
	st := store.ReadOnlyView("/nix/store", world.OS())
	ev, err := core.New(core.Options{
		Builtins: builtins.All(st), Host: st.Host(), Copier: st, Internal: builtins.InternalTexts(), System: "x86_64-linux",
	})
	require.NoError(t, err)
	return ev
}

// write returns what a text evaluates to in a form.
func write(t testing.TB, source string, opt format.Options) (string, error) {
	t.Helper()
	if opt.Delay == 0 {
		opt.Delay = -1
	}
	var out bytes.Buffer
	ev := newEvaluator(t)
	err := ev.Run(context.Background(), func(c *core.Call) error {
		v, err := c.EvalText("«string»", source, "/")
		if err != nil {
			return err
		}
		return format.Write(c.Source(), &out, heap.Lazy(v), opt)
	})
	return out.String(), err
}

// oracle runs nix eval of the reference; "" if there is none.
//
//	FIRN_ORACLE=nix-instantiate go test ./eval/format -run Forms
func oracle(t *testing.T, args ...string) (string, bool) {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(command) == 0 {
		return "", false
	}
	command[len(command)-1] = strings.TrimSuffix(command[len(command)-1], "-instantiate")
	command = append(command, "--extra-experimental-features", "nix-command")
	cmd := exec.Command(command[0], append(command[1:], args...)...)
	cmd.Env = append(os.Environ(), "NIX_REMOTE=dummy://")
	cmd.Dir = "/"
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", true
	}
	require.NoError(t, err)
	return string(out), true
}

// replOracle returns what :p of nix repl prints.
func replOracle(t *testing.T, source string) string {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	command[len(command)-1] = strings.TrimSuffix(command[len(command)-1], "-instantiate")
	command = append(command, "--extra-experimental-features", "nix-command", "repl")
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), "NIX_REMOTE=dummy://", "TERM=dumb")
	cmd.Dir = "/"
	cmd.Stdin = strings.NewReader(":p " + strings.ReplaceAll(source, "\n", " ") + "\n")
	out, err := cmd.Output()
	require.NoError(t, err)
	_, text, _ := strings.Cut(string(out), "\n")
	text, _, _ = strings.Cut(text, "nix-repl>")
	return strings.TrimRight(text, "\n")
}

// sections are the forms that the cases are written in. Those with a reference are
// compared with it.
var sections = []struct {
	name string
	opt  format.Options
}{
	{"nix", format.Options{OnError: goOn}},
	{"repl", format.Options{OnError: goOn, Pretty: true, Color: true}},
	{"pretty", format.Options{Pretty: true, Width: 60}},
	{"shallow", format.Options{Depth: 1, Lazy: true, MaxAttrs: 5, MaxItems: 3, MaxString: 10}},
	{"json", format.Options{Form: format.JSON}},
	{"json-pretty", format.Options{Form: format.JSON, Pretty: true}},
	{"json-keep-going", format.Options{Form: format.JSON, OnError: goOn}},
	{"yaml", format.Options{Form: format.YAML}},
	{"yaml-keep-going", format.Options{Form: format.YAML, OnError: goOn}},
	{"toml", format.Options{Form: format.TOML}},
	{"toml-keep-going", format.Options{Form: format.TOML, OnError: goOn}},
	{"xml", format.Options{Form: format.XML, Locations: true}},
	{"xml-keep-going", format.Options{Form: format.XML, Locations: true, OnError: goOn}},
	{"env", format.Options{Form: format.Env}},
	{"env-keep-going", format.Options{Form: format.Env, OnError: goOn}},
	{"raw", format.Options{Form: format.Raw}},
}

func goOn(*format.Error) error { return nil }

// TestForms writes the expressions of testdata/forms in all forms.
func TestForms(t *testing.T) {
	files, err := filepath.Glob("testdata/forms/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			old, err := txtar.ParseFile(file)
			require.NoError(t, err)
			source := string(old.Files[0].Data)
			ar := &txtar.Archive{Comment: old.Comment, Files: old.Files[:1]}
			for _, s := range sections {
				got, err := write(t, source, s.opt)
				if err != nil {
					got += "error: " + err.Error() + "\n"
				}
				if name := filepath.Base(t.Name()); notCompared[name+"/"+s.name] == "" {
					compareOracle(t, s.name, source, got, err)
				}
				got = visible(got)
				if !strings.HasSuffix(got, "\n") {
					got += "\n"
				}
				if strings.Contains(s.name, "keep-going") && string(ar.Files[len(ar.Files)-1].Data) == got {
					continue // there was no error
				}
				ar.Files = append(ar.Files, txtar.File{Name: s.name, Data: []byte(got)})
			}
			corpus.File(t, file, string(txtar.Format(ar)))
		})
	}
}

// notCompared says of forms of cases why they are not compared with the reference.
var notCompared = map[string]string{
	"derivation/nix":         "the reference would have to write to a store",
	"derivation/repl":        "the same",
	"derivation/json":        "the same",
	"derivation/json-pretty": "the same",
	"errors/repl":            "where a single attribute fails, the reference writes the error in place of its name, and goes on indented",
	"string/repl":            "nix repl prints a string alone as raw text",
	"strings/repl":           "it reads one line, and prints control characters as they are",
}

// visible returns text without control characters, which golden files are better off
// without.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Cf)) {
			fmt.Fprintf(&b, "‹%x›", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func compareOracle(t *testing.T, form, source, got string, err error) {
	args := map[string][]string{
		"nix": nil, "repl": nil, "json": {"--json"}, "json-pretty": {"--json", "--pretty"}, "raw": {"--raw"},
	}
	flags, ok := args[form]
	if !ok {
		return
	}
	want, ok := oracle(t, append([]string{"eval", "--impure", "--expr", source}, flags...)...)
	if !ok {
		return
	}
	if form == "repl" {
		want = replOracle(t, source)
	}
	if err != nil {
		require.Empty(t, want, "%s of the reference", form)
		return
	}
	require.Equal(t, strings.TrimRight(want, "\n"), strings.TrimRight(got, "\n"), "%s of the reference", form)
}

// TestNestedDeeply writes a value of 9,000 levels on several lines: the indentation ends
// at 200 columns, where it would be 160 MB of blanks.
func TestNestedDeeply(t *testing.T) {
	const source = "let g = n: v: if n == 0 then v else g (n - 1) { a = v; }; in g 9000 { b = 1; c = 2; }"
	for _, form := range []format.Form{format.Nix, format.JSON} {
		text, err := write(t, source, format.Options{Form: form, Pretty: true})
		require.NoError(t, err, form)
		assert.Less(t, len(text), 5<<20, form)
		blanks := strings.Repeat(" ", 200)
		assert.Contains(t, text, "\n"+blanks, form)
		assert.NotContains(t, text, "\n"+blanks+" ", form)
	}
}
