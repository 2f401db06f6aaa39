package builtins_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins"
	"github.com/firn-lang/firn/builtins/manual"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// reference is what the reference 2.34.8 has with all experimental features,
// and how many arguments each takes; constants take none, and derivation is
// one: it is written in Nix.
const reference = `
abort/1 add/2 addDrvOutputDependencies/1 addErrorContext/2 all/2 any/2 appendContext/2 attrNames/1 attrValues/1
baseNameOf/1 bitAnd/2 bitOr/2 bitXor/2 break/1 builtins/0 catAttrs/2 ceil/1 compareVersions/2 concatLists/1
concatMap/2 concatStringsSep/2 convertHash/1 currentSystem/0 currentTime/0 deepSeq/2 derivation/0 derivationStrict/1
dirOf/1 div/2 elem/2 elemAt/2 false/0 fetchClosure/1 fetchGit/1 fetchMercurial/1 fetchTarball/1 fetchTree/1 fetchurl/1
filter/2 filterSource/2 findFile/2 flakeRefToString/1 floor/1 foldl'/3 fromJSON/1 fromTOML/1 functionArgs/1
genericClosure/1 genList/2 getAttr/2 getContext/1 getEnv/1 getFlake/1 groupBy/2 hasAttr/2 hasContext/1 hashFile/2
hashString/2 head/1 import/1 intersectAttrs/2 isAttrs/1 isBool/1 isFloat/1 isFunction/1 isInt/1 isList/1 isNull/1
isPath/1 isString/1 langVersion/0 length/1 lessThan/2 listToAttrs/1 map/2 mapAttrs/2 match/2 mul/2 nixPath/0
nixVersion/0 null/0 outputOf/2 parseDrvName/1 parseFlakeRef/1 partition/2 path/1 pathExists/1 placeholder/1 readDir/1
readFile/1 readFileType/1 removeAttrs/2 replaceStrings/3 scopedImport/2 seq/2 sort/2 split/2 splitVersion/1 storeDir/0
storePath/1 stringLength/1 sub/2 substring/3 tail/1 throw/1 toFile/2 toJSON/1 toPath/1 toString/1 toXML/1 trace/2
traceVerbose/2 true/0 tryEval/1 typeOf/1 unsafeDiscardOutputDependency/1 unsafeDiscardStringContext/1
unsafeGetAttrPos/2 warn/2 zipAttrsWith/2
`

// noFiles is a world without files.
type noFiles struct{}

func (noFiles) Lstat(context.Context, string) (core.FileInfo, error) {
	return core.FileInfo{}, fs.ErrNotExist
}
func (noFiles) ReadFile(context.Context, string) ([]byte, error)         { return nil, fs.ErrNotExist }
func (noFiles) ReadDir(context.Context, string) ([]core.DirEntry, error) { return nil, fs.ErrNotExist }
func (noFiles) ReadLink(context.Context, string) (string, error)         { return "", fs.ErrNotExist }
func (noFiles) Getenv(context.Context, string) string                    { return "" }

func all() []core.Builtin { return builtins.All(store.New("", noFiles{})) }

func TestNamesAndArguments(t *testing.T) {
	var names []string
	for _, b := range all() {
		if !b.Hidden {
			names = append(names, b.Name+"/"+strconv.Itoa(len(b.Args)))
		}
	}
	if !slices.ContainsFunc(names, func(s string) bool { return s == "builtins/0" }) {
		names = append(names, "builtins/0") // eval makes it of the others
	}
	slices.Sort(names)
	want := strings.Fields(reference)
	slices.Sort(want)
	assert.Equal(t, want, names)
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

func TestOrder(t *testing.T) {
	var names []string
	for _, b := range all() {
		names = append(names, b.Name)
	}
	assert.Less(t, slices.Index(names, "true"), slices.Index(names, "typeOf"))
	assert.Less(t, slices.Index(names, "seq"), slices.Index(names, "map"))
	assert.Equal(t, "derivation", names[len(names)-1], "a name that is not in the order")
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
	st := store.New("", noFiles{})
	opt := core.Options{Builtins: builtins.All(st), Store: st, Host: st.Host(), Features: map[string]bool{}}
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
