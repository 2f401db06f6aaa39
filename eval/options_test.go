package eval_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// TestOptions looks at what the options that command lines set do, and at their defaults.
func TestOptions(t *testing.T) {
	files := fstest.MapFS{"lib/x.nix": {Data: []byte("1")}, "a/b.nix": {Data: []byte("2")}, "secret": {Data: []byte("3")}}
	for _, tt := range []struct {
		name   string
		opt    eval.Options
		source string
		want   string // the value as JSON, or part of the error
	}{
		{"no store directory", eval.Options{}, "builtins.storeDir", `"/nix/store"`},
		{"a store directory", eval.Options{StoreDir: "/x/store"}, `[ builtins.storeDir (builtins.toFile "a" "") ]`, `["/x/store","/x/store/` + `HASH-a"]`},
		{"no folder", eval.Options{FS: files, SearchPath: []eval.SearchPathEntry{{Path: "lib"}}}, "import <x.nix>", "1"},
		{"a folder", eval.Options{FS: files, Dir: "/a", SearchPath: []eval.SearchPathEntry{{Path: "."}}}, "import <b.nix>", "2"},
		{"nothing allowed", eval.Options{FS: files, Allowed: []string{}}, "builtins.readFile /secret", "access to absolute path '/secret' is forbidden by the program that evaluates it"},
		{"own words", eval.Options{FS: files, Allowed: []string{"/a"}, Restriction: "here"}, "builtins.readFile /secret", "'/secret' is forbidden here"},
		{"what is allowed", eval.Options{FS: files, Allowed: []string{"/a"}}, "import /a/b.nix", "2"},
		{"pure, without files", eval.Options{Pure: true}, "builtins.readFile /x", "forbidden in pure evaluation mode"},
		{"no URI", eval.Options{Allowed: []string{}}, `builtins.fetchurl "https://example.org/a"`, "access to URI 'https://example.org/a' is forbidden"},
		{"an URI", eval.Options{Allowed: []string{}, AllowedURIs: []string{"https://example.org"}}, `builtins.fetchurl "https://example.org/a"`, "is not supported"},
		{"this machine", eval.Options{}, "builtins.currentSystem", `"` + eval.ThisSystem() + `"`},
		{"no native code", eval.Options{}, "builtins ? exec", "false"},
		{"native code", eval.Options{NativeCode: true}, "builtins ? exec", "true"},
		{"a lint", eval.Options{Lints: lang.Lints{AbsolutePath: lang.LintFatal}}, "[ /a ]", "absolute path"},
		{"a warning that is an error", eval.Options{AbortOnWarn: true}, `builtins.warn "w" 1`, "aborting to reveal stack trace"},
		{"memory by default", eval.Options{}, "builtins.stringLength (builtins.concatStringsSep \"\" (builtins.genList (x: \"0123456789\") 1000))", "10000"},
	} {
		ev, err := eval.New(tt.opt)
		require.NoError(t, err, tt.name)
		v, err := ev.EvalString(ctx, tt.source)
		var text []byte
		if err == nil {
			text, err = v.JSON(ctx)
		}
		if err != nil {
			assert.ErrorContains(t, err, tt.want, tt.name)
			continue
		}
		assert.Equal(t, tt.want, regexp.MustCompile(`[0-9a-z]{32}-`).ReplaceAllString(string(text), "HASH-"), tt.name)
	}
}

func TestMessages(t *testing.T) {
	const source = `builtins.trace "t" (builtins.warn "w\nx" (builtins.traceVerbose "v" (import /a.nix)))`
	files := fstest.MapFS{"a.nix": {Data: []byte("1")}}
	var traces, warnings, imports []string
	ev := evaluator(t, eval.Options{
		FS:       files,
		Trace:    func(text string) { traces = append(traces, text) },
		Warn:     func(text string) { warnings = append(warnings, text) },
		OnImport: func(path string) { imports = append(imports, path) },
	})
	evaluate(t, ev, source)
	long := strings.Repeat("long\n", 50_000)
	v, err := ev.Encode(ctx, long)
	require.NoError(t, err)
	_, err = evaluate(t, ev, "x: builtins.trace x 1").Call(ctx, v)
	require.NoError(t, err)
	assert.Equal(t, []string{"t", long}, traces, "each text whole")
	assert.Len(t, warnings, 1)
	assert.Equal(t, []string{"/a.nix"}, imports)

	var out bytes.Buffer
	ev = evaluator(t, eval.Options{FS: files, Messages: &out, TraceVerbose: true})
	evaluate(t, ev, source)
	assert.Equal(t, "trace: t\nevaluation warning: w\n                    x\ntrace: v\n", out.String())

	out.Reset()
	ev = evaluator(t, eval.Options{Messages: &out, TraceCalls: true, CountCalls: true, CountExpressions: true})
	evaluate(t, ev, "let f = x: x; in f 1 + f 2")
	assert.Equal(t, 2, strings.Count(out.String(), "function-trace entered «string»:1:"), out.String())
	counts := ev.CallCounts()
	assert.Equal(t, []eval.FunctionCount{{Name: "f", Position: lang.Position{File: "«string»", Line: 1, Column: 9}, Count: 2}}, counts.Functions)
	assert.NotZero(t, ev.Stats().Counts.Expressions)
	assert.EqualValues(t, 2, ev.Stats().Counts.Calls)
	assert.Contains(t, ev.Names(), "f")
}
