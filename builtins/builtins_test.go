package builtins_test

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/store/memory"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/manual"
	"github.com/firn-lang/firn/eval/world"
)

func all() []*core.Builtin { return builtins.All(memory.View("", world.None())) }

// TestNames compares all names, how many arguments they take and their order with
// what was recorded of the reference.
func TestNames(t *testing.T) {
	data, err := os.ReadFile("testdata/names.txt")
	require.NoError(t, err)
	var want []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		// The evaluator makes builtins of the others.
		if line != "builtins 0" && line != "" && line[0] != '#' {
			want = append(want, line)
		}
	}
	var got []string
	for _, b := range builtins.With(memory.View("", world.None()), builtins.Options{Native: true}) {
		if !b.Hidden {
			got = append(got, b.Name+" "+strconv.Itoa(len(b.Args)))
		}
	}
	assert.Equal(t, want, got)
}

// TestDeclarations checks what the evaluator takes for granted.
func TestDeclarations(t *testing.T) {
	names, orders := map[string]bool{}, map[int]string{}
	for _, b := range builtins.With(memory.View("", world.None()), builtins.Options{Native: true}) {
		assert.False(t, names[b.Name], "%s is declared twice", b.Name)
		names[b.Name] = true
		assert.Positive(t, b.Order, "%s has no order", b.Name)
		assert.Empty(t, orders[b.Order], "%s has the order of another builtin", b.Name)
		orders[b.Order] = b.Name
		assert.LessOrEqual(t, b.Early, len(b.Args), "%s has no argument of that number", b.Name)
	}
}

// globals are the names that the reference knows everywhere, in its default
// configuration.
const globals = `
__add __addDrvOutputDependencies __addErrorContext __all __any __appendContext __attrNames __attrValues
__bitAnd __bitOr __bitXor __catAttrs __ceil __compareVersions __concatLists __concatMap __concatStringsSep
__convertHash __currentSystem __currentTime __deepSeq __div __elem __elemAt __fetchurl __filter __filterSource
__findFile __flakeRefToString __floor __foldl' __fromJSON __functionArgs __genList __genericClosure __getAttr
__getContext __getEnv __getFlake __groupBy __hasAttr __hasContext __hashFile __hashString __head
__intersectAttrs __isAttrs __isBool __isFloat __isFunction __isInt __isList __isPath __isString __langVersion
__length __lessThan __listToAttrs __mapAttrs __match __mul __nixPath __nixVersion __parseDrvName
__parseFlakeRef __partition __path __pathExists __readDir __readFile __readFileType __replaceStrings __seq
__sort __split __splitVersion __storeDir __storePath __stringLength __sub __substring __tail __toFile __toJSON
__toPath __toXML __trace __traceVerbose __tryEval __typeOf __unsafeDiscardOutputDependency
__unsafeDiscardStringContext __unsafeGetAttrPos __warn __zipAttrsWith abort baseNameOf break builtins
derivation derivationStrict dirOf false fetchGit fetchMercurial fetchTarball fromTOML import isNull map null
placeholder removeAttrs scopedImport throw toString true
`

func TestGlobalNames(t *testing.T) {
	assert.Equal(t, strings.Fields(globals), builtins.GlobalNames())
}

func TestDocs(t *testing.T) {
	var indented []string
	for _, b := range all() {
		if b.Hidden {
			continue
		}
		assert.NotEmpty(t, b.Doc, b.Name)
		if strings.HasPrefix(b.Doc, "\n\t") {
			indented = append(indented, b.Name)
		}
		for _, arg := range b.Args {
			assert.Regexp(t, `\b`+regexp.QuoteMeta(arg)+`\b`, b.Doc, b.Name)
		}
		assert.NotEmpty(t, manual.Examples(b.Doc), b.Name)
	}
	assert.Empty(t, indented, "only examples are indented")
}

// evaluate returns what src prints, or "error: " and the message.
func evaluate(t *testing.T, src string, features ...string) string {
	t.Helper()
	st := memory.View("", world.None())
	opt := core.Options{Builtins: builtins.All(st), Copier: st, Host: st.Host(), Features: map[string]bool{}}
	for _, f := range features {
		opt.Features[f] = true
	}
	ev, err := core.New(opt)
	require.NoError(t, err)
	var out strings.Builder
	err = ev.Run(context.Background(), func(c *core.Call) error {
		v, err := c.EvalText("«string»", src, "/")
		if err != nil {
			return err
		}
		if err := c.DeepForce(heap.Lazy(v)); err != nil {
			return err
		}
		return c.Print(&out, v)
	})
	if err != nil {
		var e *core.Error
		require.True(t, errors.As(err, &e), "%s: %v", src, err)
		return "error: " + e.Msg
	}
	return out.String()
}

// TestReference compares with what the reference says.
func TestReference(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.txt")
	require.NoError(t, err)
	src := ""
	for _, line := range strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n") {
		if want, ok := strings.CutPrefix(line, "\t=> "); ok {
			got, _, _ := strings.Cut(evaluate(t, src), "\n")
			assert.Equal(t, want, got, src)
		}
		src = line
	}
}

func TestExamples(t *testing.T) {
	for _, b := range all() {
		for _, e := range manual.Examples(b.Doc) {
			t.Run(b.Name, func(t *testing.T) {
				assert.Equal(t, e.Value, evaluate(t, e.Expr, b.Experimental), e.Expr)
			})
		}
	}
}
